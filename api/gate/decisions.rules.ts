import type { DecisionExplained, DecisionReplayed, DecisionSummary } from '#contract/api/decisions.js'
import { explain } from '#engine/explain.js'
import { EvaluationError } from '#engine/errors.js'
import type { TenantModule } from '#engine/tenant/load.js'
import { digestOf } from '#runtime/digest.js'
import { reasonsInWords } from '#engine/reasons-in-words.rules.js'
import type { DecisionView } from '../ledger/decision-view.js'
import type { DecisionEvidence } from '../ledger/decisions.repository.js'
import type { Scope } from '../platform/database/scope.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { AnswerInvalid } from './answer-parser.js'
import type { Policy } from './policy-set.service.js'
import { FLOOR_REFUSED, POLICY_FLOOR_REFUSED, rulesInWords, unavailableReason } from './reasons.rules.js'
import { answerOnRecord, restrictedPolicy } from './tenant-evidence.rules.js'

/**
 * What of the decisions a caller sees: the platform's people all, an organisation's people their own, and a publisher's
 * developers, who do not audit their organisation, those about their extensions.
 */
export const sightOf = ({ actor, tenantId }: Caller): { scope: Scope; view: DecisionView } => {
  if (actor.platform) return { scope: { platform: true }, view: 'rows' }
  if (actor.publisher_id !== null && !actor.scopes.includes('audit:read')) {
    return { scope: { publisher: actor.publisher_id }, view: 'publisher' }
  }
  if (tenantId === null) throw new Error('a caller without an organisation reads no decisions')
  return { scope: { tenant: tenantId }, view: 'rows' }
}

/** Words for reasons that no policy gave. */
const wordsBelowPolicy = (summary: DecisionSummary): DecisionExplained['reasons'] => {
  if (summary.cause) return [unavailableReason(summary.cause)]
  const floors = [FLOOR_REFUSED, POLICY_FLOOR_REFUSED]
  return summary.reasons.map(
    (id) =>
      floors.find((refused) => refused.id === id) ?? {
        ...{ id, message: 'A kill switch was engaged', remedy: 'Ask who engaged it, or an operator, to release it' },
      },
  )
}

/** What would follow from the remedies of a refusal; null where nothing does, or the stored input is no longer one. */
const foreseen = (evidence: DecisionEvidence | null, decided: Deciding | null): DecisionExplained['after'] => {
  if (!evidence?.answer || !decided) return null
  try {
    const { after } = explain(restrictedPolicy(decided.policy, decided.module), evidence.gate, evidence.input)
    return after && { outcome: after.outcome, reasons: [...after.reasons] }
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof AnswerInvalid) return null
    throw error
  }
}

/** What decided: the platform's policy, and the organisation's module where that had a say. */
interface Deciding {
  readonly policy: Policy
  readonly module: TenantModule | null
}

/** A decision in words. `evidence` is null where the view does not reach it; `policy` where it is kept no longer. */
export const explained = (
  summary: DecisionSummary,
  { evidence, policy: deciding }: { evidence: DecisionEvidence | null; policy: Deciding | null },
): DecisionExplained => {
  const recorded = evidence && answerOnRecord(evidence)
  const given = recorded?.answer.reasons ?? summary.reasons.map((id) => ({ id }))
  const policy = deciding?.policy
  const isPolicy = summary.decided_by === 'policy'
  return {
    ...summary,
    reasons: isPolicy
      ? reasonsInWords(given, policy?.reasons ?? {}, recorded?.restrictions)
      : wordsBelowPolicy(summary),
    rules: rulesInWords(summary.rules, policy?.reasons ?? {}, recorded?.restrictions),
    input_digest: evidence?.input_digest ?? null,
    engine: evidence?.engine ?? null,
    tenant_module: evidence?.tenant_module ?? null,
    fuel: evidence?.fuel ?? null,
    expires_at: evidence?.expires_at ?? null,
    waived: recorded?.answer.waived ?? [],
    after: foreseen(evidence, deciding),
    ledger: evidence && {
      leaf_hash: evidence.leaf_hash.toString('base64'),
      leaf_index: evidence.leaf_index,
    },
  }
}

/** Compares a replay with what is on record, byte for byte. */
export const compared = (
  recorded: { id: string; revision: string; answer: Buffer; evidence: DecisionEvidence },
  now: { answer: Uint8Array; engine: string },
): DecisionReplayed => ({
  decision_id: recorded.id,
  revision: recorded.revision,
  equal: recorded.answer.equals(now.answer),
  expected_digest: digestOf(recorded.answer),
  actual_digest: digestOf(now.answer),
  engine_same: recorded.evidence.engine === now.engine,
  input_intact: recorded.evidence.input_digest === digestOf(recorded.evidence.input),
})
