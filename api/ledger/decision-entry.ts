import type { Action } from '#contract/actions.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { DecidedBy, Gate } from '#contract/vocabulary.js'

/** One decision as it is kept: the columns of table `decision`, with the exact bytes that policy read and answered. */
export interface DecisionEntry {
  readonly id: string
  readonly tenant_id: string
  readonly workspace_id: string | null
  readonly publisher_id: string | null
  /** The API instance that decided. */
  readonly instance: string
  readonly gate: Gate
  readonly action: Action
  readonly outcome: 'allow' | 'hold' | 'deny' | 'unavailable'
  readonly decided_by: DecidedBy
  readonly cause: UnavailableCause | null
  /** Keyed pseudonym of who asked. */
  readonly actor: string
  readonly resource_kind: string
  readonly resource_id: string
  readonly extension: string | null
  readonly install_id: string | null
  readonly execution_id: string | null
  readonly reasons: readonly string[]
  readonly rules: readonly string[]
  /** Digest of the policy WASM and data; null where no policy answered. */
  readonly revision: string | null
  /** What evaluated: SDK, builtins and metering, so that a replay on another engine can say so. */
  readonly engine: string
  readonly tenant_module: string | null
  /** RFC 8785 bytes. */
  readonly input: Uint8Array
  /** RFC 8785 bytes; null where no policy answered. */
  readonly answer: Uint8Array | null
  /** `sha256:` over `input`. */
  readonly input_digest: string
  readonly fuel: number
  /** How many identical host calls this one stands for. */
  readonly count: number
  readonly correlation_id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Milliseconds since the epoch; after it PostgreSQL takes no write under this decision. */
  readonly expires_at: number
}
