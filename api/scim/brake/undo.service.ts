import type { ScimBrakeUndone } from '#contract/api/scim.js'
import { problem, Problem } from '#contract/problems.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Callers } from '../../identity/caller-resolver.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { findBrake, findToUndo, type LetGo } from './brakes.repository.js'
import { staysIn } from './losses.rules.js'
import { holdBrake } from './pace.repository.js'
import { noteUndone, restoreGroups, restoreNames, restorePerson, restoreSaid } from './undo.repository.js'

/** People whom one request brings back; the next one goes on. */
const AT_ONCE = 100

export interface BrakeUndoParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly callers: Pick<Callers, 'forget'>
}

type Undone = ScimBrakeUndone['failed'][number]

/** Brings back whom a connection let go before its brake tripped. */
export class BrakeUndo {
  constructor(private readonly parts: BrakeUndoParts) {}

  /** Brings people back, each by a decision and in a transaction of its own. Raises `not_found`, and what the gate refuses. */
  async undo(caller: Caller, id: string): Promise<ScimBrakeUndone> {
    const { database, callers } = this.parts
    const [brake, all] = await database.inScope(scopeOf(caller), async (tx) => [
      await findBrake(tx, id),
      await findToUndo(tx, id),
    ])
    if (!brake) throw problem('not_found')
    const done: ScimBrakeUndone = { restored: [], failed: [], left: Math.max(0, all.length - AT_ONCE) }
    for (const one of all.slice(0, AT_ONCE)) {
      const told = shown(one)
      try {
        // oxlint-disable-next-line no-await-in-loop -- One after another: a refused one leaves the others as they are.
        const decisionId = await this.restore(caller, brake, one)
        done.restored.push({ ...told, decision_id: decisionId })
      } catch (error) {
        if (!(error instanceof Problem) || (error.code !== 'conflict' && error.status !== 403)) throw error
        // What the gate refuses for the first it refuses for all.
        if (error.status === 403 && done.restored.length === 0) throw error
        done.failed.push({ ...told, detail: error.details.detail ?? error.message })
      }
    }
    if (done.restored.length > 0) callers.forget()
    return done
  }

  private async restore(
    caller: Caller,
    { tenant_id, connection_id }: { tenant_id: string; connection_id: string },
    one: LetGo,
  ): Promise<string> {
    const { gate } = this.parts
    const resource = { kind: 'scim_user', id: one.principal_id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const permit = gate.requireAllow(await gate.decide('scim.undo', adminFacts(caller, resource), about))
    await gate.write(permit, async (tx) => {
      await holdBrake(tx, connection_id)
      if (!(await noteUndone(tx, one.id))) throw problem('conflict', { detail: 'Somebody brought them back already' })
      await bringBack(tx, one)
    })
    return permit.decisionId
  }
}

const bringBack = async (tx: GovernedTransaction, one: LetGo): Promise<void> => {
  const said = await restoreSaid(tx, one)
  if (!said)
    throw problem('conflict', {
      detail: `Somebody else is called ${one.before.said?.user_name} by now: give that one another userName first`,
    })
  if (!staysIn(one)) await restorePerson(tx, one)
  if (one.what === 'lost_roles') await restoreNames(tx, one.before.groups)
  // Whoever was turned off, and no more than that, stayed in their groups.
  if (staysIn(one) || said.wasGone) await restoreGroups(tx, one.principal_id, one.before.groups)
}

const shown = ({ principal_id, what, group_id, before }: LetGo): Omit<Undone, 'detail'> => ({
  person: principal_id,
  name: (before.said?.user_name ?? before.name).slice(0, 256),
  what,
  group: group_id === null ? null : (before.groups[0]?.display_name.slice(0, 256) ?? null),
})
