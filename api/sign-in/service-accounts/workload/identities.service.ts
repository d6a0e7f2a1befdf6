import { randomUUIDv7 } from 'node:crypto'
import type { ServiceAccount } from '#contract/api/service-accounts.js'
import type { FederatedIdentity, FederatedIdentityCreate } from '#contract/api/workload-identity.js'
import { problem } from '#contract/problems.js'
import type { GateService } from '../../../gate/gate.service.js'
import type { Callers } from '../../../identity/caller-resolver.service.js'
import { makerOf, requireFuture } from '../../../identity/identity-rows.rules.js'
import type { Database } from '../../../platform/database/database.service.js'
import { scopeOf } from '../../../platform/http/caller-scope.js'
import type { Caller } from '../../../platform/http/caller.js'
import { pageBy } from '../../../platform/http/page.js'
import type { RelyingParty } from '../../openid/relying-party.js'
import type { PublicUrl } from '../../../platform/http/public-url.js'
import { askOfAccount } from '../account-change.js'
import { findServiceAccount } from '../service-accounts.repository.js'
import { insertIdentity, listIdentities, revokeIdentity } from './identities.repository.js'

export interface FederatedIdentitiesParts {
  readonly database: Database
  readonly gate: GateService
  readonly callers: Pick<Callers, 'forget'>
  readonly relyingParty: Pick<RelyingParty, 'probe'>
  readonly publicUrl: PublicUrl
}

/** How many of an account count at once. */
const MOST = 20

/** Outside issuers whose tokens a service account trusts: which, for whom, and until when. */
export class FederatedIdentities {
  constructor(private readonly parts: FederatedIdentitiesParts) {}

  /** Raises `not_found`. */
  async list(caller: Caller, id: string, query: { limit: number; cursor?: string | undefined }) {
    await this.found(caller, id)
    return pageBy(query, (page) => this.parts.database.inScope(scopeOf(caller), (tx) => listIdentities(tx, page, id)))
  }

  /** Trusts an issuer that answers. Raises `not_found`, `request.invalid`, `conflict` where twenty count, and what the gate refuses. */
  async add(caller: Caller, id: string, body: FederatedIdentityCreate): Promise<FederatedIdentity> {
    const account = await this.found(caller, id)
    requireFuture(body.expires_at)
    const { gate, publicUrl } = this.parts
    const permit = gate.requireAllow(
      await askOfAccount(this.parts, { action: 'service_account.identity_add', caller, account }),
    )
    await this.answers(body.issuer)
    const { subject = null, expires_at = null, audience = publicUrl.origin() } = body
    const of = { id: randomUUIDv7(), tenant_id: account.tenant_id, principal_id: id, maker: makerOf(caller) }
    const row = { ...body, ...of, subject, expires_at, audience }
    const added = await gate.write(permit, (tx) => insertIdentity(tx, row, MOST))
    if (added) return added
    throw problem('too_many', { detail: `${MOST} count at once: remove one first` })
  }

  /** Trusts it no more: tokens that were given for it end at once here, within a second elsewhere. Raises `not_found`, and what the gate refuses. */
  async remove(caller: Caller, id: string, identityId: string): Promise<FederatedIdentity> {
    const account = await this.found(caller, id)
    const { gate, callers } = this.parts
    const permit = gate.requireAllow(
      await askOfAccount(this.parts, { action: 'service_account.identity_remove', caller, account }),
    )
    const removed = await gate.write(permit, (tx) => revokeIdentity(tx, { id: identityId, principalId: id }))
    if (!removed) throw problem('not_found')
    callers.forget()
    return removed
  }

  private async found(caller: Caller, id: string): Promise<ServiceAccount> {
    const account = await this.parts.database.inScope(scopeOf(caller), (tx) => findServiceAccount(tx, id))
    if (!account) throw problem('not_found')
    return account
  }

  /** Tokens are held against the issuer as text, so it must be spelled as it spells itself. */
  private async answers(issuer: string): Promise<void> {
    const { issuer: said, jwks_uri } = await this.parts.relyingParty.probe(issuer)
    const invalid = (detail: string) => problem('request.invalid', { errors: [{ pointer: '/issuer', detail }] })
    if (said !== issuer) throw invalid(`spells itself ${said}: write it so`)
    if (jwks_uri === undefined) throw invalid('publishes no keys (jwks_uri) to verify its tokens by')
  }
}
