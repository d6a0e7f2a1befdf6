import {
  NO_ANSWER_RULE,
  SAME_RULES,
  type ChangeCount,
  type FlipSample,
  type Said,
  WhatIfState,
} from '#contract/api/what-if.js'
import type { Judgement } from './judge.rules.js'
import type { PastDecision } from './past-decision.js'

const DIMENSIONS = ['rule', 'reason', 'extension', 'publisher', 'tenant'] as const
type Dimension = (typeof DIMENSIONS)[number]
type Side = 'appeared' | 'vanished' | null

const TOTAL = { outcome: 'outcome_flips', reasons: 'reason_flips', duties: 'duty_flips' } as const

/** Sums of a replay, kept in the order of the decisions, so that the same decisions give the same sums and samples. */
export class Tally {
  readonly #state: Omit<WhatIfState, 'by'>
  readonly #groups: Readonly<Record<Dimension, Map<string, ChangeCount>>>

  /** Goes on where `state` stopped. */
  constructor(state: WhatIfState) {
    const { by, ...sums } = WhatIfState.parse(state)
    this.#state = sums
    this.#groups = Object.fromEntries(
      DIMENSIONS.map((name) => [name, new Map(by[name].map((group) => [group.key, group]))]),
    ) as Record<Dimension, Map<string, ChangeCount>>
  }

  /** A replay that has read nothing yet. `samples` is the most that each group keeps. */
  static empty(candidate: string, samples: number): Tally {
    return new Tally({
      ...{ candidate, samples, cursor: null, decisions: 0, replayed: 0, flips: 0 },
      ...{ outcome_flips: 0, reason_flips: 0, duty_flips: 0, differs_otherwise: 0, not_replayable: {}, no_answer: {} },
      by: { rule: [], reason: [], extension: [], publisher: [], tenant: [] },
    })
  }

  get candidate(): string {
    return this.#state.candidate
  }
  get cursor(): WhatIfState['cursor'] {
    return this.#state.cursor
  }
  get decisions(): number {
    return this.#state.decisions
  }
  get flips(): number {
    return this.#state.flips
  }

  /** Everything that is needed to go on, as plain JSON that later sums do not change. */
  state(): WhatIfState {
    const by = Object.fromEntries(DIMENSIONS.map((name) => [name, [...this.#groups[name].values()]]))
    return structuredClone({ ...this.#state, by: by as WhatIfState['by'] })
  }

  /** Adds the next decision. */
  add(past: PastDecision, judgement: Judgement): void {
    const sums = this.#state
    sums.decisions += 1
    sums.cursor = { at: past.at, id: past.id }
    if (judgement.found === 'not_replayable') {
      sums.not_replayable[judgement.why] = (sums.not_replayable[judgement.why] ?? 0) + 1
      return
    }
    sums.replayed += 1
    if (judgement.found === 'differs_otherwise') sums.differs_otherwise += 1
    if (judgement.found === 'flip') this.#flip(past, judgement)
  }

  #flip(past: PastDecision, { kind, before, after }: Extract<Judgement, { found: 'flip' }>): void {
    const sums = this.#state
    sums.flips += 1
    sums[TOTAL[kind]] += 1
    if (after.cause !== null) sums.no_answer[after.cause] = (sums.no_answer[after.cause] ?? 0) + 1
    const { id: decision_id, at, gate, action, revision } = past
    const sample = { decision_id, at, gate, action, revision, kind, before, after }
    for (const [rule, side] of changedRules(before, after)) this.#count('rule', rule, { side, sample })
    for (const [reason, side] of changes(before.reasons, after.reasons)) this.#count('reason', reason, { side, sample })
    for (const name of ['extension', 'publisher', 'tenant'] as const) {
      if (past[name] !== null) this.#count(name, past[name], { side: null, sample })
    }
  }

  #count(dimension: Dimension, key: string, { side, sample }: { side: Side; sample: FlipSample }): void {
    const groups = this.#groups[dimension]
    const group = groups.get(key) ?? {
      key,
      flips: 0,
      outcome: 0,
      reasons: 0,
      duties: 0,
      appeared: 0,
      vanished: 0,
      samples: [],
    }
    groups.set(key, group)
    group.flips += 1
    group[sample.kind] += 1
    if (side !== null) group[side] += 1
    if (group.samples.length < this.#state.samples) group.samples.push(sample)
  }
}

/** Ids that stand on one side only. */
function* changes(before: readonly string[], after: readonly string[]): Generator<[string, Side]> {
  for (const id of new Set(before)) if (!after.includes(id)) yield [id, 'vanished']
  for (const id of new Set(after)) if (!before.includes(id)) yield [id, 'appeared']
}

/**
 * Rules that a flip is put down to: those that fire on one side only. Where the candidate gave no answer, none of its
 * rules is known, and what fired before is not to blame.
 */
export function changedRules(before: Said, after: Said): [string, Side][] {
  if (after.cause !== null) return [[NO_ANSWER_RULE, 'appeared']]
  const found = [...changes(before.rules, after.rules)]
  return found.length > 0 ? found : [[SAME_RULES, null]]
}
