import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { Key, KeyCreate, KeyCreated, Person, TenantScopedQuery } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import { newApiKey } from './api-key.rules.js'
import { Callers } from './caller-resolver.service.js'
import { heldRoles } from './held-roles.js'
import { makerOf, requireFuture } from './identity-rows.rules.js'
import { findKey, insertKey, listKeys, revokeKey } from './keys.repository.js'
import { findPerson } from './people.repository.js'
import { roleGrant, scopesAnywhere, scopesOf, type AllRoles } from './scopes.rules.js'
import { rolesInWorkspaces } from './workspaces/workspaces.repository.js'

/** API keys of people and service accounts. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Keys of the caller's organisation; platform operators see all or the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.database.read(scopeOf(caller), (tx) => listKeys(tx, page, query.tenant_id ?? null)),
    )
  }

  /** Makes a key with at most the owner's and the maker's scopes. Raises `request.invalid`, and what the gate refuses. */
  async create(caller: Caller, body: KeyCreate): Promise<KeyCreated> {
    const owner = await this.owner(caller, body.principal_id)
    requireFuture(body.expires_at)
    const held = await heldRoles({ database: this.database, scope: scopeOf(caller) }, owner)
    const may = scopesAnywhere({ ...held, in_workspaces: await this.inWorkspaces(caller, owner.id) })
    const scopes = may.filter((scope) => body.scopes?.includes(scope) ?? true)
    const id = randomUUIDv7()
    const resource = { kind: 'api_key', id, tenant_id: owner.tenant_id, publisher_id: owner.publisher_id }
    const role_grant = roleGrant(caller, [], scopes)
    const about = { correlationId: caller.correlationId, tenantId: owner.tenant_id }
    const facts = adminFacts(caller, resource, { role_grant })
    const permit = this.gate.requireAllow(await this.gate.decide('key.create', facts, about))
    const { secret, prefix, hash } = newApiKey()
    const key = await this.gate.write(permit, (tx) =>
      insertKey(tx, {
        id,
        tenant_id: owner.tenant_id,
        principal_id: owner.id,
        name: body.name,
        prefix,
        hash,
        scopes,
        expires_at: body.expires_at ?? null,
        issuer: makerOf(caller),
      }),
    )
    return { ...key, secret }
  }

  /** Revokes a key: at once on this node, within a second on every other. Raises `not_found`, and what the gate refuses. */
  async revoke(caller: Caller, id: string): Promise<Key> {
    const [key, owner] = await this.database.read(scopeOf(caller), async (tx) => {
      const found = await findKey(tx, id)
      return [found, found && (await findPerson(tx, found.principal_id))] as const
    })
    if (!key || !owner || key.revoked_at !== null) throw problem('not_found')
    const resource = { kind: 'api_key', id, tenant_id: key.tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: key.tenant_id }
    const facts = adminFacts(caller, resource, { role_grant: await this.lockedOut(caller, owner) })
    const permit = this.gate.requireAllow(await this.gate.decide('key.revoke', facts, about))
    const revoked = await this.gate.write(permit, (tx) => revokeKey(tx, id))
    if (!revoked) throw problem('conflict')
    this.callers.forget()
    return revoked
  }

  private async owner(caller: Caller, principalId = caller.principalId) {
    if (principalId === null) throw problem('auth.required')
    const owner = await this.database.read(scopeOf(caller), (tx) => findPerson(tx, principalId))
    if (owner && owner.disabled_at === null) return owner
    throw problem('request.invalid', {
      errors: [{ pointer: '/principal_id', detail: 'must name an active person of your organisation' }],
    })
  }

  private async inWorkspaces(caller: Caller, id: string): Promise<AllRoles['in_workspaces']> {
    const held = await this.database.inScope(scopeOf(caller), (tx) => rolesInWorkspaces(tx, id))
    return Object.fromEntries(held.map(({ workspace, roles }) => [workspace.id, roles]))
  }

  /** Revoking another's key is weighed like granting what its owner may do, so that nobody locks out those who may do more. */
  private async lockedOut(caller: Caller, owner: Person) {
    if (owner.id === caller.principalId) return null
    const scopes = scopesOf(await heldRoles({ database: this.database, scope: scopeOf(caller) }, owner, 'all'))
    return roleGrant(caller, owner.roles, scopes)
  }
}
