import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { Tenant, TenantCreate, TenantCreated, TenantUpdate, Whoami } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { DEFAULT_WORKSPACE, PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { readRolesByGroups } from '../documents/group-roles.repository.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { Callers } from './caller-resolver.service.js'
import { chosenSettings, makerOf, nameTaken, ownTenant, type Maker } from './identity-rows.rules.js'
import { findKey } from './keys.repository.js'
import { sessionEnd } from './session-end.repository.js'
import { findTenant, insertTenant, listTenants, updateTenant } from './organisations.repository.js'
import { findPerson, insertPerson } from './people.repository.js'
import { Pseudonyms } from './pseudonyms.service.js'
import { insertWorkspace, rolesInWorkspaces } from './workspaces/workspaces.repository.js'

/** Organisations, and who the caller is in one. */
@Injectable()
export class Organisations {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly pseudonyms: Pseudonyms,
    private readonly callers: Callers,
  ) {}

  /** The caller's person, organisation and key. */
  async whoami(caller: Caller): Promise<Whoami> {
    const { principalId, keyId, session } = caller
    const tenantId = ownTenant(caller)
    if (principalId === null) throw problem('auth.required')
    const [person, tenant, key, ends] = await this.database.read({ tenant: tenantId }, async (tx) => [
      await findPerson(tx, principalId),
      await findTenant(tx, tenantId),
      keyId === null ? undefined : await findKey(tx, keyId),
      session ? await sessionEnd(tx, session.id) : undefined,
    ])
    if (!person || !tenant || (keyId !== null && !key) || (session && ends === undefined)) throw problem('auth.invalid')
    const [byGroups, in_workspaces] = await this.database.inScope(
      { tenant: tenantId },
      async (tx) => [await readRolesByGroups(tx, principalId), await rolesInWorkspaces(tx, principalId)] as const,
    )
    const { id, name, kind, pseudonym, publisher_id, custom_roles } = person
    return {
      id,
      name,
      kind,
      pseudonym,
      publisher_id,
      roles: [...caller.actor.roles],
      custom_roles: [...new Set([...custom_roles, ...byGroups.custom_roles])],
      tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
      scopes: caller.actor.scopes,
      in_workspaces,
      key: key ? { id: key.id, name: key.name, prefix: key.prefix, expires_at: key.expires_at } : null,
      session: session && ends ? { ...session, expires_at: ends } : null,
    }
  }

  /** Organisations that the caller can see. */
  async list(caller: Caller, query: { limit: number; cursor?: string | undefined }) {
    const page = idPage(query)
    const rows = await this.database.read(scopeOf(caller), (tx) => listTenants(tx, page))
    return pageOfIds(rows, query.limit)
  }

  /** Creates an organisation with its default workspace and first owner. Raises `already_exists`, and what the gate refuses. */
  async create(caller: Caller, body: TenantCreate): Promise<TenantCreated> {
    const id = randomUUIDv7()
    // An organisation that does not exist yet is the platform's matter.
    const resource = { kind: 'tenant', id, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    const permit = this.gate.requireAllow(await this.gate.decide('tenant.create', adminFacts(caller, resource), about))
    return this.gate
      .write(permit, (tx) => this.insert(tx, { ...body, id, maker: makerOf(caller) }))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Changes name or settings. Raises `not_found`, `conflict`, and what the gate refuses. */
  async update(caller: Caller, id: string, { version, name, settings }: TenantUpdate): Promise<Tenant> {
    const tenant = await this.database.read(scopeOf(caller), (tx) => findTenant(tx, id))
    if (!tenant) throw problem('not_found')
    const resource = { kind: 'tenant', id, tenant_id: id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: id }
    const chosen = chosenSettings({ ...tenant.settings, ...settings })
    const opens_local_accounts = chosen.sign_in === 'local_allowed' && tenant.settings.sign_in !== 'local_allowed'
    const facts = adminFacts(caller, resource, { sign_in_setting: { opens_local_accounts } })
    const permit = this.gate.requireAllow(await this.gate.decide('tenant.update', facts, about))
    const changes = { id, version, name: name ?? tenant.name, settings: chosen }
    const changed = await this.gate.write(permit, (tx) => updateTenant(tx, changes))
    if (!changed) throw problem('conflict')
    // Where passwords are refused from now on, sessions by them end.
    this.callers.forget()
    return changed
  }

  private async insert(
    tx: GovernedTransaction,
    { id, slug, name, owner, maker }: TenantCreate & { id: string; maker: Maker },
  ): Promise<TenantCreated> {
    const ownerId = randomUUIDv7()
    return {
      tenant: await insertTenant(tx, { id, slug, name }),
      workspace: await insertWorkspace(tx, {
        id: randomUUIDv7(),
        tenant_id: id,
        slug: DEFAULT_WORKSPACE,
        name: 'Default',
      }),
      owner: await insertPerson(tx, {
        id: ownerId,
        tenant_id: id,
        publisher_id: null,
        kind: 'user',
        name: owner.name,
        email: owner.email,
        roles: ['owner'],
        custom_roles: [],
        ...this.pseudonyms.of(ownerId),
        maker,
      }),
    }
  }
}
