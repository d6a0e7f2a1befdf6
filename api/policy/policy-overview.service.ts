import type { PolicyHistory, PolicyRevisionList, PolicyStatus } from '#contract/api/policy.js'
import type { z } from 'zod'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { currentPolicy, listActivations, type CurrentPolicy } from './activations.repository.js'
import { listInstances } from './instances.repository.js'
import { listRevisions } from './revisions.repository.js'

const LISTED = 100

/** What there is to see of the platform's policy. Organisations see what decides; drafts, people and nodes only the platform's own. */
export class PolicyOverview {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly policies: Pick<PolicySet, 'revision'>,
  ) {}

  /** Which policy is in force, and which one each instance decides by. */
  status(caller: Caller): Promise<PolicyStatus> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const current = await currentPolicy(tx)
      const inForce = current?.revision ?? this.policies.revision
      const instances = caller.actor.platform ? await listInstances(tx) : []
      return {
        in_force: inForce,
        activation: current?.last ?? null,
        break_glass: glassOf(current),
        instances: instances.map((instance) => ({ ...instance, follows: instance.revision === inForce })),
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
      const current = await currentPolicy(tx)
      const rows = await listRevisions(tx, LISTED)
      return { revisions: rows.map((row) => ({ ...row, in_force: row.revision === current?.revision })) }
    })
  }
}

/** What decides by break-glass, and until when; null where nothing does. */
const glassOf = (current: CurrentPolicy | undefined): PolicyStatus['break_glass'] => {
  if (!current || current.leftS === null || current.leftS <= 0) return null
  const { reason, by, expires_at } = current.last
  return expires_at === null ? null : { reason, by, expires_at }
}
