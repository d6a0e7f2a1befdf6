import { randomUUID } from 'node:crypto'
import type { CannedAnswer } from '../local/surroundings.schema.js'
import type { Installed } from '#runtime/host-calls/capability.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import { changedKeys, storedBy, unmet } from '#runtime/host-calls/kv.rules.js'
import type { CapabilityPorts, KvEntry, KvStore } from '#runtime/host-calls/ports.js'
import type { Destination } from '#runtime/host-calls/egress.rules.js'
import { contentBytes, type Fixture } from './fixtures.js'

/** Entries in memory, as one install has them; they stay while sources change. */
class MemoryKv implements KvStore<Installed> {
  private readonly entries = new Map<string, KvEntry>()
  private versions = 0

  constructor(seeds: Fixture['kv']) {
    for (const [key, content] of Object.entries(seeds)) this.put(key, contentBytes(content))
  }

  async read(_target: Installed, key: string): Promise<KvEntry | null> {
    return this.live(key) ?? null
  }

  async list(_target: Installed, { prefix, after, limit }: { prefix: string; after?: string | null; limit: number }) {
    const keys = [...this.entries.keys()].filter((key) => this.live(key) && key.startsWith(prefix))
    const sorted = keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    return sorted
      .filter(
        (key) => after === undefined || after === null || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0,
      )
      .slice(0, limit)
  }

  async used(_target: Installed, without: readonly string[]) {
    const others = [...this.entries].filter(([key]) => this.live(key) && !without.includes(key))
    return { bytes: others.reduce((sum, [, { value }]) => sum + value.length, 0), keys: others.length }
  }

  async transact(target: Installed, operations: Parameters<KvStore<Installed>['transact']>[1]) {
    const versions = new Map(
      [...this.entries].filter(([key]) => this.live(key)).map(([key, { version }]) => [key, version]),
    )
    const key = unmet(operations, versions)
    if (key !== null) throw new HostRefusal('kv.conflict', `What is stored under ${key} is not what was expected`)
    const [used, stored] = [await this.used(target, changedKeys(operations)), storedBy(operations)]
    if (used.bytes + stored.bytes > target.kvQuotaBytes || used.keys + stored.keys > target.kvQuotaKeys)
      throw new HostRefusal('capability.kv_quota_exceeded', 'The storage of this install is full')
    return operations.map((operation) => {
      if (operation.kind === 'delete') this.entries.delete(operation.key)
      return operation.kind === 'put' ? this.put(operation.key, operation.value, operation.ttl_s) : null
    })
  }

  private put(key: string, value: Uint8Array, ttl_s?: number): number {
    this.versions += 1
    const expires_at_ms = ttl_s === undefined ? null : Date.now() + ttl_s * 1000
    this.entries.set(key, { value, version: this.versions, expires_at_ms })
    return this.versions
  }

  private live(key: string): KvEntry | undefined {
    const entry = this.entries.get(key)
    return entry && (entry.expires_at_ms === null || entry.expires_at_ms > Date.now()) ? entry : undefined
  }
}

const urlOf = ({ scheme, host, port, target }: Destination): string =>
  `${scheme}://${host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${target}`

const fits = ({ url }: CannedAnswer, wanted: string): boolean =>
  url.endsWith('*') ? wanted.startsWith(url.slice(0, -1)) : url === wanted

const ADDRESS = { address: '192.0.2.1', family: 4 } as const

/** What host calls reach on the author's machine: memory, and answers of fixtures. No request leaves the machine. */
export const localPorts = (fixture: Fixture): CapabilityPorts<Installed> => {
  const canned = (to: Destination) => fixture.http.find((answer) => fits(answer, urlOf(to)))
  return {
    kv: new MemoryKv(fixture.kv),
    events: { publish: async () => randomUUID() },
    secrets: { openSecret: async (_target, name) => fixture.secrets[name] ?? null },
    resolver: {
      resolve: async (to) => ({ class: canned(to)?.address ?? 'public', address: ADDRESS, privateAllowed: false }),
    },
    client: {
      send: async ({ to, method }) => {
        const answer = fixture.http.find((one) => fits(one, urlOf(to)) && (one.method ?? method) === method)
        if (!answer)
          throw new HostRefusal(
            'http.unreachable',
            `No fixture answers ${method} ${urlOf(to)}: add it under http in fixtures/`,
          )
        if (answer.fails)
          throw new HostRefusal(`http.${answer.fails}`, 'The fixture says that this host does not answer')
        return { status: answer.status, headers: Object.entries(answer.headers), body: contentBytes(answer.body) }
      },
    },
  }
}
