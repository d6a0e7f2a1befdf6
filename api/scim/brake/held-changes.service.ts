import { randomUUIDv7 } from 'node:crypto'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Approvals } from '../../approvals/approvals.service.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Asked } from '../provisioning/change.js'
import type { HeldOff } from '../provisioning/held-off.js'
import { scimFacts } from '../provisioning/provisioning.service.js'
import { Braked } from './brake.guard.js'
import { brakeRequest } from './brake-subject.rules.js'
import {
  findChanges,
  findUnlisted,
  findWaiting,
  growBrake,
  insertBrake,
  insertChanges,
  type NewChange,
  type Waiting,
} from './brakes.repository.js'
import { emptyList, extendedList } from './list-digest.rules.js'
import { findConnection } from '../connections/connections.repository.js'
import { holdBrake } from './pace.repository.js'

export interface HeldChangesParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly approvals: Pick<Approvals, 'openIn' | 'amend'>
}

/** What was held off of one request, each change with the decision that did. */
interface Listing {
  readonly asked: Asked
  readonly first: Braked
  readonly changes: readonly NewChange[]
}

/** Lists what a brake held off, so that people can look at it: one approval for all of it, until somebody votes. */
export class HeldChanges {
  constructor(private readonly parts: HeldChangesParts) {}

  /**
   * Puts what was held off on the list that waits for people, or begins one, along with its approval: both or neither.
   * What waits there already is not listed twice.
   */
  async list(asked: Asked, held: readonly HeldOff[]): Promise<void> {
    const { database, gate } = this.parts
    const braked = held.filter((each) => each instanceof Braked)
    const [first] = braked
    if (!first) return
    const { tenantId, correlationId } = asked.caller
    const { connectionId } = asked.caller.scim
    const listing: Listing = { asked, first, changes: changesOf(asked, braked) }
    const fresh = await database.inScope({ tenant: tenantId }, async (tx) =>
      this.unlisted(tx, await findWaiting(tx, connectionId), listing.changes),
    )
    if (fresh.length === 0) return
    const resource = { kind: 'scim_connection', id: connectionId, tenant_id: tenantId, publisher_id: null }
    const facts = adminFacts(asked.caller, resource, { scim: scimFacts(asked), scim_brake: first.pace.facts })
    const permit = gate.requireAllow(await gate.decide('scim.hold_off', facts, { correlationId, tenantId }))
    await gate.write(permit, (tx) => this.write(tx, listing))
  }

  private async write(tx: GovernedTransaction, listing: Listing): Promise<void> {
    const { connectionId } = listing.asked.caller.scim
    await holdBrake(tx, connectionId)
    const waiting = await findWaiting(tx, connectionId)
    const changes = await this.unlisted(tx, waiting, listing.changes)
    if (changes.length === 0) return
    const [newest] = waiting
    if (newest?.unvoted && (await this.extend(tx, newest, changes))) return
    await this.begin(tx, listing, changes)
  }

  private async extend(tx: GovernedTransaction, brake: Waiting, changes: readonly NewChange[]): Promise<boolean> {
    const grown = {
      ...brake,
      count: brake.count + changes.length,
      digest: extendedList(brake.digest, changes),
    }
    const listed = await findChanges(tx, brake.id)
    const request = brakeRequest(grown, [...listed, ...changes.map(shownChange)])
    // Whoever votes at this moment votes on what they were shown: the rest is for another approval.
    if (!(await this.parts.approvals.amend(tx, brake.approval_id, request))) return false
    await insertChanges(tx, { brakeId: brake.id, count: brake.count, digest: brake.digest }, changes)
    await growBrake(tx, grown)
    return true
  }

  private async begin(
    tx: GovernedTransaction,
    { asked, first }: Listing,
    changes: readonly NewChange[],
  ): Promise<void> {
    const { connectionId } = asked.caller.scim
    const id = randomUUIDv7()
    const { people, let_go, percent } = first.pace.facts
    const brake = {
      ...{ id, people, let_go, percent, window_s: first.pace.windowMinutes * 60 },
      because: first.hold.reasons.map((reason) => reason.id),
      ...{ count: changes.length, digest: extendedList(emptyList(id), changes) },
      connection: (await findConnection(tx, connectionId))!.name,
    }
    const opened = await this.parts.approvals.openIn(tx, {
      ...{ action: 'scim.let_go', demand: first.hold.demand },
      request: { ...brakeRequest(brake, changes.map(shownChange)), openedBy: asked.caller.actor.id },
    })
    await insertBrake(tx, { ...brake, connection_id: connectionId, approval_id: opened.id })
    await insertChanges(tx, { brakeId: id, count: 0, digest: emptyList(id) }, changes)
  }

  private async unlisted(
    tx: Parameters<typeof findUnlisted>[0],
    waiting: readonly Waiting[],
    changes: readonly NewChange[],
  ): Promise<NewChange[]> {
    const places = await findUnlisted(
      tx,
      waiting.map(({ id }) => id),
      changes,
    )
    return places.map((place) => changes[place]!)
  }
}

const shownChange = ({ principal_id, name, what, group_name }: NewChange) => ({
  ...{ person: principal_id, name, what, group: group_name },
})

/** Each change once, however many operations of a Bulk request asked for it. */
const changesOf = ({ method, path }: Asked, braked: readonly Braked[]): NewChange[] => {
  const changes = new Map<string, NewChange>()
  for (const { losses, hold } of braked)
    for (const { person, name, what, group } of losses) {
      const key = [person, what, group?.id].join(' ')
      if (changes.has(key)) continue
      changes.set(key, {
        ...{ principal_id: person, name, what, group_id: group?.id ?? null, group_name: group?.name ?? null },
        ...{ method, path: path.slice(0, 2000), held: hold.decisionId },
      })
    }
  return [...changes.values()]
}
