import type { Answer } from '#contract/decisions/answer.js'
import { Restrictions, type Restriction } from '#contract/decisions/restrictions.js'
import type { Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '#engine/canonical.js'
import { joinAnswers, splitAnswers } from '#engine/tenant/answers.js'
import type { TenantModule } from '#engine/tenant/load.js'
import { restrict } from '#engine/tenant/restrict.js'
import type { DecisionEvidence } from '../ledger/decisions.repository.js'
import { parseAnswer } from './answer-parser.js'
import type { Policy } from './policy-set.service.js'

/** A policy as far as it is evaluated again: the platform's, with the module that had a say. */
export type Evaluator = Pick<Policy, 'evaluate' | 'reasons'>

/** The answer that counted, and what of it an organisation's own policy said; null where no policy answered. */
export const answerOnRecord = ({
  answer,
  tenant_module,
}: Pick<DecisionEvidence, 'answer' | 'tenant_module'>): {
  answer: Answer
  restrictions: readonly Restriction[]
} | null => {
  if (answer === null) return null
  if (tenant_module === null) return { answer: parseAnswer(answer), restrictions: [] }
  const { platform, restrictions: said } = splitAnswers(answer)
  const restrictions = Restrictions.parse(JSON.parse(Buffer.from(said).toString('utf8')))
  return { answer: restrict(parseAnswer(platform), restrictions), restrictions }
}

/** The bytes that a decision on this input would be recorded with. Raises EvaluationError. */
export const answerBytes = (
  policy: Evaluator,
  module: TenantModule | null,
  asked: { gate: Gate; input: Uint8Array; budget?: number },
) => {
  const { answer: platform } = policy.evaluate(asked.gate, asked.input, asked.budget)
  return module ? joinAnswers({ platform, restrictions: module.evaluate(asked.input).bytes }) : platform
}

/** The policy with a module on top, in the form of a policy: its answers are those that count. */
export const restrictedPolicy = (policy: Evaluator, module: TenantModule | null): Evaluator =>
  module === null
    ? policy
    : {
        reasons: policy.reasons,
        evaluate: (gate, input) => {
          const { answer, fuel } = policy.evaluate(gate, input)
          const said = module.evaluate(input)
          const restricted = restrict(parseAnswer(answer), said.restrictions)
          return { answer: canonicalBytes(restricted), fuel: fuel + said.fuel }
        },
      }
