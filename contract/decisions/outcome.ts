import type { Action } from '../actions.js'
import type { DecidedBy } from '../vocabulary.js'
import type { Answer, Reason } from './answer.js'

declare const minted: unique symbol

/**
 * The right to write what one decision allowed, once, before it expires. Only the gate mints one (an object of the same
 * shape is refused), and PostgreSQL holds it against the decision's own row.
 */
export interface Permit {
  readonly [minted]: true
  readonly decisionId: string
  readonly action: Action
  readonly tenantId: string
  readonly resource: { readonly kind: string; readonly id: string }
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

interface Decided {
  readonly decisionId: string
  /** Digest of the policy WASM and data that decided; null where none could. */
  readonly bundleRevision: string | null
  readonly decidedBy: DecidedBy
}

/** What the gate says. Every switch over it is exhaustive. */
export type Outcome =
  | (Decided & { readonly kind: 'allow'; readonly permit: Permit; readonly obligations: Answer['obligations'] })
  | (Decided & {
      readonly kind: 'hold'
      readonly permit: Permit
      readonly demand: NonNullable<Answer['approval']>
      readonly reasons: readonly Reason[]
    })
  | (Decided & { readonly kind: 'deny'; readonly reasons: readonly Reason[]; readonly hidden: boolean })
  | (Decided & { readonly kind: 'unavailable'; readonly cause: UnavailableCause })

/** Why no decision could be made; each is a refusal with its own problem (`policy.unavailable`, …). */
export const UNAVAILABLE_CAUSES = [
  'policy_unavailable',
  'budget_exhausted',
  'memory_exhausted',
  'answer_invalid',
  'input_invalid',
  'ledger_unavailable',
  'kill_lease_stale',
  'tenant_policy_unavailable',
] as const
export type UnavailableCause = (typeof UNAVAILABLE_CAUSES)[number]
