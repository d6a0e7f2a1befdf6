import type { ACTIONS, Action } from '#contract/actions.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import type { Gate } from '#contract/vocabulary.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import type { Transaction } from '../platform/database/transaction.js'

/** The gate that decides an action. */
export type GateOf<A extends Action> = (typeof ACTIONS)[A]['gate']
/** What a service must find out before each gate can decide. */
export type FactsByGate = { [G in Gate]: DecisionFacts<G> }
/** What a service must find out before it asks for an action. */
export type FactsFor<A extends Action> = FactsByGate[GateOf<A>]
/** Facts of any gate. */
export type AnyFacts = FactsByGate[Gate]

/** Where a decision is filed: the search columns of its row and the subject of the kill check. Absent fields come from the facts. */
export interface About {
  readonly correlationId: string
  /** Whose matter it is; the actor's own tenant where absent. */
  readonly tenantId?: string
  readonly workspaceId?: string
  readonly publisherId?: string
  readonly extension?: string
  readonly semver?: string
  readonly installId?: string
  readonly executionId?: string
  /** Module and data that decided on the execution which this is part of: all of it is decided by one policy. */
  readonly begunUnder?: string
}

/** A decision that is not recorded yet. Its outcome may be acted on only once the entry is durable. */
export interface Weighed {
  readonly outcome: Outcome
  readonly entry: DecisionEntry
}

/**
 * The only transaction in which governed rows can change. Every governed row written in it carries `decisionId`.
 * It ends with the work that was given: commit where that resolves, rollback where it rejects.
 */
export interface GovernedTransaction extends Transaction {
  readonly decisionId: string
  readonly tenantId: string
}
