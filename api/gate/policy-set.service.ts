import { LRUCache } from 'lru-cache'
import type { PolicyReply } from '#contract/api/policy.js'
import type { Gate } from '#contract/vocabulary.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { EvaluationError, type EvaluationCause } from '#engine/errors.js'
import { ENGINE } from '#engine/identity.js'
import type { PolicyEngine } from '#engine/load.js'
import { AnswerInvalid, parseAnswer } from './answer-parser.js'
import type { CanaryCourse, Decided } from './canary-course.js'
import type { Subject } from './subject.rules.js'
import type { PolicyVerdict } from './verdict.rules.js'

/** What the gate says where an evaluation gave no answer. */
export const CAUSES: Record<EvaluationCause, UnavailableCause> = {
  budget: 'budget_exhausted',
  memory: 'memory_exhausted',
  trap: 'policy_unavailable',
  invalid: 'answer_invalid',
}

/** Policies of the past that stay loaded, for replays: a few MB each. */
const MAX_PAST = 8

/** A loaded policy, as far as the gate uses it. */
export type Policy = Pick<PolicyEngine, 'revision' | 'sealedAs' | 'reasons' | 'evaluate'>

/** Where a policy comes from, and how one of the past is found again. */
export interface PolicySource {
  /** The policy to decide by. Rejects where none can be loaded; the service then runs and refuses. */
  active(): Promise<Policy>
  /** A policy by the name it was sealed under, or else by its module and data; null where it is kept no longer. */
  past(revision: string): Promise<Policy | null>
}

/** What a decision is made about, as far as it says which policy makes it. */
interface Deciding {
  readonly gate: Gate
  readonly subject: Subject
  /** Module and data that have begun the same execution. */
  readonly begunUnder?: string | undefined
  /** It is about what policy is in force. */
  readonly aboutPolicy?: boolean
}

/** The policy that is loaded. Where none could be, every decision is `unavailable`, and the reason is told to health alone. */
export class PolicySet {
  #active: Policy | null = null
  #fault: string | null = 'no policy was loaded yet'
  #course: CanaryCourse | null = null
  #before: Policy | null | undefined
  readonly #listeners = new Set<() => void>()
  readonly #past = new LRUCache<string, Policy>({ max: MAX_PAST })
  /** Policies that decided last, by module and data: what was begun under one of them ends under it. */
  readonly #lately = new LRUCache<string, Policy>({ max: MAX_PAST })

  constructor(private readonly source: PolicySource) {}

  /** Module and data that decide now, as decisions record them; null while policy is unavailable. */
  get revision(): string | null {
    return this.#active?.revision ?? null
  }

  /** Name of the sealed revision that decides now, as it is put in force and taken back; null while policy is unavailable. */
  get sealedAs(): string | null {
    return this.#active?.sealedAs ?? null
  }

  /** Why no policy is loaded; null while one is. */
  get fault(): string | null {
    return this.#fault
  }

  /** The loaded policy; null while there is none. */
  get active(): Policy | null {
    return this.#active
  }

  /** Loads the policy. Never rejects: a fault leaves the gate refusing. */
  async load(): Promise<void> {
    try {
      this.swap(await this.source.active())
    } catch (error) {
      this.#active = null
      this.#fault = error instanceof Error ? error.message : String(error)
    }
  }

  /** Puts another policy in place of the loaded one, between two decisions. A canary on top of that one ends with it. */
  swap(policy: Policy): void {
    // One often goes back to what decided before: that must not be loaded again while decisions wait.
    if (this.#active) this.#past.set(this.#active.sealedAs, this.#active)
    this.#active = policy
    this.#course = null
    this.#lately.set(policy.revision, policy)
    this.#fault = null
    for (const tell of this.#listeners) tell()
  }

  /** The canary that runs on top of the loaded policy; null while there is none. */
  get course(): CanaryCourse | null {
    return this.#course
  }

  /** Lets a candidate decide its share from the next decision on; null ends that. */
  steer(course: CanaryCourse | null): void {
    this.#course = course
    if (course) this.#lately.set(course.candidate.revision, course.candidate)
  }

  /**
   * The policy before the one that is in force by break-glass, which decides about policy itself meanwhile; null where that
   * cannot be loaded, undefined in ordinary times.
   */
  get before(): Policy | null | undefined {
    return this.#before
  }

  /** Says which policy decides about policy itself, as `before` has it. */
  standOn(before: Policy | null | undefined): void {
    this.#before = before
    if (before) this.#lately.set(before.revision, before)
  }

  /**
   * Which policy decides: about policy itself the one before break-glass, else the one that has begun the same execution, the
   * candidate of a canary where the subject is of its share, or the active one. Null where that one is not there.
   */
  decider({ gate, subject, begunUnder, aboutPolicy = false }: Deciding): Policy | null {
    if (aboutPolicy && this.#before !== undefined) return this.#before
    if (begunUnder !== undefined && begunUnder !== this.#active?.revision) return this.#lately.get(begunUnder) ?? null
    if (begunUnder === undefined && this.#active && this.#course?.takes(gate, subject)) return this.#course.candidate
    return this.#active
  }

  /** Holds what the candidate of a canary decided against the base, after whoever asked has gone on. */
  observe(policy: Policy | null, decided: (base: Policy) => Decided | null): void {
    const base = this.#active
    if (!base || !policy || policy !== this.#course?.candidate) return
    const held = decided(base)
    if (held) this.#course.pairs.add(base, held)
  }

  /** Tells of each policy that is put in place; the answer ends it. */
  onSwap(tell: () => void): () => void {
    this.#listeners.add(tell)
    return () => void this.#listeners.delete(tell)
  }

  /** Tells that a policy which should decide could not be loaded. The last good one goes on deciding, where there is one. */
  holdOn(fault: string): void {
    this.#fault = fault
  }

  /** The policy that a decision was made by, from the revision that it records; the active one where that has the same module and data. */
  async behind(revision: string): Promise<Policy | null> {
    return this.#active?.revision === revision ? this.#active : this.at(revision)
  }

  /**
   * The policy of a sealed revision, active or past, or else of a module and data; null where it is kept no longer.
   * Rejects where its files are not what they were.
   */
  async at(revision: string): Promise<Policy | null> {
    if (this.#active?.sealedAs === revision) return this.#active
    const engine = this.#past.get(revision) ?? (await this.source.past(revision))
    if (engine) this.#past.set(revision, engine)
    return engine
  }

  /** The active policy with its rules in words. Raises `policy.unavailable` while there is none. */
  show(): PolicyReply {
    if (!this.#active) throw problem('policy.unavailable')
    const { sealedAs, revision, reasons } = this.#active
    const rules = Object.entries(reasons).map(([id, { title, description, remedy, waivable, file, line }]) => ({
      id,
      title,
      description,
      remedy: remedy ?? null,
      waivable: waivable === true,
      file,
      line,
    }))
    return { revision: sealedAs, bundle_revision: revision, engine: ENGINE, rules }
  }

  /** Asks policy. Whatever goes wrong is a verdict too: none of it passes. */
  evaluate(gate: Gate, input: Uint8Array, engine: Policy | null = this.#active): PolicyVerdict {
    if (!engine) return { by: 'unavailable', cause: 'policy_unavailable', fuel: 0, revision: null }
    const { revision, reasons: catalogue } = engine
    try {
      const { answer: bytes, fuel } = engine.evaluate(gate, input)
      const answer = parseAnswer(bytes)
      // Only what the rule's own metadata lets be waived is: the facts name no other, and an answer that does is none.
      if (answer.waived?.some(({ reason }) => !catalogue[reason]?.waivable))
        return { by: 'unavailable', cause: 'answer_invalid', fuel, revision }
      return { by: 'policy', answer, bytes, fuel, revision, catalogue }
    } catch (error) {
      if (error instanceof EvaluationError) {
        return { by: 'unavailable', cause: CAUSES[error.reason], fuel: error.fuel, revision }
      }
      if (error instanceof AnswerInvalid) return { by: 'unavailable', cause: 'answer_invalid', fuel: 0, revision }
      throw error
    }
  }
}
