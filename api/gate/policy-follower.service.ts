import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import { Following } from './following.js'
import type { PolicySet } from './policy-set.service.js'
import type { SealedPoliciesRepository } from './sealed-policies.repository.js'
import type { WaiverList } from './waiver-list.js'

export interface FollowerParts {
  readonly node: string
  readonly policies: PolicySet
  readonly waivers: Pick<WaiverList, 'apply'>
  readonly sealed: Pick<SealedPoliciesRepository, 'pointer' | 'waivers' | 'report' | 'forget' | 'listen'>
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
      if (pointer && !pinned && pointer.revision !== policies.sealedAs) await this.turnTo(pointer.revision)
      const { sealedAs: revision, fault } = policies
      await sealed.report({ node, seq: pointer?.seq ?? 0n, revision, fault })
      this.failing = false
    } catch (error) {
      if (!this.failing) this.logger.warn({ error }, 'which policy is in force could not be asked')
      this.failing = true
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
}
