import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import { unmet, type KvOperation, type KvRoom } from '#runtime/host-calls/kv.rules.js'
import type { KvEntry, KvRange, KvStore } from '#runtime/host-calls/ports.js'
import type { LocalInstall } from './install.js'

const FIRST_VERSION = 1

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Storage in memory that refuses what the service's refuses. Versions are counted, so that a test can name them. */
export class FakeKv implements KvStore<LocalInstall> {
  private readonly entries: Map<string, KvEntry>
  private next = FIRST_VERSION

  constructor(
    seeds: Iterable<readonly [string, Uint8Array]>,
    private readonly now: () => number,
  ) {
    this.entries = new Map(
      [...seeds].map(([key, value]) => [key, { value, version: this.next++, expires_at_ms: null }]),
    )
  }

  /** What is stored now, by key. */
  contents(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.live()].map(([key, { value }]) => [key, value]))
  }

  async read(_target: LocalInstall, key: string): Promise<KvEntry | null> {
    return this.live().get(key) ?? null
  }

  async list(_target: LocalInstall, { prefix, after, limit }: KvRange): Promise<string[]> {
    const keys = [...this.live().keys()].filter((key) => key.startsWith(prefix)).toSorted(byBytes)
    return keys.filter((key) => after === null || after === undefined || byBytes(key, after) > 0).slice(0, limit)
  }

  async used(_target: LocalInstall, without: readonly string[]): Promise<KvRoom> {
    return roomOf([...this.live()].filter(([key]) => !without.includes(key)))
  }

  async transact(target: LocalInstall, operations: readonly KvOperation[]): Promise<(number | null)[]> {
    const live = this.live()
    const key = unmet(operations, new Map([...live].map(([each, { version }]) => [each, version])))
    if (key !== null) throw new HostRefusal('kv.conflict', `What is stored under ${key} is not what was expected`)
    const after = new Map(live)
    const versions = operations.map((operation) => this.apply(after, operation))
    const room = roomOf([...after])
    if (room.bytes > target.kvQuotaBytes || room.keys > target.kvQuotaKeys)
      throw new HostRefusal('capability.kv_quota_exceeded', 'The storage of this install is full')
    this.entries.clear()
    for (const [each, entry] of after) this.entries.set(each, entry)
    return versions
  }

  private apply(entries: Map<string, KvEntry>, operation: KvOperation): number | null {
    if (operation.kind === 'delete') entries.delete(operation.key)
    if (operation.kind !== 'put') return null
    const { key, value, ttl_s } = operation
    const version = this.next++
    entries.set(key, { value, version, expires_at_ms: ttl_s === undefined ? null : this.now() + ttl_s * 1000 })
    return version
  }

  private live(): Map<string, KvEntry> {
    return new Map(
      [...this.entries].filter(([, { expires_at_ms }]) => expires_at_ms === null || expires_at_ms > this.now()),
    )
  }
}

const roomOf = (entries: readonly (readonly [string, KvEntry])[]): KvRoom => ({
  bytes: entries.reduce((sum, [, { value }]) => sum + value.length, 0),
  keys: entries.length,
})
