import { settle, type HostPort } from './host-port.js'
import type { WireValue } from './wire-value.js'

type Expectation =
  | { readonly tag: 'anything' }
  | { readonly tag: 'absent' }
  | { readonly tag: 'version'; readonly val: bigint }
interface Operation {
  readonly tag: 'put' | 'delete' | 'check'
  readonly val: {
    readonly key: string
    readonly expect: Expectation
    readonly value?: Uint8Array
    readonly ttlSeconds?: number
  }
}
interface Entry {
  readonly value: Uint8Array
  readonly version: number
  readonly expires_at_ms: number | null
}

/** `kv` of our WIT. Versions and moments are 64-bit there; on the wire they are numbers below 2^53. */
export const kvInterface = (port: HostPort): Record<string, unknown> => ({
  get: (key: string) => settle(port.call('kv.get', { key })) ?? undefined,
  set: (key: string, value: Uint8Array) => void settle(port.call('kv.set', { key, value })),
  delete: (key: string) => void settle(port.call('kv.delete', { key })),
  list: (prefix: string) => settle(port.call('kv.list', { prefix })),
  read: (key: string) => {
    const entry = settle(port.call('kv.read', { key })) as unknown as Entry | null
    if (!entry) return undefined
    const { value, version, expires_at_ms } = entry
    return { value, version: BigInt(version), expiresAtMs: expires_at_ms === null ? undefined : BigInt(expires_at_ms) }
  },
  transact: (operations: readonly Operation[]) => {
    const versions = settle(port.call('kv.transact', { operations: operations.map(onWire) }))
    return (versions as readonly (number | null)[]).map((version) => (version === null ? undefined : BigInt(version)))
  },
  scan: (prefix: string, after: string | undefined, limit: number) => {
    const page = settle(port.call('kv.scan', { prefix, after: after ?? null, limit }))
    const { keys, next } = page as { keys: readonly string[]; next: string | null }
    return { keys, next: next ?? undefined }
  },
})

const onWire = ({ tag, val: { key, expect, value, ttlSeconds } }: Operation): WireValue => ({
  kind: tag,
  key,
  value,
  ttl_s: ttlSeconds,
  expect: expect.tag === 'version' ? Number(expect.val) : expect.tag,
})
