import { randomUUID } from 'node:crypto'
import { actionEntry, type ActionOf } from '#contract/actions.js'
import { Answer, type Reason } from '#contract/decisions/answer.js'
import { INPUTS, type DecisionFacts, type DecisionInput } from '#contract/decisions/inputs.js'
import { canonicalBytes } from '#engine/canonical.js'
import { EvaluationError } from '#engine/errors.js'
import type { PolicyEngine } from '#engine/load.js'
import { reasonsInWords } from '#engine/reasons-in-words.rules.js'

/** What policy said on this machine, in full: an author may see everything of a decision about his own extension. */
export interface LocalDecision {
  readonly id: string
  readonly gate: 'call' | 'capability'
  readonly outcome: Answer['outcome'] | 'unavailable'
  /** Ids of all rules that fired. */
  readonly rules: readonly string[]
  /** Those that refuse, in words. */
  readonly reasons: readonly Reason[]
  /** The facts that were decided on, as they are stored in service. */
  readonly input: DecisionInput<'call' | 'capability'>
  readonly fuel: number
  readonly revision: string
}

type Gate = LocalDecision['gate']

interface Asked<G extends Gate> {
  readonly gate: G
  readonly action: ActionOf<G>
  readonly facts: DecisionFacts<G>
  readonly now: number
  /** What the decision is to be known by. */
  readonly id?: string
}

/** Decides as the service does: the same policy, the same facts, without a ledger. `now` is in milliseconds since the epoch. */
export const decideLocally = <G extends Gate>(
  engine: PolicyEngine,
  { gate, action, facts, now, id = randomUUID() }: Asked<G>,
): LocalDecision => {
  const { scope } = actionEntry(action)
  const input = INPUTS[gate].parse({ ...facts, action, now, required_scope: scope, waivers: [] })
  const decision = { id, gate, input, revision: engine.revision }
  try {
    const { answer, fuel } = engine.evaluate(gate, canonicalBytes(input))
    const { outcome, rules, reasons } = Answer.parse(JSON.parse(Buffer.from(answer).toString('utf8')))
    return { ...decision, outcome, rules, reasons: reasonsInWords(reasons, engine.reasons), fuel }
  } catch (error) {
    const cause = error instanceof EvaluationError ? error.reason : 'answer_invalid'
    const message = `Policy gave no answer (${(error as Error).message})`
    const reason = {
      id: `unavailable.${cause}`,
      message,
      remedy: 'Look at the policy: every call is refused until it answers',
    }
    return { ...decision, outcome: 'unavailable', rules: [], reasons: [reason], fuel: 0 }
  }
}
