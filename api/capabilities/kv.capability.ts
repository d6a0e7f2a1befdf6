import { z } from 'zod'
import { text } from '#contract/primitives.js'
import type { Capability, Invocation, Plan } from './capability.js'
import { HostRefusal } from './host-reply.js'
import type { KvRepository } from './kv.repository.js'

// Policy sees keys up to 512 characters and refuses from its own limit on; longer ones never get that far.
const Key = z.strictObject({ key: text(512) })
const Entry = z.strictObject({ key: text(512), value: z.instanceof(Uint8Array) })
const Prefix = z.strictObject({ prefix: text(512) })
const MAX_LISTED = 1000

/** Reading and deleting store nothing: what is used makes no difference to them. */
const storesNothing = (key: string, { target }: Invocation) => ({
  kv: { key, size_bytes: 0, used_bytes: 0, quota_bytes: target.kvQuotaBytes },
})

const get = (kv: KvRepository): Capability<z.infer<typeof Key>> => ({
  name: 'kv.get',
  permission: 'kv:read',
  schema: Key,
  plan: ({ key }, invocation): Plan => ({
    facts: storesNothing(key, invocation),
    run: () => kv.get(invocation.target, key),
  }),
})

const set = (kv: KvRepository): Capability<z.infer<typeof Entry>> => ({
  name: 'kv.set',
  permission: 'kv:write',
  schema: Entry,
  plan: async ({ key, value }, invocation): Promise<Plan> => {
    const { target, executionId } = invocation
    const used = await kv.usedBytes(target, key)
    return {
      facts: { kv: { key, size_bytes: value.length, used_bytes: used, quota_bytes: target.kvQuotaBytes } },
      run: async () => {
        const stored = await kv.set({ ...target, executionId }, key, value)
        // Another call filled the storage between the decision and the write.
        if (!stored) throw new HostRefusal('capability.kv_quota_exceeded', 'The storage of this install is full')
      },
    }
  },
})

const remove = (kv: KvRepository): Capability<z.infer<typeof Key>> => ({
  name: 'kv.delete',
  permission: 'kv:write',
  schema: Key,
  plan: ({ key }, invocation): Plan => ({
    facts: storesNothing(key, invocation),
    run: () => kv.delete({ ...invocation.target, executionId: invocation.executionId }, key),
  }),
})

const list = (kv: KvRepository): Capability<z.infer<typeof Prefix>> => ({
  name: 'kv.list',
  permission: 'kv:read',
  schema: Prefix,
  plan: ({ prefix }, invocation): Plan => ({
    // The empty prefix is a good one, unlike the empty key.
    facts: storesNothing(`${prefix}*`, invocation),
    run: () => kv.list(invocation.target, prefix, MAX_LISTED),
  }),
})

/** Key-value storage of one install: get, set, delete, list by prefix (at most 1,000 keys). */
export const kvCapabilities = (kv: KvRepository) => [get(kv), set(kv), remove(kv), list(kv)]
