import { Injectable } from '@nestjs/common'
import type { OwnershipTransfer, OwnershipTransferred, Person } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { Callers } from './caller-resolver.service.js'
import { waysToAct } from './ownership.repository.js'
import { helpless, ownerGone, OWNERS_ALONE, withOwnership, withoutOwnership } from './ownership.rules.js'
import { findPerson, updateRoles } from './people.repository.js'
import { findTenant } from './organisations.repository.js'
import { roleGrant, scopesOf } from './scopes.rules.js'

/** Ownership of an organisation passes from one person to another. */
@Injectable()
export class Ownership {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /**
   * Makes somebody an owner in the caller's place, who stays as an administrator. Raises `not_found` for an organisation
   * that is out of sight, `request.invalid` for an heir who cannot be one, `conflict` where either was changed meanwhile,
   * and what the gate refuses.
   */
  async transfer(caller: Caller, tenantId: string, { to }: OwnershipTransfer): Promise<OwnershipTransferred> {
    const { tenant, giver, heir } = await this.database.read(scopeOf(caller), async (tx) => ({
      tenant: await findTenant(tx, tenantId),
      giver: caller.principalId === null ? undefined : await findPerson(tx, caller.principalId),
      heir: await findPerson(tx, to),
    }))
    if (!tenant || !giver) throw problem('not_found')
    if (!giver.roles.includes('owner') && caller.actor.roles.includes('owner'))
      throw problem('conflict', { detail: 'You are an owner by a group, which would keep you one: change the person' })
    const permit = await this.permit(caller, tenantId)
    const both = [requireHeir(heir, giver), giver] as const
    const [owner, former] = await this.gate
      .write(permit, async (tx) => {
        const changed = await updateRoles(tx, [
          { ...both[0], roles: withOwnership(both[0].roles) },
          { ...giver, roles: withoutOwnership(giver.roles) },
        ])
        const found = both.map(({ id }) => changed.find((person) => person.id === id))
        if (!found[0] || !found[1]) throw problem('conflict')
        return [found[0], found[1]] as const
      })
      .catch((error: unknown) => Promise.reject(ownerGone(error) as Error))
    this.callers.forget()
    return { owner, former, warnings: await this.warnings(owner) }
  }

  /** Of somebody who owns an organisation by name, and has nothing by which they could do so. */
  private async warnings({ id, tenant_id, name }: Person): Promise<string[]> {
    const ways = await this.database.inScope({ tenant: tenant_id }, (tx) =>
      waysToAct(tx, { id, tenant_id }, OWNERS_ALONE),
    )
    return Object.values(ways).some(Boolean) ? [] : [helpless(name, id)]
  }

  private async permit(caller: Caller, tenantId: string) {
    const given = scopesOf({ roles: ['owner'], custom_scopes: [] })
    const role_grant = roleGrant(caller, ['owner'], given)
    const resource = { kind: 'tenant', id: tenantId, tenant_id: tenantId, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId }
    return this.gate.requireAllow(
      await this.gate.decide('tenant.transfer', adminFacts(caller, resource, { role_grant }), about),
    )
  }
}

const requireHeir = (heir: Person | undefined, giver: Person): Person => {
  const detail =
    !heir || heir.tenant_id !== giver.tenant_id
      ? 'is nobody of this organisation'
      : heir.id === giver.id
        ? 'is you; name somebody else'
        : heir.kind !== 'user'
          ? 'is a service account; owners are people'
          : heir.disabled_at === null
            ? null
            : 'is disabled; let them in again first'
  if (!heir || detail !== null)
    throw problem('request.invalid', { errors: [{ pointer: '/to', detail: detail ?? 'is nobody' }] })
  return heir
}
