import type { Answered, DecisionTraced, PolicyTried, PolicyTry } from '#contract/api/explain.js'
import type { DecisionSummary } from '#contract/api/decisions.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { fieldErrors } from '#contract/field-errors.js'
import { problem } from '#contract/problems.js'
import type { Gate } from '#contract/vocabulary.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import { canonicalBytes } from '#engine/canonical.js'
import { applyPatch, PatchError } from '#engine/patch.js'
import { splitAnswers } from '#engine/tenant/answers.js'
import type { Trace } from '#engine/trace/trace.js'
import { digestOf } from '#runtime/digest.js'
import type { DecisionEvidence } from '../ledger/decisions.repository.js'

/** A decision that policy made, with what it was made from. */
export interface Recorded {
  readonly summary: DecisionSummary
  readonly evidence: DecisionEvidence
}

/** Holds what OPA's interpreter gave against what is on record. */
export const traced = (
  { summary, evidence }: Recorded,
  { expected, revision }: { expected: Buffer; revision: string },
  { answer, compilesTo, ...shown }: Trace,
): DecisionTraced => {
  const intact = evidence.input_digest === digestOf(evidence.input)
  const said = platformPart(evidence, expected)
  return {
    ...{ decision_id: summary.id, gate: summary.gate, action: summary.action, revision },
    agrees: intact && answer !== null && Buffer.compare(said.platform, answer) === 0,
    input_intact: intact,
    expected_digest: digestOf(said.platform),
    actual_digest: answer && digestOf(answer),
    ...{ fault: shown.fault, compiles_to: compilesTo },
    ...{ rules: [...shown.rules], facts: [...shown.facts] },
    ...{ facts_replaced: shown.facts_replaced, cut: shown.cut, tenant: said.tenant },
  }
}

/** The platform's part of an answer on record, and what the organisation's own policy added to it. */
const platformPart = (
  { tenant_module: module }: DecisionEvidence,
  answer: Buffer,
): { platform: Uint8Array; tenant: DecisionTraced['tenant'] } => {
  if (module === null) return { platform: answer, tenant: null }
  const { platform, restrictions } = splitAnswers(answer)
  return {
    platform,
    tenant: { module, restrictions: JSON.parse(Buffer.from(restrictions).toString()) as Restriction[] },
  }
}

/** The facts that a try asks about, as its gate reads them. Raises `request.invalid` with what the gate does not take. */
export const factsOf = (gate: Gate, given: unknown, patch: PolicyTry['patch'] = []): Uint8Array => {
  const facts = patched(given, patch)
  const parsed = INPUTS[gate].safeParse(facts)
  if (!parsed.success) throw problem('request.invalid', { errors: fieldErrors(parsed.error, '/input') })
  return canonicalBytes(facts)
}

const patched = (given: unknown, patch: NonNullable<PolicyTry['patch']>): unknown => {
  try {
    return applyPatch(given, patch)
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    throw problem('request.invalid', { errors: [{ pointer: '/patch', detail: error.message, remedy: FACTS_REMEDY }] })
  }
}

const FACTS_REMEDY = 'Name a place that the facts have: GET /v1/decisions/{id}?facts=true shows those of a decision'

/** The answer on record of a decision. */
export const recordedAnswer = ({ id, revision, outcome, cause, reasons, rules }: DecisionSummary) => ({
  ...{ decision_id: id, revision, outcome, cause, reasons, rules },
})

/** What a try changes against the answer on record. */
export const changes = (before: Answered, after: Answered): NonNullable<PolicyTried['changed']> => ({
  outcome: before.outcome !== after.outcome,
  reasons: difference(before.reasons, after.reasons),
  rules: difference(before.rules, after.rules),
})

const difference = (before: readonly string[], after: readonly string[]) => ({
  appeared: after.filter((id) => !before.includes(id)),
  vanished: before.filter((id) => !after.includes(id)),
})
