import { actionEntry } from '#contract/actions.js'
import type { FlipSample } from '#contract/api/what-if.js'
import type { Gate } from '#contract/vocabulary.js'
import { EvaluationError, type EvaluationCause } from '#engine/errors.js'
import { compare, readSaid, unanswered, type Judgement } from '#engine/what-if/judge.rules.js'
import { changedRules } from '#engine/what-if/tally.rules.js'
import { MAX_SAMPLES, type CanaryCounts } from './canary-counts.rules.js'
import type { Decided } from './canary-course.js'
import { CAUSES, type Policy } from './policy-set.service.js'

/** Decisions that wait for the base at most; while so many do, further ones are only counted. */
const MAX_WAITING = 1_000
/** Of these, so many of one organisation: who floods its own share hides nothing of others'. */
const MAX_WAITING_OF_ONE = 250
/** The base is asked so often in one turn of the loop, and then others have theirs. */
const AT_ONCE = 4

/** Why a candidate gave no answer, by what the gate says of that. */
const NO_ANSWER = new Map(Object.entries(CAUSES).map(([reason, cause]) => [cause, reason as EvaluationCause]))

interface Waiting {
  readonly base: Policy
  readonly decided: Decided
}

type Flip = Extract<Judgement, { found: 'flip' }>

/**
 * Holds decisions of a candidate against what the base says to the same input. The base is asked between the turns of the
 * loop, once whoever asked has gone on; where decisions come faster than that, some are skipped.
 */
export class CanaryPairs {
  readonly #waiting: Waiting[] = []
  /** How many of these are whose. */
  readonly #waitingOf = new Map<string, number>()
  readonly #changed: ReadonlySet<string>
  readonly #flips = new Map<string, number>()
  readonly #samples = new Map<string, FlipSample[]>()
  readonly #seen = new Set<string>()
  readonly #sums = { pairs: 0, skipped: 0, unavailable: 0, fuel: 0, base_fuel: 0 }
  #isDraining = false

  constructor(changed: readonly string[]) {
    this.#changed = new Set(changed)
  }

  /** Takes a decision of the candidate. Never raises, and asks nothing yet. */
  add(base: Policy, decided: Decided): void {
    const ofOne = this.#waitingOf.get(decided.tenantId) ?? 0
    if (this.#waiting.length >= MAX_WAITING || ofOne >= MAX_WAITING_OF_ONE) {
      this.#sums.skipped += 1
      return
    }
    this.#waitingOf.set(decided.tenantId, ofOne + 1)
    this.#waiting.push({ base, decided })
    if (this.#isDraining) return
    this.#isDraining = true
    setImmediate(() => this.#drain())
  }

  /** Takes over what still waits in the step before, so that its end hides none of that. */
  takeOver(before: CanaryPairs): void {
    for (const { base, decided } of before.#waiting.splice(0)) this.add(base, decided)
    before.#waitingOf.clear()
  }

  /** What was counted by now. */
  counts(): CanaryCounts {
    return {
      ...this.#sums,
      flips: Object.fromEntries(this.#flips),
      seen: [...this.#seen],
      samples: Object.fromEntries([...this.#samples].map(([rule, samples]) => [rule, [...samples]])),
    }
  }

  #drain(): void {
    for (const { base, decided } of this.#waiting.splice(0, AT_ONCE)) {
      const left = this.#waitingOf.get(decided.tenantId)! - 1
      if (left > 0) this.#waitingOf.set(decided.tenantId, left)
      else this.#waitingOf.delete(decided.tenantId)
      this.#judge(base, decided)
    }
    this.#isDraining = this.#waiting.length > 0
    if (this.#isDraining) setImmediate(() => this.#drain())
  }

  #judge(base: Policy, decided: Decided): void {
    const { said, action, input } = decided
    const { gate } = actionEntry(action)
    const asked = ask(base, gate, input)
    const before = asked && readSaid(asked.answer)
    // Where the base has no answer, having one is no flip that anybody need be warned of; nor has it been held against one.
    if (!asked || !before) {
      this.#sums.skipped += 1
      return
    }
    this.#sums.pairs += 1
    if (said.by === 'policy') this.#see(gate, [...said.answer.rules, ...before.rules])
    if (said.by === 'policy') {
      this.#sums.fuel += said.fuel
      this.#sums.base_fuel += asked.fuel
    } else this.#sums.unavailable += 1
    const found =
      said.by === 'policy'
        ? compare(asked.answer, said.bytes)
        : unanswered(asked.answer, NO_ANSWER.get(said.cause) ?? 'trap')
    if (found.found === 'flip') this.#flip(decided, found)
  }

  #flip(decided: Decided, { kind, before, after }: Flip): void {
    for (const [rule] of changedRules(before, after)) {
      this.#flips.set(rule, (this.#flips.get(rule) ?? 0) + 1)
      const samples = this.#samples.get(rule) ?? []
      if (samples.length < MAX_SAMPLES)
        this.#samples.set(rule, [...samples, sampleOf(decided, { kind, before, after })])
    }
  }

  #see(gate: string, rules: readonly string[]): void {
    if (this.#seen.size === this.#changed.size) return
    for (const each of [gate, ...rules]) if (this.#changed.has(each)) this.#seen.add(each)
  }
}

/** What the base says; null where it has no answer. */
function ask(base: Policy, gate: Gate, input: Uint8Array) {
  try {
    return base.evaluate(gate, input)
  } catch (error) {
    if (error instanceof EvaluationError) return null
    throw error
  }
}

const sampleOf = (
  { id, at, action, said }: Decided,
  flip: Pick<FlipSample, 'kind' | 'before' | 'after'>,
): FlipSample => ({
  ...{ decision_id: id, at, action, gate: actionEntry(action).gate, ...flip },
  revision: said.revision,
})
