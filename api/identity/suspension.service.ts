import { Injectable } from '@nestjs/common'
import type { Tenant, TenantResume, TenantSuspend } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { Callers } from './caller-resolver.service.js'
import { organisationFacts, organisationResource } from './lifecycle/organisation-facts.rules.js'
import { findTenant, suspendTenant } from './organisations.repository.js'

interface Change {
  readonly action: 'tenant.suspend' | 'tenant.resume'
  readonly id: string
  readonly version: number
  readonly because: string | null
}

/** Organisations that are suspended for a while: every gate refuses them, and nobody of theirs signs in. */
@Injectable()
export class Suspension {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Suspends an organisation; other nodes know within a second. Raises `not_found`, `conflict`, and what the gate refuses. */
  suspend(caller: Caller, id: string, { version, reason }: TenantSuspend): Promise<Tenant> {
    return this.change(caller, { action: 'tenant.suspend', id, version, because: reason })
  }

  /** Ends a suspension. Raises `not_found`, `conflict`, and what the gate refuses. */
  resume(caller: Caller, id: string, { version }: TenantResume): Promise<Tenant> {
    return this.change(caller, { action: 'tenant.resume', id, version, because: null })
  }

  private async change(caller: Caller, { action, id, version, because }: Change): Promise<Tenant> {
    const tenant = await this.database.read(scopeOf(caller), (tx) => findTenant(tx, id))
    if (!tenant) throw problem('not_found')
    const resource = organisationResource(id)
    const about = { correlationId: caller.correlationId, tenantId: id }
    const facts = adminFacts(caller, resource, { organisation: organisationFacts(tenant, Date.now()) })
    const permit = this.gate.requireAllow(await this.gate.decide(action, facts, about))
    const changed = await this.gate.write(permit, (tx) => suspendTenant(tx, { id, version, because }))
    if (!changed) throw problem('conflict')
    this.callers.forget()
    return changed
  }
}
