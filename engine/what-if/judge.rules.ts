import { LRUCache } from 'lru-cache'
import type { FlipKind, NoAnswerCause, NotReplayable, Said } from '#contract/api/what-if.js'
import { Answer } from '#contract/decisions/answer.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import type { Gate } from '#contract/vocabulary.js'
import { digestOf } from '#runtime/digest.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import type { PolicyEngine } from '../load.js'
import type { PastDecision } from './past-decision.js'

/** What of a past decision a thread needs. */
export type Replayable = Readonly<{ gate: Gate; input: Uint8Array; inputDigest: string; answer: Uint8Array }>

/** What the candidate makes of one past decision. */
export type Judgement =
  | { readonly found: 'same' | 'differs_otherwise' }
  | { readonly found: 'not_replayable'; readonly why: NotReplayable }
  | { readonly found: 'flip'; readonly kind: FlipKind; readonly before: Said; readonly after: Said }

/** Why a decision can't be replayed, as far as its record alone tells; undefined where it may be. */
export function obstacle({ decidedBy, masked, answer }: PastDecision): NotReplayable | undefined {
  if (decidedBy !== 'policy') return decidedBy
  if (masked) return 'masked'
  return answer === null ? 'no_answer' : undefined
}

/** An answer as it is told of, and the same with its duties; each time the same objects, for the same bytes. */
interface Read {
  readonly said: Said
  readonly whole: Said & { duties: string[] }
}

/** Answers read last, by their bytes: policies give few distinct ones. */
const known = new LRUCache<string, { read: Read | null }>({
  max: 2_000,
  maxSize: 8_000_000,
  sizeCalculation: (_, key) => key.length + 1,
})

/** What an answer says; null where it is not one. */
export const readSaid = (answer: Uint8Array): Said | null => read(answer)?.said ?? null

function read(answer: Uint8Array): Read | null {
  const text = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString('latin1')
  const seen = known.get(text)
  if (seen) return seen.read
  const found = parse(answer)
  known.set(text, { read: found })
  return found
}

function parse(answer: Uint8Array): Read | null {
  try {
    const parsed = Answer.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer)))
    if (!parsed.success) return null
    const { outcome, rules, reasons, obligations, approval } = parsed.data
    const said: Said = { outcome, rules, reasons: reasons.map(({ id }) => id), cause: null }
    const duties = [
      ...obligations.map(({ id, params }) => (params ? `${id} ${JSON.stringify(params)}` : id)),
      ...(approval ? [`approval ${JSON.stringify(approval)}`] : []),
    ]
    return { said, whole: { ...said, duties } }
  } catch {
    return null
  }
}

type Candidate = Pick<PolicyEngine, 'evaluate' | 'reasons'>

/**
 * The input as the gate would give it to the candidate: without waivers of what its rules do not let be waived. Null where
 * it is no longer one that its gate takes: the candidate's rules are written against today's schema.
 */
export function givenTo(
  { reasons }: Pick<Candidate, 'reasons'>,
  { gate, input }: Pick<Replayable, 'gate' | 'input'>,
): Uint8Array | null {
  try {
    const facts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(input))
    const taken = INPUTS[gate].safeParse(facts)
    if (!taken.success) return null
    const { waivers } = taken.data
    const waivable = waivers.filter(({ reason }) => reasons[reason]?.waivable)
    return waivable.length === waivers.length ? input : canonicalBytes({ ...(facts as object), waivers: waivable })
  } catch {
    return null
  }
}

/** The candidate gave no answer where there was one. */
export function unanswered(answer: Uint8Array, cause: NoAnswerCause): Judgement {
  const before = readSaid(answer)
  if (before === null) return { found: 'not_replayable', why: 'answer_unreadable' }
  return { found: 'flip', kind: 'outcome', before, after: { outcome: 'unavailable', rules: [], reasons: [], cause } }
}

/** Asks the candidate about one past decision. Never raises: an evaluation that fails is a flip to `unavailable`. */
export function judge(candidate: Candidate, past: Replayable): Judgement {
  if (digestOf(past.input) !== past.inputDigest) return { found: 'not_replayable', why: 'input_altered' }
  const input = givenTo(candidate, past)
  if (input === null) return { found: 'not_replayable', why: 'input_unfit' }
  try {
    return compare(past.answer, candidate.evaluate(past.gate, input).answer)
  } catch (error) {
    return unanswered(past.answer, error instanceof EvaluationError ? error.reason : 'trap')
  }
}

/** What stands between two answers to the same question. */
export function compare(recorded: Uint8Array, answered: Uint8Array): Judgement {
  const was = read(recorded)
  if (was === null) return { found: 'not_replayable', why: 'answer_unreadable' }
  if (Buffer.compare(recorded, answered) === 0) return { found: 'same' }
  const is = read(answered)
  if (is === null) return unanswered(recorded, 'invalid')
  const [before, after] = [was.said, is.said]
  if (before.outcome !== after.outcome) return { found: 'flip', kind: 'outcome', before, after }
  if (before.reasons.join() !== after.reasons.join()) return { found: 'flip', kind: 'reasons', before, after }
  if (was.whole.duties.join() === is.whole.duties.join()) return { found: 'differs_otherwise' }
  return { found: 'flip', kind: 'duties', before: was.whole, after: is.whole }
}
