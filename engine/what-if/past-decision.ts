import type { Action } from '#contract/actions.js'
import type { DecidedBy, Gate } from '#contract/vocabulary.js'

/** What of a decision on record a replay needs. */
export interface PastDecision {
  readonly id: string
  readonly gate: Gate
  readonly action: Action
  readonly tenant: string
  readonly extension: string | null
  readonly publisher: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly revision: string | null
  readonly decidedBy: DecidedBy
  /** Who made it: our own gate, or an OPA agent of a company that is governed from here. */
  readonly source: 'gate' | 'agent'
  /** Parts of the input were taken out before it was recorded. */
  readonly masked: boolean
  /** The exact bytes that policy read. */
  readonly input: Uint8Array
  /** `sha256:` over the input as it was recorded. */
  readonly inputDigest: string
  /** The exact bytes that policy answered; null where none did. What follows is compared with these, not with columns. */
  readonly answer: Uint8Array | null
}
