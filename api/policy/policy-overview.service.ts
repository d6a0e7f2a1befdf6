import type { PolicyHistory, PolicyRevisionList, PolicyStatus } from '#contract/api/policy.js'
import type { z } from 'zod'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { listActivations, type CurrentPolicy } from './activations.repository.js'
import { runningCanary } from './canaries.repository.js'
import { shownCanary } from './canaries.service.js'
import type { InForce } from './in-force.js'
import { listInstances } from './instances.repository.js'
import { listRevisions } from './revisions.repository.js'

const LISTED = 100

/** What there is to see of the platform's policy. Organisations see what decides; drafts, people and nodes only the platform's own. */
export class PolicyOverview {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly inForce: InForce,
  ) {}

  /** Which policy is in force, and which one each instance decides by. */
  status(caller: Caller): Promise<PolicyStatus> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const { current, revision } = await this.inForce.standing(tx)
      const running = await runningCanary(tx)
      const instances = caller.actor.platform ? await listInstances(tx) : []
      return {
        in_force: revision,
        activation: current?.last ?? null,
        break_glass: glassOf(current),
        canary: running ? shownCanary(running, caller.actor.platform) : null,
        instances: instances.map((instance) => ({ ...instance, follows: instance.revision === revision })),
      }
    })
  }

  /** The changes of the policy in force, newest first. */
  async history(caller: Caller): Promise<z.infer<typeof PolicyHistory>> {
    return { activations: await this.database.inScope(scopeOf(caller), (tx) => listActivations(tx, LISTED)) }
  }

  /** Sealed policies, newest first. */
  revisions(caller: Caller): Promise<z.infer<typeof PolicyRevisionList>> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const { revision } = await this.inForce.standing(tx)
      const rows = await listRevisions(tx, LISTED)
      return { revisions: rows.map((row) => ({ ...row, in_force: row.revision === revision })) }
    })
  }
}

/** What decides by break-glass, and until when; null where nothing does. */
const glassOf = (current: CurrentPolicy | undefined): PolicyStatus['break_glass'] => {
  if (!current || current.leftS === null || current.leftS <= 0) return null
  const { reason, by, expires_at } = current.last
  return expires_at === null ? null : { reason, by, expires_at }
}
