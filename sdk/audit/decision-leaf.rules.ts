import type { DecisionRecord } from '#contract/api/ledger.js'
import { digestOf } from '#runtime/digest.js'
import { list, quote, whole } from './exact-fields.rules.js'

/** A decision's row as it is recorded: the leaf's fields, with the bytes themselves where the leaf has their digest. */
export interface LeafSource extends Omit<DecisionRecord, 'kind' | 'answer_digest' | 'reasons' | 'rules'> {
  readonly reasons: readonly string[]
  readonly rules: readonly string[]
  readonly answer: Uint8Array | null
}

/**
 * The RFC 8785 bytes of a decision's leaf, written by hand since every decision pays for it: names in their order,
 * texts quoted as RFC 8785 §3.2.2.2 has it (which `JSON.stringify` does for well-formed text), whole numbers only.
 * Raises `InexactRecord`.
 * @param answerDigest names an answer by its bytes; whoever makes many leaves of few answers may remember them
 */
export const decisionLeaf = (row: LeafSource, answerDigest: (answer: Uint8Array) => string = digestOf): Uint8Array =>
  Buffer.from(
    `{"action":${quote(row.action)},"actor":${quote(row.actor)}` +
      `,"answer_digest":${row.answer === null ? 'null' : quote(answerDigest(row.answer))}` +
      `,"at":${whole(row.at)},"cause":${quote(row.cause)},"correlation_id":${quote(row.correlation_id)}` +
      `,"count":${whole(row.count)},"decided_by":${quote(row.decided_by)},"engine":${quote(row.engine)}` +
      `,"execution_id":${quote(row.execution_id)},"expires_at":${whole(row.expires_at)}` +
      `,"extension":${quote(row.extension)},"fuel":${whole(row.fuel)},"gate":${quote(row.gate)}` +
      `,"id":${quote(row.id)},"input_digest":${quote(row.input_digest)},"install_id":${quote(row.install_id)}` +
      `,"instance":${quote(row.instance)},"kind":"decision","outcome":${quote(row.outcome)}` +
      `,"publisher_id":${quote(row.publisher_id)},"reasons":${list(row.reasons)}` +
      `,"resource_id":${quote(row.resource_id)},"resource_kind":${quote(row.resource_kind)}` +
      `,"revision":${quote(row.revision)},"rules":${list(row.rules)},"tenant_id":${quote(row.tenant_id)}` +
      `,"tenant_module":${quote(row.tenant_module)},"workspace_id":${quote(row.workspace_id)}}`,
  )
