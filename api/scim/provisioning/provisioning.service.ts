import type { Permit } from '#contract/decisions/outcome.js'
import type { ScimEffect } from '#contract/api/scim.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { Callers } from '../../identity/caller-resolver.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { violatedConstraint } from '../../platform/database/unique-violation.js'
import { sqlStateOf } from '../../platform/database/sql-state.js'
import { Problem } from '#contract/problems.js'
import { keepMapping } from '../mapping/mapped.js'
import { toldError } from '../http/scim-face.js'
import type { Asked, Change, HeldOffListener, ProvisioningGuard } from './change.js'
import { HeldOff } from './held-off.js'
import { AskAgain } from './ask-again.js'
import { logged, type NewLogEntry } from './log.repository.js'
import { Turns } from '#runtime/turns.js'

export interface ProvisioningParts {
  readonly database: Pick<Database, 'records'>
  readonly gate: GateService
  readonly callers: Pick<Callers, 'forget'>
  /** Told of a log entry that could not be kept. */
  readonly onFault: (error: unknown) => void
}

/** Raised to roll a preview back; carries what would have been answered. */
class RolledBack extends Error {
  constructor(
    readonly result: unknown,
    readonly change: Change,
  ) {
    super('a preview is rolled back')
  }
}

/** Writes of one connection at once on an instance: others write through the same few connections to the database. */
const AT_ONCE = 4
/** Behind so many who wait, the record of a decision may wait for the next ones: their turns take longer than it does. */
const LONG_LINE = 8
const [DEADLOCK, SERIALIZATION, FOREIGN_KEY] = ['40P01', '40001', '23503']
const RACED = new Set([
  'principal_tenant_id_email_key',
  'scim_user_tenant_id_user_name_key_key',
  'scim_user_tenant_id_external_id_key',
  'scim_group_tenant_id_external_id_key',
])
/** Two requests at once stood in each other's way: the second attempt finds what the other one made. */
const isRace = (error: unknown): boolean =>
  [DEADLOCK, SERIALIZATION, FOREIGN_KEY].includes(sqlStateOf(error) ?? '') || RACED.has(violatedConstraint(error) ?? '')

/** What takes something from somebody, or gives them more by their groups. */
const CHANGES_CALLERS: readonly ScimEffect['kind'][] = [
  ...(['user.deactivated', 'user.deleted', 'service_account.disabled'] as const),
  ...(['member.added', 'member.removed', 'group.changed', 'group.deleted'] as const),
]

/**
 * The one way in which an identity provider changes anything: decided, done in one transaction with the guards' consent, and
 * logged with it. What is refused is logged as well, and what comes with a preview token is rolled back.
 */
export class Provisioning {
  private readonly guards: ProvisioningGuard[] = []
  private readonly listeners: HeldOffListener[] = []
  private readonly looked = new WeakMap<Change, number>()
  private readonly turns = new Turns(AT_ONCE)

  constructor(private readonly parts: ProvisioningParts) {}

  /** Has every change looked at before it is committed. */
  guardBy(guard: ProvisioningGuard): void {
    this.guards.push(guard)
  }

  /** Tells of whatever a guard held off, once all of it is undone. */
  onHeldOff(listener: HeldOffListener): void {
    this.listeners.push(listener)
  }

  /** Has the guards look at what was changed since they last did. Raises what they raise. */
  async look(change: Change): Promise<void> {
    const begin = this.looked.get(change) ?? 0
    const effects = change.effects.slice(begin)
    if (effects.length === 0) return
    const seen = effects.length
    for (const guard of this.guards) await guard({ ...change, effects })
    change.effects.push(...effects.slice(seen))
    this.looked.set(change, change.effects.length)
  }

  /**
   * Carries a request out. Raises ScimError and problems; then nothing was changed.
   * @param prepare reads what was sent, before anything is decided; gives what is done
   */
  async run<T>(asked: Asked, prepare: () => (change: Change) => Promise<T>): Promise<T> {
    const scribe: Scribe = { asked, begun: performance.now(), decisionId: null }
    try {
      const work = prepare()
      return await this.attempt(scribe, work).catch((error: unknown) => {
        if (error instanceof AskAgain) return this.askAgain(scribe, work, error)
        if (!isRace(error)) throw error
        return this.attempt(scribe, work)
      })
    } catch (error) {
      const { status, scimType = null, detail } = toldError(error)
      await this.logApart([entryOf(scribe, { status, scim_type: scimType, detail })])
      await this.tellHeldOff(scribe.asked, [error])
      throw error
    }
  }

  /** What the organisation does not allow stays refused in the words of what was asked for first. */
  private askAgain<T>(scribe: Scribe, work: (change: Change) => Promise<T>, again: AskAgain): Promise<T> {
    const asked = { ...scribe.asked, operation: again.operation }
    return this.attempt(Object.assign(scribe, { asked }), work).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'policy.denied' ? again : error
    })
  }

  /** Decisions are recorded many at once, so that it is for the write alone that requests of a connection wait in line. */
  private async attempt<T>(scribe: Scribe, work: (change: Change) => Promise<T>): Promise<T> {
    const { asked } = scribe
    const permit = await this.permit(asked)
    scribe.decisionId = permit.decisionId
    return this.turns.run(asked.caller.scim.connectionId, () => this.write(scribe, permit, work))
  }

  private async write<T>(scribe: Scribe, permit: Permit, work: (change: Change) => Promise<T>): Promise<T> {
    const { asked } = scribe
    try {
      const { result, effects, refused } = await this.parts.gate.write(permit, async (tx) => {
        // Before any row is held, so that nobody who has this waits for whoever writes another mapping, nor they for them.
        if (asked.resource !== 'Group') keepMapping(tx, asked.caller)
        const change: Change = { tx, caller: asked.caller, asked, effects: [], refused: [] }
        const result = await work(change)
        await this.look(change)
        if (asked.caller.scim.preview) throw new RolledBack(result, change)
        tx.lastly(logged(entriesOf(scribe, change)))
        return { result, effects: change.effects, refused: change.refused }
      })
      // What they could do before is forgotten here at once; other instances are told by PostgreSQL.
      if (effects.some(({ kind }) => CHANGES_CALLERS.includes(kind))) this.parts.callers.forget()
      await this.tellHeldOff(
        asked,
        refused.map(({ error }) => error),
      )
      return result
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
      await this.logApart(entriesOf(scribe, error.change))
      return error.result as T
    }
  }

  /** The provider has its answer whether or not this can be kept: what it sends again tells of it again. */
  private async tellHeldOff(asked: Asked, errors: readonly unknown[]): Promise<void> {
    const held = errors.filter((error) => error instanceof HeldOff)
    if (held.length === 0 || asked.caller.scim.preview) return
    for (const listener of this.listeners) await listener(asked, held).catch(this.parts.onFault)
  }

  private async permit(asked: Asked): Promise<Permit> {
    const { caller, resource, resourceId } = asked
    const named = { kind: `scim_${resource.toLowerCase()}`, id: resourceId ?? caller.scim.connectionId }
    const about = { correlationId: caller.correlationId, tenantId: caller.tenantId }
    const scim = scimFacts(asked)
    const facts = adminFacts(caller, { ...named, tenant_id: caller.tenantId, publisher_id: null }, { scim })
    const patient = this.turns.waiting(caller.scim.connectionId) >= LONG_LINE
    return this.parts.gate.requireAllow(await this.parts.gate.decide('scim.provision', facts, about, { patient }))
  }

  private async logApart(entries: NewLogEntry[]): Promise<void> {
    await this.parts.database.records.query(logged(entries)).catch(this.parts.onFault)
  }
}

/** What decisions know of a request. */
export const scimFacts = ({ caller, operation, resource, count }: Asked) => {
  const { connectionId: connection_id, mayAdopt: may_adopt, preview } = caller.scim
  return { connection_id, operation, resource, count, preview, may_adopt }
}

interface Scribe {
  asked: Asked
  readonly begun: number
  decisionId: string | null
}

type Ending = Pick<NewLogEntry, 'status'> &
  Partial<Pick<NewLogEntry, 'scim_type' | 'detail' | 'effects' | 'resource_id'>>

const entryOf = ({ asked, begun, decisionId }: Scribe, ending: Ending): NewLogEntry => {
  const { caller, method, path, resource, resourceId } = asked
  return {
    ...{ tenant_id: caller.tenantId, connection_id: caller.scim.connectionId, token_id: caller.scim.tokenId },
    ...{ method, path: path.slice(0, 2000), resource_type: resource, resource_id: resourceId },
    ...{ scim_type: null, detail: null, effects: [], would: caller.scim.preview },
    ...{ duration_ms: Math.round(performance.now() - begun), decision_id: decisionId },
    correlation_id: caller.correlationId,
    ...ending,
  }
}

/** What was done, and each operation of a Bulk request that was not. */
const entriesOf = (scribe: Scribe, { effects, refused }: Change): NewLogEntry[] => {
  const made = effects.length === 1 ? effects[0]!.resource.id : scribe.asked.resourceId
  return [
    entryOf(scribe, { status: scribe.asked.status, effects, resource_id: made }),
    ...refused.map(({ method, path, error }) => {
      const { status, scimType = null, detail } = toldError(error)
      return { ...entryOf(scribe, { status, scim_type: scimType, detail }), method, path: path.slice(0, 2000) }
    }),
  ]
}
