import { randomBytes } from 'node:crypto'
import type { CallbackQuery, LoginQuery } from '#contract/api/sign-in.js'
import { problem } from '#contract/problems.js'
import { hashKey, matchesHash } from '../identity/api-key.rules.js'
import type { Attempts } from '../platform/attempts/attempts.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import type { Accounts, Vouched } from './accounts.service.js'
import { insertAttempt, takeAttempt, type Attempt } from './attempts.repository.js'
import { domainOf } from './domains.rules.js'
import type { Door } from './local-accounts/door.js'
import type { Leave, RelyingParty } from './openid/relying-party.js'
import { hasSecondFactor } from './openid/second-factor.rules.js'
import { findProvider, providerOfDomain, providersOfTenant, type KnownProvider } from './providers.repository.js'
import type { Providers } from './providers.service.js'
import type { PublicUrl } from '../platform/http/public-url.js'
import { localPath } from './return-to.rules.js'
import { findSession, type Authentication } from './sessions.repository.js'
import type { BegunSession, Sessions } from './sessions.service.js'
import type { ServiceProvider } from './saml/service-provider.js'
import { takeOnce } from '../identity/taken-once.repository.js'

export interface SignInParts {
  readonly database: Database
  readonly providers: Pick<Providers, 'secretOf'>
  readonly relyingParty: RelyingParty
  readonly serviceProvider: ServiceProvider
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly publicUrl: PublicUrl
  readonly attempts: Attempts
  readonly door: Pick<Door, 'wayIn'>
}

/** Where to send a browser, and what ties it to the way back; null where it stays here. */
export interface Departure {
  readonly url: string
  readonly browser: string | null
  /** Whether the way back is a form of the provider's, with which a cookie must come too. */
  readonly byForm: boolean
}

interface Returned {
  readonly providerId: string
  /** Of the cookie that it was sent away with. */
  readonly browser: string | undefined
  readonly label: string
  readonly caller: Caller
}

/** What a browser comes back with from an OpenID provider. */
export interface Arrival extends Returned {
  readonly query: CallbackQuery
  /** The query as it came: every parameter is checked. */
  readonly search: string
}

/** What it comes back with from a SAML provider. */
export interface SamlArrival extends Returned {
  readonly relayState: string
  readonly response: string
}

interface Proven {
  readonly provider: KnownProvider
  readonly vouched: Vouched
  readonly authentication: Authentication
}

const MAX_SUBJECT = 255
const MAX_LABEL = 200
const UNKNOWN_MOMENT = new Date(0)

/** The browser's way to an identity provider and back. */
export class SignIn {
  constructor(private readonly parts: SignInParts) {}

  /**
   * Where somebody signs in: by organisation, by the domain of an address, or again where `current` did. Null where nothing
   * was said. Raises `sign_in.no_realm`, `request.invalid`, `sign_in.provider_unreachable`, `sign_in.too_many`.
   */
  async depart(query: LoginQuery, current: Caller | null, address: string): Promise<Departure | null> {
    await this.parts.attempts.begin([{ kind: 'start', of: address }])
    const return_to = localPath(query.return_to ?? '/auth/session')
    if (return_to === undefined)
      throw problem('request.invalid', {
        errors: [{ pointer: '/query/return_to', detail: 'must be a path of this service, such as /auth/session' }],
      })
    const stepUp = query.step_up === '1'
    const here = await this.parts.door.wayIn({ ...query, return_to }, current)
    if (here !== undefined) return { url: here, browser: null, byForm: false }
    const provider = stepUp && current?.session ? await this.providerOf(current) : await this.realm(query)
    if (!provider) return null
    const { url, state, nonce, codeVerifier, proofKey } = await this.leave(provider, stepUp, query.login_hint)
    const browser = randomBytes(32).toString('base64url')
    await insertAttempt(this.parts.database.records, hashKey(state), {
      ...{ tenant_id: provider.tenant_id, provider_id: provider.id, browser_hash: hashKey(browser), nonce },
      ...{
        code_verifier: codeVerifier,
        return_to,
        step_up: stepUp,
        session_id: (stepUp && current?.session?.id) || null,
        dpop_key: proofKey ?? null,
      },
    })
    return { url: url.href, browser, byForm: provider.kind === 'saml' }
  }

  /** Ends a sign-in: a session, and where to go. Raises `sign_in.failed`, `sign_in.provider_unreachable`, and what the gate refuses. */
  async arrive(arrival: Arrival): Promise<{ begun: BegunSession; returnTo: string }> {
    const { query } = arrival
    const { attempt, provider } = await this.underWay(arrival, query.state, 'oidc')
    const claims = await this.parts.relyingParty.comeBack({
      ...{ provider, secret: this.parts.providers.secretOf(provider), stepUp: attempt.step_up },
      url: new URL(`${this.redirectUri(provider.id)}${arrival.search}`),
      expected: { state: query.state ?? '', nonce: attempt.nonce, codeVerifier: attempt.code_verifier },
      proofKey: attempt.dpop_key,
    })
    if (claims.sub.length > MAX_SUBJECT) throw problem('sign_in.failed', { detail: 'The subject is too long' })
    const { auth_time, acr } = claims
    return this.begin(arrival, attempt, {
      provider,
      vouched: {
        subject: claims.sub,
        email: typeof claims['email'] === 'string' ? claims['email'].slice(0, 254) : null,
        emailVerified: isVerified(claims),
        name: typeof claims['name'] === 'string' ? claims['name'] : null,
      },
      authentication: {
        ...{ issuer: provider.issuer, subject: claims.sub, acr: typeof acr === 'string' ? acr : null },
        sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
        second_factor: hasSecondFactor({ acr, amr: claims['amr'] }, provider.step_up_acr),
        // Where a provider does not say when, it may have been long ago.
        auth_time: auth_time === undefined ? UNKNOWN_MOMENT : new Date(auth_time * 1000),
      },
    })
  }

  /** The same by a SAML response. Raises `sign_in.failed`, and what the gate refuses. */
  async arriveBySaml(arrival: SamlArrival): Promise<{ begun: BegunSession; returnTo: string }> {
    const { attempt, provider } = await this.underWay(arrival, arrival.relayState, 'saml')
    const said = await this.parts.serviceProvider.comeBack({
      ...{ provider, response: arrival.response, requestId: attempt.nonce, stepUp: attempt.step_up },
    })
    const once = { of: provider.id, hash: hashKey(said.id), expiresAt: said.spentAt }
    if (!(await takeOnce(this.parts.database.records, 'saml_assertion', once)))
      throw problem('sign_in.failed', { detail: 'The assertion was taken before' })
    const { subject, email, name, acr, sessionIndex: sid, authTime: auth_time } = said
    return this.begin(arrival, attempt, {
      provider,
      // It is signed by whom the organisation trusts, and counts in domains alone that it proved.
      vouched: { subject, email, emailVerified: email !== null, name },
      authentication: {
        ...{ issuer: provider.issuer, subject, acr: acr?.slice(0, MAX_LABEL) ?? null, sid, auth_time },
        second_factor: hasSecondFactor({ acr }, provider.step_up_acr),
      },
    })
  }

  private leave(provider: KnownProvider, stepUp: boolean, loginHint: string | undefined): Promise<Leave> {
    if (provider.kind === 'saml') return this.parts.serviceProvider.leave({ provider, stepUp })
    const secret = this.parts.providers.secretOf(provider)
    return this.parts.relyingParty.leave({
      ...{ provider, secret, stepUp, loginHint },
      redirectUri: this.redirectUri(provider.id),
    })
  }

  private async begin({ caller, label }: Returned, attempt: Attempt, { provider, vouched, authentication }: Proven) {
    const { principal_id, decision_id } = await this.parts.accounts.admit(caller, provider, vouched)
    if (attempt.session_id !== null) await this.parts.sessions.raise(attempt.session_id, principal_id)
    const begun = await this.parts.sessions.begin({
      ...{ tenant_id: provider.tenant_id, principal_id, provider_id: provider.id, client: 'browser' },
      ...{ label: label.slice(0, MAX_LABEL), decision_id, authentication },
    })
    return { begun, returnTo: attempt.return_to }
  }

  private async underWay(returned: Returned, state: string | undefined, kind: KnownProvider['kind']) {
    const attempt = await this.attemptOf(returned, state)
    const provider = await this.parts.database.inScope({ tenant: attempt.tenant_id }, (tx) =>
      findProvider(tx, attempt.provider_id),
    )
    if (provider?.kind !== kind) throw problem('sign_in.failed', { detail: 'The provider is no longer trusted' })
    return { attempt, provider }
  }

  private redirectUri(providerId: string): string {
    return `${this.parts.publicUrl.origin()}/auth/callback/${providerId}`
  }

  /** The sign-in under way that this browser began with this provider; each is taken once, whatever comes of it. */
  private async attemptOf({ browser, providerId }: Returned, state: string | undefined): Promise<Attempt> {
    const attempt = state ? await takeAttempt(this.parts.database.records, hashKey(state)) : undefined
    const detail = !attempt
      ? 'It was begun too long ago, ended already, or never begun'
      : !matchesHash(hashKey(browser ?? ''), Buffer.from(attempt.browser_hash))
        ? 'It was begun in another browser'
        : attempt.provider_id === providerId
          ? null
          : 'It was begun with another provider'
    if (!attempt || detail !== null) throw problem('sign_in.failed', { detail: detail ?? '' })
    return attempt
  }

  private async providerOf({ session, tenantId }: Caller): Promise<KnownProvider | undefined> {
    return this.parts.database.inScope({ tenant: tenantId! }, async (tx) => {
      const found = await findSession(tx, session!.id)
      return found?.provider_id ? findProvider(tx, found.provider_id) : undefined
    })
  }

  private async realm({ tenant, provider, login_hint }: LoginQuery): Promise<KnownProvider | null> {
    if (tenant === undefined && login_hint === undefined) return null
    const found = await this.parts.database.inScope({ platform: true }, async (tx) => {
      if (tenant !== undefined) return providersOfTenant(tx, tenant, provider ?? null)
      const domain = domainOf(login_hint!)
      const byDomain = domain === undefined ? undefined : await providerOfDomain(tx, domain)
      return byDomain ? [byDomain] : []
    })
    if (found.length > 1)
      throw problem('request.invalid', {
        errors: [{ pointer: '/query/provider', detail: 'must be given: the organisation has more than one' }],
      })
    // By domain, never by person: the answer is the same whoever has the address.
    if (!found[0]) throw problem('sign_in.no_realm')
    return found[0]
  }
}

/** Whether the provider says that the address is the subject's: the standard claim, or Entra's, whose organisation owns the domain. */
const isVerified = (claims: Readonly<Record<string, unknown>>): boolean =>
  claims['email_verified'] === true || claims['xms_edov'] === true
