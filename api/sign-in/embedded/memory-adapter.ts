import { LRUCache } from 'lru-cache'
import type { Adapter, AdapterPayload } from 'oidc-provider'

const MAX_ENTRIES = 10_000
const entries = new LRUCache<string, AdapterPayload>({ max: MAX_ENTRIES })
const byUid = new LRUCache<string, string>({ max: MAX_ENTRIES })

/** Gives a client of the embedded provider, as things stand now. */
export type ClientSource = (clientId: string) => Promise<AdapterPayload | undefined>

/** What the embedded provider keeps, as long as it runs: signing in again is all that a restart costs. */
export const memoryAdapter = (clients: ClientSource) =>
  class MemoryAdapter implements Adapter {
    constructor(private readonly model: string) {}

    private name(id: string): string {
      return `${this.model}:${id}`
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const lasting = expiresIn === undefined ? {} : { ttl: expiresIn * 1000 }
      entries.set(this.name(id), payload, lasting)
      if (payload.uid !== undefined) byUid.set(this.name(payload.uid), id, lasting)
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return this.model === 'Client' ? clients(id) : entries.get(this.name(id))
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      const id = byUid.get(this.name(uid))
      return id === undefined ? undefined : this.find(id)
    }

    async findByUserCode(): Promise<undefined> {
      return undefined
    }

    async consume(id: string): Promise<void> {
      const entry = entries.get(this.name(id))
      if (entry) entries.set(this.name(id), { ...entry, consumed: Math.floor(Date.now() / 1000) })
    }

    async destroy(id: string): Promise<void> {
      entries.delete(this.name(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [name, entry] of entries) if (entry.grantId === grantId) entries.delete(name)
    }
  }
