import { LRUCache } from 'lru-cache'

const MINUTE_MS = 60_000
const MANY = 10_000

/** Keeps when tokens were used, to the minute and beside the call. */
export class TokenUses {
  private readonly noted = new LRUCache<string, true>({ max: MANY, ttl: MINUTE_MS })

  constructor(
    private readonly write: (tokenId: string, tenantId: string) => Promise<void>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Notes that a token is used now; where that fails it is told and tried at the next use. */
  note(tokenId: string, tenantId: string): void {
    if (this.noted.get(tokenId)) return
    this.noted.set(tokenId, true)
    this.write(tokenId, tenantId).catch((error: unknown) => {
      this.noted.delete(tokenId)
      this.onFault(error)
    })
  }
}
