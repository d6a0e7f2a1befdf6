import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import { CanaryCourse, type CanaryPointer } from './canary-course.js'
import { Following } from './following.js'
import type { Policy, PolicySet } from './policy-set.service.js'
import type { Pointer, SealedPoliciesRepository } from './sealed-policies.repository.js'
import type { WaiverList } from './waiver-list.js'

export interface FollowerParts {
  readonly node: string
  readonly policies: PolicySet
  readonly waivers: Pick<WaiverList, 'apply'>
  readonly sealed: Pick<SealedPoliciesRepository, 'pointer' | 'canary' | 'waivers' | 'report' | 'forget' | 'listen'>
  readonly clock: Clock
  /** The operator has named a bundle for this instance: it reports, and follows nothing. */
  readonly pinned: boolean
}

/**
 * Keeps this instance on the policy and the waivers that are in force: at each notice, and at each poll, it loads what the
 * pointer names, swaps it in between two decisions and says so. What cannot be loaded leaves the last good one deciding.
 */
export class PolicyFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('policy')
  private readonly following: Following
  private failing = false
  /** Why the candidate of a canary decides nothing here; null where nothing is wrong. */
  private canaryFault: string | null = null
  /** Why nothing but going back can be decided about policy here while the glass is broken; null where nothing is wrong. */
  private beforeFault: string | null = null
  /** What decides was put in force by break-glass, and until when; null in ordinary times. */
  breakGlassUntil: string | null = null

  constructor(private readonly parts: FollowerParts) {
    const { clock, sealed } = parts
    this.following = new Following({ clock, look: () => this.look(), listen: (listener) => sealed.listen(listener) })
  }

  onApplicationBootstrap(): Promise<void> {
    return this.following.start()
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.following.stop()
    await this.parts.sealed.forget(this.parts.node).catch(() => undefined)
  }

  /** Follows the pointer now; whoever asks meanwhile waits for a look that begins after the asking. */
  follow(): Promise<void> {
    return this.following.now()
  }

  private async look(): Promise<void> {
    const { node, policies, waivers, sealed, pinned } = this.parts
    try {
      waivers.apply(await sealed.waivers())
      const pointer = await sealed.pointer()
      this.breakGlassUntil = pointer?.breakGlassUntil ?? null
      if (pointer && !pinned) await this.stand(pointer)
      if (!pinned) await this.steer(await sealed.canary(pointer?.seq ?? 0n))
      const { sealedAs: revision } = policies
      await sealed.report({
        node,
        seq: pointer?.seq ?? 0n,
        revision,
        fault: policies.fault ?? this.beforeFault ?? this.canaryFault,
      })
      this.failing = false
    } catch (error) {
      if (!this.failing) this.logger.warn({ error }, 'which policy is in force could not be asked')
      this.failing = true
    }
  }

  /**
   * What decides about policy itself is there before a policy by break-glass decides anything, and goes only once that one
   * has gone: one that cannot be followed by the policy before it, since that does not load, decides nothing about itself.
   */
  private async stand({ revision, before }: Pointer): Promise<void> {
    const { policies } = this.parts
    if (before !== null) policies.standOn(await this.policyBefore(before))
    if (revision !== policies.sealedAs) await this.turnTo(revision)
    if (before !== null || revision !== policies.sealedAs) return
    policies.standOn(undefined)
    this.beforeFault = null
  }

  private async policyBefore(revision: string): Promise<Policy | null> {
    const { policies } = this.parts
    try {
      const policy = policies.before?.sealedAs === revision ? policies.before : await policies.at(revision)
      if (!policy) throw new Error('it is not kept')
      this.beforeFault = null
      return policy
    } catch (error) {
      const fault = `the policy ${revision}, which decides about policy during break-glass, cannot be loaded: ${(error as Error).message}`
      if (this.beforeFault !== fault)
        this.logger.error({ revision, error }, 'the policy before break-glass cannot be loaded')
      this.beforeFault = fault
      return null
    }
  }

  private async turnTo(revision: string): Promise<void> {
    const { policies } = this.parts
    try {
      const policy = await policies.at(revision)
      if (!policy) throw new Error(`the policy ${revision} is not kept`)
      policies.swap(policy)
      this.logger.log({ revision }, 'another policy decides')
    } catch (error) {
      const fault = `the policy ${revision} cannot be loaded: ${(error as Error).message}`
      if (policies.fault !== fault)
        this.logger.error({ revision, error }, 'a policy that should decide cannot be loaded')
      policies.holdOn(fault)
    }
  }

  /** Lets the candidate of a canary decide its share here. One that cannot be loaded, or whose base is not here, decides nothing, and that is told. */
  private async steer(canary: CanaryPointer | null): Promise<void> {
    const { policies } = this.parts
    const before = policies.course?.pointer.id === canary?.id ? policies.course : null
    if (!canary) this.canaryFault = null
    if (canary && before?.pointer.percent === canary.percent) return
    policies.steer(canary && (await this.courseOf(canary, before)))
  }

  private async courseOf(canary: CanaryPointer, before: CanaryCourse | null): Promise<CanaryCourse | null> {
    const { id, revision, percent, base } = canary
    const { policies } = this.parts
    try {
      // An instance that holds on to another policy, or ships another one, would find flips that are none of the candidate's.
      if (policies.sealedAs !== base) throw new Error(`what it is held against, ${base}, does not decide here`)
      const candidate = before?.candidate ?? (await policies.at(revision))
      if (!candidate) throw new Error('it is not kept')
      this.canaryFault = null
      this.logger.log({ canary: id, revision, percent }, 'a canary decides its share')
      return new CanaryCourse(canary, candidate, before)
    } catch (error) {
      const fault = `the canary ${revision} decides nothing here: ${(error as Error).message}`
      if (this.canaryFault !== fault) this.logger.error({ canary: id, error }, 'a canary cannot run here')
      this.canaryFault = fault
      return null
    }
  }
}
