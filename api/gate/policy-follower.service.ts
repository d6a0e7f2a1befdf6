import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import { Following } from './following.js'
import type { PolicySet } from './policy-set.service.js'
import type { SealedPoliciesRepository } from './sealed-policies.repository.js'

export interface FollowerParts {
  readonly node: string
  readonly policies: PolicySet
  readonly sealed: Pick<SealedPoliciesRepository, 'pointer' | 'report' | 'forget' | 'listen'>
  readonly clock: Clock
  /** The operator has named a bundle for this instance: it reports, and follows nothing. */
  readonly pinned: boolean
}

/**
 * Keeps this instance on the policy that is in force: at each notice, and at each poll, it loads what the pointer names,
 * swaps it in between two decisions and says so. What cannot be loaded leaves the last good one deciding.
 */
export class PolicyFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('policy')
  private readonly following: Following
  private failing = false

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
    const { node, policies, sealed, pinned } = this.parts
    try {
      const pointer = await sealed.pointer()
      if (pointer && !pinned && pointer.revision !== policies.revision) await this.turnTo(pointer.revision)
      const { revision, fault } = policies
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
