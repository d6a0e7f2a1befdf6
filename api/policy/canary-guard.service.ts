import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { CanaryCounts } from '../gate/canary-counts.rules.js'
import type { CanaryCourse } from '../gate/canary-course.js'
import { Following } from '../gate/following.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Clock } from '../killswitch/clock.js'
import type { Queryable } from '../platform/database/queryable.js'
import { countedTogether, reportCounts } from './canaries.repository.js'
import type { Canaries } from './canaries.service.js'
import { judgeCanary } from './canary.rules.js'

export interface CanaryGuardParts {
  readonly node: string
  readonly policies: Pick<PolicySet, 'course'>
  readonly canaries: Pick<Canaries, 'complete' | 'takeBack'>
  readonly records: Queryable
  readonly clock: Clock
}

/**
 * Watches the canary that runs, on every instance: tells what this one has counted, holds the sum of all against what was
 * foretold, and lets it go on or takes it back. What shows too much here is stopped here at once, whatever else works.
 */
export class CanaryGuard implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('policy-canary')
  private readonly following: Following
  private told = ''
  private failing = ''

  constructor(private readonly parts: CanaryGuardParts) {
    this.following = new Following({ clock: parts.clock, look: () => this.look() })
  }

  onApplicationBootstrap(): Promise<void> {
    return this.following.start()
  }

  /** Before the pools close. */
  beforeApplicationShutdown(): Promise<void> {
    return this.following.stop()
  }

  /** Looks now. Never rejects: what could not be done is tried again at the next look. */
  async look(): Promise<void> {
    const { course } = this.parts.policies
    if (!course) return
    try {
      await this.lookAfter(course)
      this.failing = ''
    } catch (error) {
      const { message } = error as Error
      if (this.failing !== message)
        this.logger.warn({ canary: course.pointer.id, error }, 'a canary could not be looked after; it is tried again')
      this.failing = message
    }
  }

  private async lookAfter(course: CanaryCourse): Promise<void> {
    const steps = stepsOf(course)
    // Before anybody else is asked: it holds though nobody answers.
    if (steps.some(({ pairs, pointer }) => judgeCanary(pairs.counts(), pointer.plan).breach)) course.halted = true
    for (const step of steps) await this.weigh(step, course)
    course.before = null
  }

  private async weigh(step: CanaryCourse, course: CanaryCourse): Promise<void> {
    const { node, canaries } = this.parts
    const { id, percent, plan } = step.pointer
    await this.tell(step, step.pairs.counts())
    const counts = await countedTogether(this.parts.records, id, percent)
    const { breach, complete } = judgeCanary(counts, plan)
    if (breach) {
      course.halted = true
      await canaries.takeBack(id, { breach, counts, node })
    } else if (complete) await canaries.complete(id, percent)
  }

  /** Writes what was counted here, where that has changed. */
  private async tell({ pointer: { id, percent } }: CanaryCourse, counts: CanaryCounts): Promise<void> {
    const told = `${id} ${percent} ${counts.pairs} ${counts.skipped}`
    if (told === this.told) return
    await reportCounts(this.parts.records, { canary: id, percent, node: this.parts.node, counts })
    this.told = told
  }
}

/** A step and those before it whose last counts nobody has taken yet, oldest first. */
const stepsOf = (course: CanaryCourse): CanaryCourse[] => [...(course.before ? stepsOf(course.before) : []), course]
