import type { Permit } from '#contract/decisions/outcome.js'

/** How long a permit may be used, in milliseconds; PostgreSQL holds the same moment in the decision's row. */
export const PERMIT_VALID_MS = 60_000

/** Raised where a permit may not be used. It tells of a fault in the code that used it, never of something a caller sent. */
export class PermitRefused extends Error {
  override readonly name = 'PermitRefused'

  constructor(readonly fault: 'forged' | 'spent' | 'expired') {
    super(`the permit is ${fault}`)
  }
}

/** Mints permits and knows its own: an object of the same shape that came from elsewhere is refused. */
export class PermitMint {
  readonly #unspent = new WeakSet<Permit>()
  readonly #minted = new WeakSet<Permit>()

  mint(named: Pick<Permit, 'decisionId' | 'action' | 'tenantId' | 'resource' | 'expiresAt'>): Permit {
    const permit = Object.freeze({ ...named, resource: Object.freeze({ ...named.resource }) }) as Permit
    this.#minted.add(permit)
    this.#unspent.add(permit)
    return permit
  }

  /** Takes a permit for the one write it is good for. Raises {@link PermitRefused}; `now` in milliseconds since the epoch. */
  spend(permit: Permit, now: number): void {
    if (!this.#minted.has(permit)) throw new PermitRefused('forged')
    if (now >= permit.expiresAt) throw new PermitRefused('expired')
    if (!this.#unspent.delete(permit)) throw new PermitRefused('spent')
  }
}
