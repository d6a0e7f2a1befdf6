import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import type { PolicySet } from './policy-set.service.js'
import type { SealedPoliciesRepository } from './sealed-policies.repository.js'
import type { WaiverList } from './waiver-list.js'

/** How often the pointer is looked at where no notice comes, in milliseconds. */
const POLL_MS = 500

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
  private following: Promise<void> | undefined
  private cancelPoll = (): void => undefined
  private stopListening = (): void => undefined
  private stopped = false
  private failing = false
  /** What decides was put in force by break-glass, and until when; null in ordinary times. */
  breakGlassUntil: string | null = null

  constructor(private readonly parts: FollowerParts) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen()
    await this.poll()
  }

  /** Before the pools close: the connection that listens is one of theirs. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.cancelPoll()
    this.stopListening()
    await this.following
    await this.parts.sealed.forget(this.parts.node).catch(() => undefined)
  }

  /** Follows the pointer now; whoever asks meanwhile waits for a look that begins after the asking. */
  follow(): Promise<void> {
    const before = this.following ?? Promise.resolve()
    const next: Promise<void> = before
      .then(() => this.look())
      .finally(() => {
        if (this.following === next) this.following = undefined
      })
    return (this.following = next)
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

  private async poll(): Promise<void> {
    await this.follow()
    if (!this.stopped) this.cancelPoll = this.parts.clock.after(POLL_MS, () => void this.poll())
  }

  private async listen(): Promise<void> {
    if (this.stopped) return
    const again = (): void => void this.parts.clock.after(POLL_MS, () => void this.listen())
    try {
      this.stopListening = await this.parts.sealed.listen({ onNotice: () => void this.follow(), onLost: again })
      if (this.stopped) this.stopListening()
    } catch {
      again()
    }
  }
}
