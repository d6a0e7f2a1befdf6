import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { Logger } from '@nestjs/common'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import type { Domain, DomainClaim } from '#contract/api/sign-in.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import { systemCaller } from '../gate/system-actor.js'
import { ownTenant } from '../identity/identity-rows.rules.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import { deleteDomain, dueDomains, findDomain, insertDomain, listDomains, markDomain } from './domains.repository.js'
import { holdsRecord } from './domains.rules.js'
import { findProvider } from './providers.repository.js'

/** Looks TXT records up; null where the name servers gave no answer, which proves nothing either way. */
export type TxtLookUp = (name: string) => Promise<readonly (readonly string[])[] | null>

export interface DomainsParts {
  readonly database: Database
  readonly gate: GateService
  readonly lookUp: TxtLookUp
}

const CHALLENGE_BYTES = 24
const RECHECK_HOURS = 24
const RECHECKED_AT_ONCE = 20
type DomainAction = 'domain.claim' | 'domain.verify' | 'domain.release' | 'domain.lapse'

const TAKEN: Record<string, string> = {
  verified_domain_proven: 'was proven by another organisation',
  verified_domain_tenant_id_domain_key: 'is claimed already',
}
const nameTaken = (error: unknown): unknown => {
  const detail = TAKEN[violatedConstraint(error) ?? '']
  return detail ? problem('already_exists', { errors: [{ pointer: '/domain', detail }] }) : error
}

/** Domains of organisations: claimed by many, proven by one, and looked up again. */
export class Domains {
  private readonly logger = new Logger('sign-in')

  constructor(private readonly parts: DomainsParts) {}

  /** Domains of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.parts.database.inScope(scopeOf(caller), (tx) => listDomains(tx, page, query.tenant_id ?? null)),
    )
  }

  /** Claims a domain; its record says how to prove it. Raises `already_exists`, `request.invalid`, and what the gate refuses. */
  async claim(caller: Caller, { domain, provider_id }: DomainClaim): Promise<Domain> {
    const tenantId = ownTenant(caller)
    if (provider_id !== undefined) await this.requireOwnProvider(tenantId, provider_id)
    const id = randomUUIDv7()
    const permit = this.parts.gate.requireAllow(await this.ask('domain.claim', caller, { id, tenant_id: tenantId }))
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url')
    return this.parts.gate
      .write(permit, (tx) => insertDomain(tx, { id, domain, provider_id: provider_id ?? null, challenge }))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Looks the record up now. Raises `not_found`, `already_exists` where another organisation was faster, and what the gate refuses. */
  async verify(caller: Caller, id: string): Promise<Domain> {
    const domain = await this.domain(caller, id)
    const proven = (await this.isProven(domain)) === true
    const permit = this.parts.gate.requireAllow(await this.ask('domain.verify', caller, domain, proven))
    const marked = await this.parts.gate
      .write(permit, (tx) => markDomain(tx, domain, true))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
    if (!marked) throw problem('conflict')
    return marked
  }

  /** Lets a domain go. Raises `not_found`, and what the gate refuses. */
  async release(caller: Caller, id: string): Promise<Domain> {
    const domain = await this.domain(caller, id)
    const permit = this.parts.gate.requireAllow(await this.ask('domain.release', caller, domain))
    if (!(await this.parts.gate.write(permit, (tx) => deleteDomain(tx, id)))) throw problem('not_found')
    return domain
  }

  /** Looks proven domains up again. One whose record is gone lapses; name servers that do not answer change nothing. Never rejects. */
  async recheck(correlationId: string): Promise<void> {
    try {
      const due = await this.parts.database.inScope({ platform: true }, (tx) =>
        dueDomains(tx, RECHECK_HOURS, RECHECKED_AT_ONCE),
      )
      for (const domain of due) await this.recheckOne(domain, correlationId)
    } catch (error) {
      this.logger.warn({ error }, 'domains could not be looked up again; it is tried later')
    }
  }

  private async recheckOne(domain: Domain, correlationId: string): Promise<void> {
    const proven = await this.isProven(domain)
    if (proven !== false) return
    const { gate } = this.parts
    const permit = gate.requireAllow(await this.ask('domain.lapse', systemCaller(correlationId), domain, proven))
    await gate.write(permit, (tx) => markDomain(tx, domain, false))
    this.logger.warn({ domain: domain.domain }, 'the record of a domain is gone: it proves nobody any more')
  }

  private async isProven({ record }: Domain): Promise<boolean | null> {
    const records = await this.parts.lookUp(record.name)
    return records && holdsRecord(records, record.value)
  }

  private async domain(caller: Caller, id: string): Promise<Domain> {
    const domain = await this.parts.database.inScope(scopeOf(caller), (tx) => findDomain(tx, id))
    if (!domain) throw problem('not_found')
    return domain
  }

  private async requireOwnProvider(tenantId: string, id: string): Promise<void> {
    const provider = await this.parts.database.inScope({ tenant: tenantId }, (tx) => findProvider(tx, id))
    if (!provider)
      throw problem('request.invalid', {
        errors: [{ pointer: '/provider_id', detail: 'must be a provider of your organisation' }],
      })
  }

  private ask(
    action: DomainAction,
    caller: Caller,
    { id, tenant_id }: Pick<Domain, 'id' | 'tenant_id'>,
    proven?: boolean,
  ) {
    const resource = { kind: 'domain', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const domain = proven === undefined ? {} : { domain: { proven } }
    return this.parts.gate.decide(action, adminFacts(caller, resource, domain), about)
  }
}
