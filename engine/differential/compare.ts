import type { Gate } from '#contract/vocabulary.js'
import type { GoldenCase } from '../author/cases.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import type { PolicyEngine } from '../load.js'
import { generate, isSound, type Generated } from './generate.js'
import type { Json, JsonObject } from './shape.js'
import { shrink } from './shrink.js'
import { tally, type Counted, type GateTally } from './tally.rules.js'
import type { Topdown, TopdownAnswer } from './topdown.js'

/** An input on which both sides differ, as small as it could be made, and what each says of it. */
export interface Difference {
  readonly gate: Gate
  readonly input: JsonObject
  readonly ours: string
  readonly theirs: string
}

/** What came of one gate. */
export interface GateComparison extends GateTally {
  /** Inputs whose action is another gate's. */
  readonly misrouted: number
  readonly differences: number
  /** The first few of them, made small. */
  readonly shown: readonly Difference[]
}

export interface Comparison {
  readonly engine: PolicyEngine
  readonly topdown: Topdown
  readonly cases: readonly GoldenCase[]
  readonly platform: Json
  /** Ids of the gate's rules. */
  readonly rules: readonly string[]
  readonly inputs: number
  readonly seed: number
  /** Told after each batch how many inputs were compared. */
  readonly onBatch?: (done: number) => void
}

/** As many inputs go into one run of opa; it holds them all in memory. */
const BATCH = 2_000
const SHOWN = 3

/** Asks both about `inputs` generated inputs of a gate and compares the bytes of their answers. */
export async function compareGate(gate: Gate, comparison: Comparison): Promise<GateComparison> {
  const { inputs, topdown, engine, rules, onBatch } = comparison
  const source = generate({ gate, ...comparison })
  const answers: Counted[] = []
  const differing: Generated[] = []
  let misrouted = 0
  for (let done = 0; done < inputs;) {
    const batch = Array.from({ length: Math.min(BATCH, inputs - done) }, () => source.next().value)
    // opa works on another core meanwhile.
    const asked = topdown.ask(
      gate,
      batch.map(({ bytes }) => bytes),
    )
    const ours = batch.map(({ bytes }) => answerOf(engine, gate, bytes))
    const theirs = await asked
    differing.push(...batch.filter((_, index) => differs(ours[index]!, theirs[index]!)))
    answers.push(...ours.map(counted))
    misrouted += batch.filter((one) => one.misrouted).length
    done += batch.length
    onBatch?.(done)
  }
  const shown: Difference[] = []
  for (const one of differing.slice(0, SHOWN)) shown.push(await smallest(gate, comparison, one))
  return { ...tally(rules, answers), misrouted, differences: differing.length, shown }
}

function answerOf(engine: PolicyEngine, gate: Gate, bytes: Uint8Array): TopdownAnswer {
  try {
    return { answer: Buffer.from(engine.evaluate(gate, bytes).answer).toString('utf8') }
  } catch (error) {
    if (error instanceof EvaluationError) return { none: `${error.reason}: ${error.message}` }
    throw error
  }
}

/** No answer is a difference too, even where neither has one: the gate must answer whatever its schema takes. */
const differs = (ours: TopdownAnswer, theirs: TopdownAnswer): boolean =>
  !('answer' in ours && 'answer' in theirs && ours.answer === theirs.answer)

const wordsOf = (answer: TopdownAnswer): string => ('answer' in answer ? answer.answer : `no answer (${answer.none})`)

const counted = (answer: TopdownAnswer): Counted =>
  'answer' in answer ? (JSON.parse(answer.answer) as Counted) : { outcome: 'none', rules: [] }

async function smallest(gate: Gate, { engine, topdown }: Comparison, one: Generated): Promise<Difference> {
  const askBoth = async (inputs: readonly JsonObject[]) => {
    const bytes = inputs.map(canonicalBytes)
    const theirs = await topdown.ask(gate, bytes)
    return bytes.map((each, index) => ({ ours: answerOf(engine, gate, each), theirs: theirs[index]! }))
  }
  const input = await shrink(one.input, {
    base: one.misrouted ? { ...one.from, action: one.input['action']! } : one.from,
    isTaken: (next) => isSound(gate, { ...one, input: next }),
    firstDiffering: async (candidates) =>
      (await askBoth(candidates)).findIndex(({ ours, theirs }) => differs(ours, theirs)),
  })
  const [both] = await askBoth([input])
  return { gate, input, ours: wordsOf(both!.ours), theirs: wordsOf(both!.theirs) }
}
