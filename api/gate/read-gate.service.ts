import { actionEntry, type Action } from '#contract/actions.js'
import type { Caller } from '../platform/http/caller.js'
import type { ReadGate } from '../platform/http/ports.js'
import { actorIn } from './actor-in.rules.js'
import { adminFacts } from './admin-facts.rules.js'
import type { GateService } from './gate.service.js'
import type { GateOf } from './gate.types.js'

/** Actions that the admin gate decides: reads are among them. */
type AdminAction = { [A in Action]: GateOf<A> extends 'admin' ? A : never }[Action]

const isAdminAction = (action: Action): action is AdminAction => actionEntry(action).gate === 'admin'

/** Decides reads before any handler sees them. Refusals go on record, and each read of what is marked `recorded`. */
export class ReadGateService implements ReadGate {
  constructor(private readonly gate: GateService) {}

  /**
   * Throws the problem of a refusal.
   * @param target path that is read; a query string is cut off, since it can hold anything
   * @param workspaceId where only what lies in that workspace is read: then roles in it count
   */
  async check(action: Action, caller: Caller, target: string, workspaceId?: string): Promise<void> {
    if (!isAdminAction(action)) throw new TypeError(`${action} is no read`)
    const [path = ''] = target.split('?', 1)
    const kind = action.slice(0, action.indexOf('.'))
    const { publisher_id } = caller.actor
    const where = workspaceId !== undefined && { workspace_id: workspaceId }
    const resource = { kind, id: path.slice(0, 200), tenant_id: caller.tenantId, publisher_id, ...where }
    const facts = adminFacts(actorIn(caller, workspaceId ?? null), resource)
    const about = { correlationId: caller.correlationId, ...(workspaceId !== undefined && { workspaceId }) }
    await this.gate.pending(facts, about)
    const weighed = this.gate.weigh(action, facts, about)
    const isKept = weighed.outcome.kind !== 'allow' || actionEntry(action).read === 'recorded'
    this.gate.requireAllow(isKept ? await this.gate.record(weighed) : weighed.outcome)
  }
}
