import { actionEntry, type Action } from '#contract/actions.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { DecidedBy } from '#contract/vocabulary.js'
import { ENGINE } from '#engine/identity.js'
import { digestOf } from '#runtime/digest.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import type { About, AnyFacts } from './gate.types.js'
import type { Subject } from './subject.rules.js'
import type { Finding } from './verdict.rules.js'

/** All that the row of a decision is made from. Moments are milliseconds since the epoch. */
export interface Decided {
  readonly id: string
  readonly action: Action
  readonly facts: AnyFacts
  readonly about: About
  readonly subject: Subject
  readonly finding: Finding
  readonly decidedBy: DecidedBy
  readonly cause: UnavailableCause | null
  /** Absent where the facts had no form that could be kept. */
  readonly input: Uint8Array | undefined
  readonly instance: string
  readonly at: number
  readonly expiresAt: number
}

/** Stands for facts that have no canonical form: JSON null. */
const NO_INPUT = Buffer.from('null')

/** What facts call their resource, cut to what a row can keep where the facts were not exact. */
const kept = (text: string, max: number): string => text.toWellFormed().replaceAll('\0', '�').slice(0, max)

/** The row of a decision. */
export const entryOf = (decided: Decided): DecisionEntry => {
  const { id, action, facts, about, subject, finding } = decided
  const input = decided.input ?? NO_INPUT
  return {
    id,
    tenant_id: subject.tenantId,
    workspace_id: subject.workspaceId,
    publisher_id: subject.publisherId,
    instance: decided.instance,
    gate: actionEntry(action).gate,
    action,
    outcome: finding.outcome,
    decided_by: decided.decidedBy,
    cause: decided.cause,
    actor: facts.actor.id,
    resource_kind: kept(facts.resource.kind, 40),
    resource_id: kept(facts.resource.id, 200),
    extension: subject.extension,
    install_id: subject.installId,
    execution_id: subject.executionId,
    reasons: finding.reasons.map((reason) => reason.id),
    rules: finding.rules,
    revision: finding.revision,
    engine: ENGINE,
    tenant_module: finding.module,
    input,
    answer: finding.answer,
    input_digest: digestOf(input),
    fuel: finding.fuel,
    count: 1,
    correlation_id: about.correlationId,
    at: decided.at,
    expires_at: decided.expiresAt,
  }
}
