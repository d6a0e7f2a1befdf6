import type { DecisionTraced } from '#contract/api/explain.js'
import { canonicalBytes } from '../canonical.js'
import { EnteredRules } from './entered-rules.rules.js'
import { TraceOutput } from './events.js'
import { ReadFacts } from './read-facts.rules.js'

/** What `opa` wrote, and the documents that it read, as JSON. */
export interface TraceOrder {
  readonly text: string
  readonly input: string
  readonly data: string
}

/** What a run of OPA's interpreter shows. */
export interface TraceReading extends Pick<DecisionTraced, 'rules' | 'facts' | 'facts_replaced' | 'cut' | 'fault'> {
  /** RFC 8785 bytes; null where opa gave no answer, and then `fault` says why. */
  readonly answer: Uint8Array | null
}

/** Rules, and facts, that are told at most. */
const MOST = 2_000

/** Reads what `opa eval --explain=full` wrote of one decision. Raises where it is in no form of OPA's. */
export function readTrace({ text, input, data }: TraceOrder): TraceReading {
  const { result, errors, explanation } = TraceOutput.parse(JSON.parse(text))
  const rules = new EnteredRules()
  const facts = new ReadFacts({ input: JSON.parse(input), data: JSON.parse(data) })
  for (const event of explanation) {
    rules.add(event)
    facts.add(event)
  }
  const [entered, read] = [rules.list(), facts.list()]
  const [answered] = result
  return {
    answer: answered ? canonicalBytes(answered.expressions[0]!.value) : null,
    fault: answered ? null : (errors[0]?.message ?? 'the answer is undefined'),
    ...{ rules: entered.slice(0, MOST), facts: read.slice(0, MOST) },
    ...{ facts_replaced: facts.replaced, cut: entered.length > MOST || read.length > MOST },
  }
}
