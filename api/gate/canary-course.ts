import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '#contract/actions.js'
import type { CANARY_UNITS } from '#contract/api/policy-canaries.js'
import { PLATFORM_TENANT_ID, type Gate } from '#contract/vocabulary.js'
import { CanaryPairs } from './canary-pairs.js'
import type { Policy } from './policy-set.service.js'
import type { Subject } from './subject.rules.js'
import type { PolicyVerdict } from './verdict.rules.js'

/** A canary as the pointer names it. */
export interface CanaryPointer {
  readonly id: string
  /** Name of the candidate's sealed revision. */
  readonly revision: string
  /** Name of the sealed revision that decides otherwise: nothing else may stand beneath the candidate. */
  readonly base: string
  readonly percent: number
  readonly unit: (typeof CANARY_UNITS)[number]
  readonly plan: CanaryPlan
}

/** What a canary is held against. */
export const CanaryPlan = z.strictObject({
  /** Share of past decisions that flipped by each rule, in the approved what-if; a rule that is not named flipped none. */
  foretold: z.record(z.string(), z.number()),
  /** Changed rules, or gates whose rules changed: a step's pairs must include each of them. */
  changed: z.array(z.string()),
})
export type CanaryPlan = z.infer<typeof CanaryPlan>

/** One decision, as the candidate of a canary answered it, and the question to the base. */
export interface Decided {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly action: Action
  readonly tenantId: string
  /** What the gate would have given the base: it may take waivers that the candidate does not, and the other way round. */
  readonly input: Uint8Array
  readonly said: PolicyVerdict
}

/** Shares that are remembered; beyond that they are worked out again. */
const MAX_KNOWN = 50_000
const SHARES = 0x1_0000_0000

/**
 * Where in its line a subject stands, from 0 up to 1: who is within the first step is within every later one. The canary's
 * id is part of it, so that it is not always the same ones who come first.
 */
export const shareOf = (canary: string, unit: string): number =>
  createHash('sha256').update(`${canary} ${unit}`).digest().readUInt32BE() / SHARES

/** One step of a canary on this instance: who decides by the candidate, and what its decisions show beside those of the base. */
export class CanaryCourse {
  readonly pairs: CanaryPairs
  /** Nothing is decided by the candidate any more, whatever the pointer says. */
  halted: boolean
  readonly #shares = new Map<string, number>()
  readonly #part: number

  /**
   * @param before the step before this one here, until the guard has taken its last counts: what has shown too much stays
   * stopped, however far others have come with it, and what still waits to be held against the base is counted in this step
   */
  constructor(
    readonly pointer: CanaryPointer,
    readonly candidate: Policy,
    public before: CanaryCourse | null = null,
  ) {
    this.#part = pointer.percent / 100
    this.halted = before?.halted ?? false
    this.pairs = new CanaryPairs(pointer.plan.changed)
    if (before) this.pairs.takeOver(before.pairs)
  }

  /**
   * Whether the candidate decides. What the platform does for itself, policy with it, and what stops others is the base's to
   * decide as long as there is one: no candidate can keep itself from being taken back.
   */
  takes(gate: Gate, { tenantId, installId }: Pick<Subject, 'tenantId' | 'installId'>): boolean {
    if (this.halted || gate === 'killswitch' || tenantId === PLATFORM_TENANT_ID) return false
    if (this.#part >= 1) return true
    const unit = this.pointer.unit === 'tenant' || installId === null ? tenantId : `${tenantId} ${installId}`
    let share = this.#shares.get(unit)
    if (share === undefined) {
      if (this.#shares.size >= MAX_KNOWN) this.#shares.clear()
      this.#shares.set(unit, (share = shareOf(this.pointer.id, unit)))
    }
    return share < this.#part
  }
}
