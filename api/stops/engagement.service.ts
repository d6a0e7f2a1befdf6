import { randomUUIDv7 } from 'node:crypto'
import type { KillChanged, KillEngage } from '#contract/api/kills.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { GateService } from '../gate/gate.service.js'
import type { About } from '../gate/gate.types.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { inForce, isUnwritable, mayEngage, shownLocal, shownOrder } from './engagement.rules.js'
import type { JournalledOrder, KillJournal } from './kill-journal.js'
import type { Reached } from './reach.service.js'
import { killFacts, unresolved, type KillFacts, type StopTarget } from './stop-target.rules.js'
import { findTarget, insertOrder, type NewOrder, type OrderRow } from './stops.repository.js'

export interface EngagementParts {
  readonly database: Database
  readonly gate: GateService
  readonly state: KillState
  readonly journal: KillJournal
  readonly reached: Reached
}

/** Engages kill switches: at once in this process, then in the database, or where that cannot be written in the journal. */
export class Engagement {
  constructor(private readonly parts: EngagementParts) {}

  /**
   * Stops what the body names. Answers after one lease at most, with the nodes that have heard it.
   * Raises `request.invalid` for a target that the caller cannot see, and what the gate refuses.
   */
  async engage(caller: Caller, body: KillEngage): Promise<KillChanged> {
    const stop = await this.resolve(caller, body)
    const { state } = this.parts
    const engaged = state.snapshot().engaged.some(({ scope, target }) => scope === stop.scope && target === stop.target)
    const facts = killFacts(caller, stop, { engaged, engagedByActor: false, votes: [] })
    const listedBy = stop.tenantId ?? (caller.actor.platform ? PLATFORM_TENANT_ID : caller.tenantId)
    if (listedBy === null) throw problem('auth.required')
    const about = { correlationId: caller.correlationId, tenantId: listedBy }
    const named = { id: randomUUIDv7(), reason: body.reason, engagedBy: caller.actor.id, listedBy }
    const entry = { order: { ...stop, ...named }, facts, about, engagedAt: new Date().toISOString() }
    const row = await this.enter(entry)
    if (row) return { order: shownOrder(row), nodes: await this.parts.reached.by(BigInt(row.epoch)) }
    return { order: shownLocal(entry), nodes: this.parts.reached.locally() }
  }

  /** Puts the order in force here at once and into the database; null where only the journal could take it. */
  private async enter(entry: JournalledOrder): Promise<OrderRow | null> {
    const { gate, state, journal } = this.parts
    const { order, facts, about } = entry
    const may = mayEngage(gate.weigh('kill.engage', facts, about).outcome, facts)
    if (may) state.admit(inForce(order, null))
    const row = await this.write(order, facts, about).catch((error: unknown) => {
      state.withdraw(order.id)
      throw error
    })
    if (row !== null) return row
    if (!may) throw problem('ledger.unavailable')
    // Where even the journal fails, the order stays in force here until this process ends.
    await journal.keep(entry)
    return null
  }

  /** Decides, by the floor where policy is down, and writes. Null where that failed for the database's sake alone. */
  private async write(order: NewOrder, facts: KillFacts, about: About): Promise<OrderRow | null> {
    const { gate, state } = this.parts
    const outcome = await gate.floor(facts, about)
    if (outcome.kind === 'unavailable' && outcome.cause === 'ledger_unavailable') return null
    const permit = gate.requireAllow(outcome)
    try {
      const row = await gate.write(permit, (tx) => insertOrder(tx, order))
      state.admit(inForce(order, BigInt(row.epoch)))
      return row
    } catch (error) {
      if (isUnwritable(error)) return null
      throw error
    }
  }

  /** The target as the kill list names it. Where the database cannot be read, it is taken as it was named. */
  private async resolve(caller: Caller, { scope, target }: KillEngage): Promise<StopTarget> {
    let found: StopTarget | undefined
    try {
      found = await this.parts.database.inScope(scopeOf(caller), (tx) => findTarget(tx, scope, target))
    } catch (error) {
      if (isUnwritable(error)) return unresolved({ scope, target })
      throw error
    }
    if (found) return found
    throw problem('request.invalid', {
      errors: [{ pointer: '/target', detail: `names no ${scope} that you can see; list them to find its id` }],
    })
  }
}
