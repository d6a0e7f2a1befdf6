import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import { Following } from './following.js'
import type { TenantModules } from './tenant-modules.js'
import type { TenantPoliciesRepository } from './tenant-policies.repository.js'

export interface TenantFollowerParts {
  readonly modules: Pick<TenantModules, 'follow'>
  readonly pointers: Pick<TenantPoliciesRepository, 'pointers' | 'listen'>
  readonly clock: Clock
}

/** Keeps this instance on the modules that organisations have in force. Where it cannot look, what it knows goes on. */
export class TenantPolicyFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('tenant-policy')
  private readonly following: Following
  /** When the last look was made, by the database's clock; null where the next one is over all of them: nothing is known yet, or one failed. */
  private since: string | null = null

  constructor(private readonly parts: TenantFollowerParts) {
    const { clock, pointers } = parts
    this.following = new Following({ clock, look: () => this.look(), listen: (listener) => pointers.listen(listener) })
  }

  onApplicationBootstrap(): Promise<void> {
    return this.following.start()
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.following.stop()
  }

  /** Follows what is in force now; whoever asks meanwhile waits for a look that begins after the asking. */
  follow(): Promise<void> {
    return this.following.now()
  }

  private async look(): Promise<void> {
    const { modules, pointers } = this.parts
    try {
      const { at, pointers: found } = await pointers.pointers(this.since)
      await modules.follow(found, this.since === null)
      this.since = at
    } catch (error) {
      if (this.since !== null)
        this.logger.warn({ error }, 'which policies of organisations are in force could not be asked')
      this.since = null
    }
  }
}
