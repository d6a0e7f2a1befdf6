import { z } from 'zod'
import { RetentionLeaf, type ExportHeader } from '#contract/api/ledger.js'

type Claim = ExportHeader['retentions'][number]

const Leaf = z.looseObject({ body: RetentionLeaf })
const MOST_NAMED = 20

/** The moment within a UUID of version 7, milliseconds since the epoch. */
const momentOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/**
 * Decisions that an export lacks since they were let go. Its header claims which stretches of time those are; a claim holds
 * once its leaf has come, with the same stretch: a leaf comes after what it lets go, and is under the log's root as they are.
 */
export class Retentions {
  readonly #open = new Map<string, { claim: Claim; ids: string[] }>()
  readonly #proven = new Set<string>()
  /** Decisions that lie in a stretch that was claimed. */
  gone = 0

  claim(claims: readonly Claim[]): void {
    for (const claim of claims) this.#open.set(claim.leaf, { claim, ids: [] })
  }

  /** Whether a decision lies in a stretch that was claimed; where none was proven, it is told in the end. */
  covers(id: string): boolean {
    const moment = momentOf(id)
    for (const { claim, ids } of this.#open.values()) {
      if (moment >= claim.until || (claim.since !== null && moment < claim.since)) continue
      this.gone += 1
      if (ids.length < MOST_NAMED) ids.push(id)
      return true
    }
    return false
  }

  /** Takes a retention's leaf; what it lets go must have come before it. */
  prove(id: string, leaf: Uint8Array | 'altered'): void {
    const open = this.#open.get(id)
    if (!open || leaf === 'altered') return
    const said = Leaf.safeParse(JSON.parse(Buffer.from(leaf).toString())).data?.body
    if (said?.until === open.claim.until && said.since === open.claim.since) this.#proven.add(id)
  }

  /** Claims by which decisions are missing, and whose leaf did not come: with the first of those decisions. */
  unproven(): { leaf: string; ids: readonly string[] }[] {
    return [...this.#open]
      .filter(([leaf, { ids }]) => ids.length > 0 && !this.#proven.has(leaf))
      .map(([leaf, { ids }]) => ({ leaf, ids }))
  }
}
