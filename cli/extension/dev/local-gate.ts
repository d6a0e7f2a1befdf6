import { randomUUID } from 'node:crypto'
import { ACTIONS } from '#contract/actions.js'
import { Answer } from '#contract/decisions/answer.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { canonicalBytes } from '#engine/canonical.js'
import { EvaluationError } from '#engine/errors.js'
import type { PolicyEngine } from '#engine/load.js'
import { reasonsInWords } from '#engine/reasons-in-words.rules.js'
import type { LocalDecision } from './dev-records.js'

type Decided = 'extension.invoke' | 'capability.use'

/** Policy on the author's machine: the same bundle, engine and inputs as in the service, and nothing of the ledger. */
export class LocalGate {
  constructor(private readonly engine: PolicyEngine) {}

  /** Decides one action of one execution; what policy does not answer is a refusal, as in the service. */
  decide(
    action: Decided,
    facts: object,
    { executionId, nowMs }: { executionId: string; nowMs: number },
  ): LocalDecision {
    const { gate, scope } = ACTIONS[action]
    const input = INPUTS[gate].parse({ action, now: nowMs, required_scope: scope, waivers: [], ...facts })
    const id = randomUUID()
    const at = new Date(nowMs).toISOString()
    const about = { id, at, action, revision: this.engine.revision, execution_id: executionId, facts: input as never }
    try {
      const { answer } = this.engine.evaluate(gate, canonicalBytes(input))
      const { outcome, reasons } = Answer.parse(JSON.parse(Buffer.from(answer).toString('utf8')))
      return { ...about, outcome, reasons: reasonsInWords(reasons, this.engine.reasons) }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      const message = `Policy gave no answer: ${error.reason}`
      const reasons = [{ id: 'policy.unavailable', message, remedy: 'Mend the policy that --policy names' }]
      return { ...about, outcome: 'unavailable', reasons }
    }
  }
}
