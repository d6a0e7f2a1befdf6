import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import {
  USUAL_BRAKE,
  type ScimConnection,
  type ScimConnectionCreate,
  type ScimConnectionUpdate,
  type ScimSettings,
  type ScimSettingsChosen,
  type ScimConnectionDeleted,
} from '#contract/api/scim.js'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { NOTHING_GIVEN, weighedRules } from '../../documents/role-grant.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import { GateService } from '../../gate/gate.service.js'
import { Callers } from '../../identity/caller-resolver.service.js'
import { ownTenant } from '../../identity/identity-rows.rules.js'
import { insertPerson } from '../../identity/people.repository.js'
import { Pseudonyms } from '../../identity/pseudonyms.service.js'
import { Database } from '../../platform/database/database.service.js'
import { violatedConstraint } from '../../platform/database/unique-violation.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import {
  deleteConnection,
  findConnection,
  insertConnection,
  listConnections,
  updateConnection,
} from './connections.repository.js'

const nameTaken = (error: unknown): never => {
  if (violatedConstraint(error) !== 'scim_connection_tenant_id_name_key') throw error
  throw problem('already_exists', { errors: [{ pointer: '/name', detail: 'is the name of another connection' }] })
}

const USUAL_SETTINGS: ScimSettings = { existing: 'refuse', brake: USUAL_BRAKE }
/** What is not chosen stays as it was. */
const chosenOver = (before: ScimSettings, { existing, brake = {} }: ScimSettingsChosen = {}): ScimSettings => ({
  existing: existing ?? before.existing,
  brake: {
    percent: brake.percent ?? before.brake.percent,
    people: brake.people ?? before.brake.people,
    window_minutes: brake.window_minutes ?? before.brake.window_minutes,
  },
})

/** What a change of settings lets the connection do more than before: whoever leaves a thing as it is does nothing by that. */
const weighed = (next: ScimSettings, before: ScimSettings) => ({
  adopts: next.existing === 'adopt' && before.existing !== 'adopt',
  loosens_brake:
    next.brake.percent > before.brake.percent ||
    next.brake.people > before.brake.people ||
    next.brake.window_minutes < before.brake.window_minutes,
})

/** Connections by which identity providers keep people and groups in step. */
@Injectable()
export class ScimConnections {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
    private readonly pseudonyms: Pseudonyms,
  ) {}

  /** Connections of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.database.inScope(scopeOf(caller), (tx) => listConnections(tx, page, query.tenant_id ?? null)),
    )
  }

  /** One connection. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<ScimConnection> {
    const connection = await this.database.inScope(scopeOf(caller), (tx) => findConnection(tx, id))
    if (!connection) throw problem('not_found')
    return connection
  }

  /** Adds a connection with a service account of its own. Raises `already_exists`, and what the gate refuses. */
  async create(caller: Caller, { name, quirks, settings }: ScimConnectionCreate): Promise<ScimConnection> {
    const tenantId = ownTenant(caller)
    const [id, principalId] = [randomUUIDv7(), randomUUIDv7()]
    const chosen = chosenOver(USUAL_SETTINGS, settings)
    const permit = await this.permit(caller, { id, tenant_id: tenantId }, weighed(chosen, USUAL_SETTINGS))
    return this.gate
      .write(permit, async (tx) => {
        await insertPerson(tx, {
          ...{
            id: principalId,
            tenant_id: tenantId,
            publisher_id: null,
            kind: 'service_account',
            name: `SCIM: ${name}`.slice(0, 120),
          },
          ...{ email: null, roles: ['scim_client'], custom_roles: [], ...this.pseudonyms.of(principalId) },
          // It belongs to the organisation: whoever made it can go without it.
          maker: null,
        })
        const row = { id, tenant_id: tenantId, principal_id: principalId, name, quirks, settings: chosen }
        return insertConnection(tx, { ...row, made_by: caller.actor.id })
      })
      .catch(nameTaken)
  }

  /** Changes a connection: at once on this node, within a second on every other. Raises `not_found`, `conflict`, and what the gate refuses. */
  async update(caller: Caller, id: string, body: ScimConnectionUpdate): Promise<ScimConnection> {
    const before = await this.show(caller, id)
    const { name = before.name, quirks = before.quirks, enabled = before.enabled } = body
    const settings = chosenOver(before.settings, body.settings)
    const permit = await this.permit(caller, before, weighed(settings, before.settings), enabled && !before.enabled)
    const changed = await this.gate
      .write(permit, (tx) => updateConnection(tx, { id, version: body.version, name, quirks, settings, enabled }))
      .catch(nameTaken)
    if (!changed) throw problem('conflict')
    this.callers.forget()
    return changed
  }

  /**
   * Removes a connection that is off, with its tokens; its service account is disabled. Raises `not_found`, `wrong_state`
   * while it is on, and what the gate refuses.
   */
  async remove(caller: Caller, id: string): Promise<ScimConnectionDeleted> {
    const { name, tenant_id, enabled, settings } = await this.show(caller, id)
    const permit = await this.permit(caller, { id, tenant_id }, weighed(settings, settings))
    if (enabled)
      throw problem('wrong_state', {
        detail: 'The connection is on: turn it off first (gatehouse scim connections set CONNECTION --disable)',
      })
    const tokens = await this.gate.write(permit, (tx) => deleteConnection(tx, id))
    if (tokens === undefined) throw problem('conflict')
    this.callers.forget()
    return { id, name, tokens }
  }

  private async permit(
    caller: Caller,
    { id, tenant_id }: Pick<ScimConnection, 'id' | 'tenant_id'>,
    scim_connection: ReturnType<typeof weighed>,
    opens = false,
  ) {
    const resource = { kind: 'scim_connection', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    // Turned on, its tokens say again who is in which group. A new one has no token yet.
    const role_grant = opens
      ? await this.database.inScope(scopeOf(caller), (tx) => weighedRules(tx, caller, tenant_id))
      : NOTHING_GIVEN
    const facts = adminFacts(caller, resource, { scim_connection, role_grant })
    return this.gate.requireAllow(await this.gate.decide('scim.configure', facts, about))
  }
}
