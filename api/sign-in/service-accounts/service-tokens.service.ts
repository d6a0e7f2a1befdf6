import { randomUUIDv7 } from 'node:crypto'
import { SCOPE_IDS, type Scope } from '#contract/scopes.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { newApiKey } from '../../identity/api-key.rules.js'
import { CallerRepository, type PrincipalRow } from '../../identity/caller.repository.js'
import { knownCaller } from '../../identity/caller.rules.js'
import { scopesBeyond, tokenScopes } from '../../identity/scopes.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import { OAuthRefusal } from '../oauth-refusal.js'
import type { ClientAuthentication, ClientProof } from './client-authentication.js'
import { insertServiceToken } from './service-tokens.repository.js'

export interface ServiceTokensParts {
  readonly database: Database
  readonly gate: GateService
  readonly clients: ClientAuthentication
}
/** What is asked for: a proof, and scopes where fewer than the account's. */
export interface TokenAsked extends ClientProof {
  readonly scope?: string | undefined
}

/** Seconds that a token counts. */
const LASTS_S = 900

/** Tokens of service accounts, by client credentials (RFC 6749, section 4.4). */
export class ServiceTokens {
  constructor(private readonly parts: ServiceTokensParts) {}

  /** Raises `invalid_client`, `invalid_scope`, `unauthorized_client`, and where nothing can be decided, that problem. */
  async byCredentials({ scope, ...proof }: TokenAsked, correlationId: string) {
    const { clientId, credentialId } = await this.parts.clients.prove(proof)
    const account = await new CallerRepository(this.parts.database).serviceAccount(clientId)
    if (!account) throw new OAuthRefusal('invalid_client', 'The client is unknown, or did not prove itself')
    const scopes = await this.allowed(account, scope, correlationId)
    const { secret, prefix, hash } = newApiKey('service_token')
    const { id: principal_id, tenant_id } = account
    const row = { id: randomUUIDv7(), tenant_id, principal_id, credential_id: credentialId, prefix, hash, scopes }
    await insertServiceToken(this.parts.database.records, row, LASTS_S)
    return { access_token: secret, token_type: 'Bearer', expires_in: LASTS_S, scope: scopes.join(' ') }
  }

  /** The scopes of a token that policy lets the account have. */
  private async allowed(account: PrincipalRow, scope: string | undefined, correlationId: string): Promise<Scope[]> {
    const held = tokenScopes(account)
    const asked = scope === undefined ? held : scopesIn(scope)
    const caller = { ...knownCaller(account, held, null), correlationId }
    const resource = { kind: 'service_account', id: account.id, tenant_id: account.tenant_id, publisher_id: null }
    const beyond = scopesBeyond(asked, held)
    const facts = adminFacts(caller, resource, { role_grant: { roles: [], scopes_beyond_actor: beyond } })
    const about = { correlationId, tenantId: account.tenant_id }
    const outcome = await this.parts.gate.decide('service_token.create', facts, about)
    if (outcome.kind === 'deny')
      throw new OAuthRefusal(
        beyond.length > 0 ? 'invalid_scope' : 'unauthorized_client',
        outcome.reasons.map(({ message }) => message).join('; '),
      )
    this.parts.gate.requireAllow(outcome)
    return asked
  }
}

/** Raises `invalid_scope` for one that there is not. */
const scopesIn = (scope: string): Scope[] => {
  const asked = scope.split(' ').filter((word) => word !== '')
  const unknown = asked.find((word) => !SCOPE_IDS.includes(word as Scope))
  if (unknown !== undefined || asked.length === 0)
    throw new OAuthRefusal('invalid_scope', unknown === undefined ? 'No scope is asked for' : 'There is no such scope')
  return SCOPE_IDS.filter((each) => asked.includes(each))
}
