import type { DecisionRecord } from '#contract/api/ledger.js'
import { digestOf } from '#runtime/digest.js'
import { exactBytes, whole } from './exact-fields.rules.js'

/** A decision's row as it is recorded: the leaf's fields, with the bytes themselves where the leaf has their digest. */
export interface LeafSource extends Omit<DecisionRecord, 'kind' | 'answer_digest' | 'reasons' | 'rules'> {
  readonly reasons: readonly string[]
  readonly rules: readonly string[]
  readonly answer: Uint8Array | null
}

/**
 * The RFC 8785 bytes of a decision's leaf, its fields already in their order since every decision pays for it. Raises `InexactRecord`.
 * @param answerDigest names an answer by its bytes; whoever makes many leaves of few answers may remember them
 */
export const decisionLeaf = (row: LeafSource, answerDigest: (answer: Uint8Array) => string = digestOf): Uint8Array =>
  exactBytes({
    action: row.action,
    actor: row.actor,
    answer_digest: row.answer === null ? null : answerDigest(row.answer),
    at: whole(row.at),
    cause: row.cause,
    correlation_id: row.correlation_id,
    count: whole(row.count),
    decided_by: row.decided_by,
    engine: row.engine,
    execution_id: row.execution_id,
    expires_at: whole(row.expires_at),
    extension: row.extension,
    fuel: whole(row.fuel),
    gate: row.gate,
    id: row.id,
    input_digest: row.input_digest,
    install_id: row.install_id,
    instance: row.instance,
    kind: 'decision',
    outcome: row.outcome,
    publisher_id: row.publisher_id,
    reasons: row.reasons,
    resource_id: row.resource_id,
    resource_kind: row.resource_kind,
    revision: row.revision,
    rules: row.rules,
    tenant_id: row.tenant_id,
    tenant_module: row.tenant_module,
    workspace_id: row.workspace_id,
  })
