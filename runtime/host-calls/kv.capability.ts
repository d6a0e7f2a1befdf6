import { z } from 'zod'
import { text } from '#contract/primitives.js'
import type { ArgumentFacts, Capability, Installed, Invocation, Plan } from './capability.js'
import { changedKeys, storedBy, type KvOperation } from './kv.rules.js'
import type { KvStore } from './ports.js'

// Policy sees keys up to 512 characters and refuses from its own limit on; longer ones never get that far.
const KeyText = text(512)
const MAX_LISTED = 1000
const MAX_OPERATIONS = 100
const YEAR_S = 366 * 86_400

const Key = z.strictObject({ key: KeyText })
const Entry = z.strictObject({ key: KeyText, value: z.instanceof(Uint8Array) })
// Policy sees it with a * behind it.
const Prefix = z.strictObject({ prefix: text(511) })
const Scan = Prefix.extend({ after: KeyText.nullable(), limit: z.int().min(1).max(MAX_LISTED) })
const condition = {
  key: KeyText,
  expect: z.union([z.literal('anything'), z.literal('absent'), z.int().nonnegative()]),
}
const Operation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('put'),
    ...condition,
    value: z.instanceof(Uint8Array),
    ttl_s: z.int().min(1).max(YEAR_S).optional(),
  }),
  z.strictObject({ kind: z.literal('delete'), ...condition }),
  z.strictObject({ kind: z.literal('check'), ...condition }),
])
const Transaction = z.strictObject({
  operations: z
    .array(Operation)
    .min(1)
    .max(MAX_OPERATIONS)
    .refine((operations) => new Set(operations.map(({ key }) => key)).size === operations.length, {
      error: 'must name no key twice',
    }),
})

/** Reading stores nothing: what is used makes no difference to it. */
const readsOnly = (key: string, { target }: Invocation): ArgumentFacts => ({
  kv: { key, size_bytes: 0, used_bytes: 0, quota_bytes: target.kvQuotaBytes },
})

/** A call that changes entries: what it would store is a fact beside what is there. */
const writing = <T extends Installed>(kv: KvStore<T>) => {
  const planOf = async (operations: readonly KvOperation[], { target, executionId }: Invocation<T>) => {
    const { bytes, keys: stores } = storedBy(operations)
    const used = stores === 0 ? { bytes: 0, keys: 0 } : await kv.used(target, changedKeys(operations))
    const keys = operations.map(({ key }) => key)
    const facts: ArgumentFacts = {
      kv: {
        key: keys[0]!,
        ...(keys.length > 1 && { keys }),
        size_bytes: bytes,
        used_bytes: used.bytes,
        quota_bytes: target.kvQuotaBytes,
        stores_keys: stores,
        used_keys: used.keys,
        quota_keys: target.kvQuotaKeys,
      },
    }
    return { facts, run: () => kv.transact({ ...target, executionId }, operations) }
  }
  return { permission: 'kv:write', planOf } as const
}

const readers = <T extends Installed>(kv: KvStore<T>) => {
  const get: Capability<z.infer<typeof Key>, T> = {
    name: 'kv.get',
    permission: 'kv:read',
    schema: Key,
    plan: ({ key }, invocation): Plan => ({
      facts: readsOnly(key, invocation),
      run: async () => (await kv.read(invocation.target, key))?.value ?? null,
    }),
  }
  const read: Capability<z.infer<typeof Key>, T> = {
    name: 'kv.read',
    permission: 'kv:read',
    schema: Key,
    plan: ({ key }, invocation): Plan => ({
      facts: readsOnly(key, invocation),
      run: () => kv.read(invocation.target, key),
    }),
  }
  const list: Capability<z.infer<typeof Prefix>, T> = {
    name: 'kv.list',
    permission: 'kv:read',
    schema: Prefix,
    plan: ({ prefix }, invocation): Plan => ({
      // The empty prefix is a good one, unlike the empty key.
      facts: readsOnly(`${prefix}*`, invocation),
      run: () => kv.list(invocation.target, { prefix, limit: MAX_LISTED }),
    }),
  }
  const scan: Capability<z.infer<typeof Scan>, T> = {
    name: 'kv.scan',
    permission: 'kv:read',
    schema: Scan,
    plan: ({ prefix, after, limit }, invocation): Plan => ({
      facts: readsOnly(`${prefix}*`, invocation),
      run: async () => {
        const found = await kv.list(invocation.target, { prefix, after, limit: limit + 1 })
        const keys = found.slice(0, limit)
        return { keys, next: found.length > limit ? keys.at(-1)! : null }
      },
    }),
  }
  return [get, read, list, scan]
}

const writers = <T extends Installed>(kv: KvStore<T>) => {
  const { permission, planOf } = writing(kv)
  const set: Capability<z.infer<typeof Entry>, T> = {
    name: 'kv.set',
    permission,
    schema: Entry,
    plan: async ({ key, value }, invocation) => {
      const { facts, run } = await planOf([{ kind: 'put', key, value, expect: 'anything' }], invocation)
      return { facts, run: async () => void (await run()) }
    },
  }
  const remove: Capability<z.infer<typeof Key>, T> = {
    name: 'kv.delete',
    permission,
    schema: Key,
    plan: async ({ key }, invocation) => {
      const { facts, run } = await planOf([{ kind: 'delete', key, expect: 'anything' }], invocation)
      return { facts, run: async () => void (await run()) }
    },
  }
  const transact: Capability<z.infer<typeof Transaction>, T> = {
    name: 'kv.transact',
    permission,
    schema: Transaction,
    plan: ({ operations }, invocation) => planOf(operations, invocation),
  }
  return [set, remove, transact]
}

/** Key-value storage of one install. Each call is one transaction; listings give at most 1,000 keys at a time. */
export const kvCapabilities = <T extends Installed>(kv: KvStore<T>) => [...readers(kv), ...writers(kv)]
