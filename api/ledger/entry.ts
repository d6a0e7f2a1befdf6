import type { DecisionEntry } from './decision-entry.js'

/** One row that becomes a leaf of the log. Of a decision, `decision` is kept beside it; of any other leaf, `body`. */
export interface LedgerRow {
  readonly id: string
  readonly kind: string
  readonly leaf_hash: Uint8Array
  /** Canonical bytes of a leaf that is no decision. */
  readonly body: Uint8Array | null
  readonly decision: DecisionEntry | null
}
