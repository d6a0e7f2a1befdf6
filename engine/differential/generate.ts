import { ACTIONS, type Action } from '#contract/actions.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import type { Gate } from '#contract/vocabulary.js'
import type { GoldenCase } from '../author/cases.js'
import { canonicalBytes } from '../canonical.js'
import { Random } from './random.js'
import { replacement } from './replacement.js'
import { isTaken, shapeOf, sitesOf, type Json, type JsonObject, type Shape } from './shape.js'
import { vocabularyOf, type Vocabulary } from './vocabulary.js'

/** An input as it was made up. */
export interface Generated {
  readonly input: JsonObject
  /** RFC 8785 bytes of it: what both sides are given. */
  readonly bytes: Uint8Array
  /** The golden input it began as. */
  readonly from: JsonObject
  /** Its action is one of another gate. Apart from that the gate takes it. */
  readonly misrouted: boolean
}

export interface GeneratorOptions {
  readonly gate: Gate
  /** Golden cases; those of other gates are left aside. */
  readonly cases: readonly GoldenCase[]
  /** Platform data, `{"platform": …}`. */
  readonly platform: Json
  readonly seed: number
}

/** Share of inputs that begin as a case that is allowed; the others begin as a case of a rule, each rule as often as any. */
const FROM_ALLOWED = 0.5
/** Share of inputs of which parts come from a second case. */
const CROSSED = 0.2
const PART_CROSSED = 0.25
/** Chance that one more place is changed. */
const ONE_MORE = 0.55
const MOST_CHANGES = 12
/**
 * Share of inputs with an action of another gate. The gate itself never lets them through, so the rule that refuses them
 * is never asked by what the schema takes; it must hold all the same.
 */
const MISROUTED = 0.02
/** As often in a row nothing new may come of it. */
const PATIENCE = 1_000

/**
 * Inputs of one gate without end, no two alike, decided by the seed: golden inputs with places changed by their schema
 * and with parts of other cases. Fails where nothing new comes any more.
 */
export function* generate(options: GeneratorOptions): Generator<Generated, never> {
  const { gate, seed } = options
  const workshop = open(options)
  const random = Random.named(seed, gate)
  const made = new Set<string>()
  for (let failed = 0; failed < PATIENCE; failed += 1) {
    const one = make(workshop, random)
    const bytes = canonicalBytes(one.input)
    const text = Buffer.from(bytes).toString('utf8')
    if (made.has(text)) continue
    made.add(text)
    failed = -1
    yield { ...one, bytes }
  }
  throw new Error(`the cases of ${gate} give no more than ${made.size} inputs`)
}

interface Workshop {
  readonly gate: Gate
  readonly shape: Shape
  readonly words: Vocabulary
  readonly all: readonly JsonObject[]
  readonly allowed: readonly JsonObject[]
  /** Inputs of cases that are not allowed, by the rules that they expect to fire. */
  readonly refused: readonly (readonly JsonObject[])[]
}

function open({ gate, cases, platform }: GeneratorOptions): Workshop {
  const own = cases.filter((one) => one.gate === gate)
  const inputOf = ({ input }: GoldenCase) => input as JsonObject
  const all = own.map(inputOf)
  const allowed = own.filter(({ expect }) => expect.outcome === 'allow').map(inputOf)
  if (allowed.length === 0) throw new Error(`no golden case of ${gate} is allowed`)
  const refused = [...byRule(own)].map((cases) => cases.map(inputOf))
  return { gate, shape: shapeOf(gate), words: vocabularyOf(gate, all, platform), all, allowed, refused }
}

/** Cases that are not allowed, once for each rule that they expect; so that a rule with one case is not lost among many. */
function byRule(cases: readonly GoldenCase[]): Iterable<GoldenCase[]> {
  const groups = new Map<string, GoldenCase[]>()
  for (const one of cases.filter(({ expect }) => expect.outcome !== 'allow'))
    for (const rule of one.expect.rules) groups.set(rule, [...(groups.get(rule) ?? []), one])
  return groups.values()
}

function make(workshop: Workshop, random: Random): Omit<Generated, 'bytes'> {
  const { allowed, refused, gate } = workshop
  const from = random.pick(refused.length === 0 || random.chance(FROM_ALLOWED) ? allowed : random.pick(refused))
  let input = random.chance(CROSSED) ? crossed(workshop, random, from) : from
  for (let changes = 0; changes === 0 || (changes < MOST_CHANGES && random.chance(ONE_MORE)); changes += 1)
    input = changed(workshop, random, input)
  const misrouted = random.chance(MISROUTED)
  return { from, misrouted, input: misrouted ? { ...input, action: random.pick(FOREIGN(gate)) } : input }
}

const FOREIGN = (gate: Gate): Action[] =>
  (Object.keys(ACTIONS) as Action[]).filter((action) => ACTIONS[action].gate !== gate)

/** One place changed; as it was where the gate would not take the change. */
function changed({ gate, shape, words }: Workshop, random: Random, input: JsonObject): JsonObject {
  const site = random.pick(sitesOf(shape, input))
  const next = site.put(replacement({ ...site, random, words }, site.value))
  return isTaken(gate, next) ? (next as JsonObject) : input
}

/** Whole parts from another case, such as its actor or its votes. */
function crossed({ gate, all }: Workshop, random: Random, input: JsonObject): JsonObject {
  const other = random.pick(all)
  const parts = Object.entries(other).filter(() => random.chance(PART_CROSSED))
  const next = { ...input, ...Object.fromEntries(parts) }
  return isTaken(gate, next) ? next : input
}

/** What an input must satisfy: the gate's schema, of a misrouted one all but the action. */
export function isSound(
  gate: Gate,
  { input, misrouted, from }: Pick<Generated, 'input' | 'misrouted' | 'from'>,
): boolean {
  return INPUTS[gate].safeParse(misrouted ? { ...input, action: from['action'] } : input).success
}
