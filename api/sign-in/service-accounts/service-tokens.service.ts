import { randomUUIDv7 } from 'node:crypto'
import { Uuid } from '#contract/primitives.js'
import { SCOPE_IDS, type Scope } from '#contract/scopes.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { newApiKey } from '../../identity/api-key.rules.js'
import { CallerRepository, type PrincipalRow } from '../../identity/caller.repository.js'
import { knownCaller } from '../../identity/caller.rules.js'
import { scopesAnywhere, scopesBeyond, tokenScopes } from '../../identity/scopes.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import { tokenType } from '../oauth-answer.js'
import { OAuthRefusal } from '../oauth-refusal.js'
import type { ClientAuthentication, ClientProof } from './client-authentication.js'
import { insertServiceToken, type NewServiceToken } from './service-tokens.repository.js'
import type { SubjectTokens, Workload } from './workload/subject-tokens.js'

export interface ServiceTokensParts {
  readonly database: Database
  readonly gate: GateService
  readonly clients: ClientAuthentication
  readonly subjects: SubjectTokens
}
/** The key that the token is to be bound to: its thumbprint; null for none. */
interface Proven {
  readonly jkt: string | null
}
/** What is asked for: a proof, and scopes where fewer than the account's. */
export interface TokenAsked extends ClientProof, Proven {
  readonly scope?: string | undefined
}

/** What is exchanged, for which account, and scopes where fewer than the account's. */
export interface ExchangeAsked extends Proven {
  readonly client_id: string
  readonly subject_token: string
  readonly scope?: string | undefined
}
interface Wish {
  readonly account: PrincipalRow
  readonly scope: string | undefined
  readonly correlationId: string
  /** Of an exchange. */
  readonly workload?: Workload
}

/** Seconds that a token counts. */
const LASTS_S = 900

/** One answer for all that can be wrong before policy is asked, so that it tells nothing of which accounts there are. */
const unproven = (): OAuthRefusal =>
  new OAuthRefusal(
    'invalid_request',
    'The subject_token does not prove the account of client_id. Hold its issuer, audience and times against "gatehouse service-accounts identities list", and see that the issuer answers',
  )

/** Tokens of service accounts, by client credentials (RFC 6749, section 4.4) and for tokens of outside issuers (RFC 8693). */
export class ServiceTokens {
  constructor(private readonly parts: ServiceTokensParts) {}

  /** Raises `invalid_client`, `invalid_scope`, `unauthorized_client`, and where nothing can be decided, that problem. */
  async byCredentials({ scope, jkt, ...proof }: TokenAsked, correlationId: string) {
    const { clientId, credentialId } = await this.parts.clients.prove(proof)
    const account = await this.account(clientId)
    if (!account) throw new OAuthRefusal('invalid_client', 'The client is unknown, or did not prove itself')
    const scopes = await this.allowed({ account, scope, correlationId })
    return this.give(account, { credential_id: credentialId, scopes, jkt })
  }

  /** Raises `invalid_request`, `invalid_scope`, and where nothing can be decided, that problem. */
  async byExchange({ client_id, subject_token, scope, jkt }: ExchangeAsked, correlationId: string) {
    const id = Uuid.safeParse(client_id).data
    const account = id === undefined ? undefined : await this.account(id)
    const workload = account && (await this.parts.subjects.prove(account.id, subject_token))
    if (!workload) throw unproven()
    const scopes = await this.allowed({ account, scope, correlationId, workload })
    // Whatever policy says: without a federated identity there is nothing that the token could end with.
    if (workload.identity_id === null) throw unproven()
    const given = await this.give(account, { credential_id: workload.identity_id, scopes, jkt })
    return { ...given, issued_token_type: ACCESS_TOKEN_TYPE }
  }

  private account(id: string): Promise<PrincipalRow | undefined> {
    return new CallerRepository(this.parts.database).serviceAccount(id)
  }

  /** Keeps a token that ends with the secret, key or federated identity that it is given for. */
  private async give(
    { id: principal_id, tenant_id }: PrincipalRow,
    what: Pick<NewServiceToken, 'credential_id' | 'jkt'> & { readonly scopes: Scope[] },
  ) {
    const { secret, prefix, hash } = newApiKey('service_token')
    const row = { ...what, id: randomUUIDv7(), tenant_id, principal_id, prefix, hash }
    await insertServiceToken(this.parts.database.records, row, LASTS_S)
    const token_type = tokenType(what.jkt !== null)
    return { access_token: secret, token_type, expires_in: LASTS_S, scope: what.scopes.join(' ') }
  }

  /** The scopes of a token that policy lets the account have. */
  private async allowed({ account, scope, correlationId, workload }: Wish): Promise<Scope[]> {
    const held = scopesAnywhere(account).filter((each) => each !== 'approvals:vote')
    const asked = scope === undefined ? held : scopesIn(scope)
    const caller = { ...knownCaller(account, { scopes: tokenScopes(account), inWorkspaces: {} }, null), correlationId }
    const resource = { kind: 'service_account', id: account.id, tenant_id: account.tenant_id, publisher_id: null }
    const beyond = scopesBeyond(asked, held)
    const role_grant = { roles: [], scopes_beyond_actor: beyond }
    const facts = adminFacts(caller, resource, { role_grant, ...(workload && { workload }) })
    const about = { correlationId, tenantId: account.tenant_id }
    const action = workload ? 'service_token.exchange' : 'service_token.create'
    const outcome = await this.parts.gate.decide(action, facts, about)
    if (outcome.kind === 'deny') {
      // RFC 8693, section 2.2.2, has one word for a token that policy does not take.
      const refused = workload ? 'invalid_request' : 'unauthorized_client'
      const why = outcome.reasons.map(({ message }) => message).join('; ')
      const words = beyond.length > 0 ? `${why}: ${beyond.join(' ')}` : why
      throw new OAuthRefusal(beyond.length > 0 ? 'invalid_scope' : refused, words)
    }
    this.parts.gate.requireAllow(outcome)
    return asked
  }
}

/** How RFC 8693, section 3, calls what comes of an exchange. */
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** Raises `invalid_scope` for one that there is not. */
const scopesIn = (scope: string): Scope[] => {
  const asked = scope.split(' ').filter((word) => word !== '')
  const unknown = asked.find((word) => !SCOPE_IDS.includes(word as Scope))
  if (unknown !== undefined || asked.length === 0)
    throw new OAuthRefusal(
      'invalid_scope',
      unknown === undefined ? 'No scope is asked for' : `There is no scope ${unknown}`,
    )
  return SCOPE_IDS.filter((each) => asked.includes(each))
}
