import { z } from 'zod'
import {
  AuthorizationServer,
  AuthorizeQuery,
  BrowserSession,
  CallbackQuery,
  Domain,
  DomainClaim,
  DomainPage,
  IdentityProvider,
  IdentityProviderCreate,
  IdentityProviderPage,
  IdentityProviderUpdate,
  LoginQuery,
  OAuthAnswer,
  SamlProviderCreate,
  SamlProviderRenew,
  Session,
  SessionPage,
  SessionQuery,
  SessionsEnded,
} from '../api/sign-in.js'
import { TenantScopedQuery } from '../api/identity.js'
import { endpoint } from '../endpoint.js'
import { Uuid, text } from '../primitives.js'

const params = z.strictObject({ id: Uuid })
const FORM = 'application/x-www-form-urlencoded'
const HTML = { type: 'text/html' } as const
const open = { action: null, public: true } as const
/** A browser is sent elsewhere by GET (RFC 9110, section 15.4.4). */
const SENT = { words: 'The browser is sent elsewhere', headers: { location: 'Where to' } } as const
const page = { response: HTML, status: 200 } as const
const pageOrSent = { ...page, further: { 303: SENT } } as const
const sent = { response: HTML, status: 303, answerHeaders: SENT.headers } as const
const grant = { body: { stream: FORM }, response: OAuthAnswer, status: 200, refusals: 'oauth' } as const

/** What administrators lay down, and sessions as people see them. */
const governed = {
  'providers.list': endpoint({
    method: 'GET',
    path: '/v1/identity-providers',
    summary: 'Identity providers that people sign in by',
    action: 'provider.read',
    query: TenantScopedQuery,
    response: IdentityProviderPage,
    status: 200,
  }),
  'providers.create': endpoint({
    method: 'POST',
    path: '/v1/identity-providers',
    summary: 'Trust an OpenID provider to say who people are',
    action: 'provider.create',
    body: IdentityProviderCreate,
    response: IdentityProvider,
    status: 201,
  }),
  'providers.trustSaml': endpoint({
    method: 'POST',
    path: '/v1/identity-providers/saml',
    summary: 'Trust a SAML 2.0 provider to say who people are, by its metadata',
    action: 'provider.create',
    body: SamlProviderCreate,
    response: IdentityProvider,
    status: 201,
  }),
  'providers.renewSaml': endpoint({
    method: 'PUT',
    path: '/v1/identity-providers/{id}/saml',
    summary: 'Take newer metadata of a SAML 2.0 provider',
    action: 'provider.update',
    params,
    body: SamlProviderRenew,
    response: IdentityProvider,
    status: 200,
  }),
  'providers.update': endpoint({
    method: 'PATCH',
    path: '/v1/identity-providers/{id}',
    summary: 'Change an identity provider, or turn it off',
    action: 'provider.update',
    params,
    body: IdentityProviderUpdate,
    response: IdentityProvider,
    status: 200,
  }),
  'domains.list': endpoint({
    method: 'GET',
    path: '/v1/domains',
    summary: 'Domains of the organisation, proven or not',
    action: 'domain.read',
    query: TenantScopedQuery,
    response: DomainPage,
    status: 200,
  }),
  'domains.claim': endpoint({
    method: 'POST',
    path: '/v1/domains',
    summary: 'Claim a domain; the answer says which DNS record proves it',
    action: 'domain.claim',
    body: DomainClaim,
    response: Domain,
    status: 201,
  }),
  'domains.verify': endpoint({
    method: 'POST',
    path: '/v1/domains/{id}/verify',
    summary: 'Look the record up, and hold the domain for proven',
    action: 'domain.verify',
    params,
    response: Domain,
    status: 200,
  }),
  'domains.release': endpoint({
    method: 'DELETE',
    path: '/v1/domains/{id}',
    summary: 'Let a domain go',
    action: 'domain.release',
    params,
    response: Domain,
    status: 200,
  }),
  'sessions.list': endpoint({
    method: 'GET',
    path: '/v1/sessions',
    summary: "The caller's own sessions, newest first",
    action: 'session.read',
    query: SessionQuery,
    response: SessionPage,
    status: 200,
  }),
  'sessions.of': endpoint({
    method: 'GET',
    path: '/v1/people/{id}/sessions',
    summary: "A person's sessions, newest first",
    action: 'person.read',
    params,
    query: SessionQuery,
    response: SessionPage,
    status: 200,
  }),
  'sessions.end': endpoint({
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'End one of your own sessions',
    action: 'session.end',
    params,
    response: Session,
    status: 200,
  }),
  'sessions.revoke': endpoint({
    method: 'DELETE',
    path: '/v1/people/{id}/sessions',
    summary: 'End every session of a person, at once',
    action: 'session.revoke',
    params,
    response: SessionsEnded,
    status: 200,
  }),
}

/** What a browser is sent through. */
const browser = {
  'auth.login': endpoint({
    method: 'GET',
    path: '/auth/login',
    summary: 'Sign in: leads to the identity provider of an address or organisation',
    ...open,
    query: LoginQuery,
    ...pageOrSent,
  }),
  'auth.callback': endpoint({
    method: 'GET',
    path: '/auth/callback/{id}',
    summary: 'Where an identity provider sends the browser back to',
    ...open,
    params,
    query: CallbackQuery,
    ...sent,
  }),
  'auth.samlMetadata': endpoint({
    method: 'GET',
    path: '/auth/saml/{id}/metadata',
    summary: 'What a SAML 2.0 provider needs to know of Gatehouse',
    ...open,
    params,
    response: { type: 'application/samlmetadata+xml' },
    status: 200,
  }),
  'auth.samlArrival': endpoint({
    method: 'POST',
    path: '/auth/saml/{id}/acs',
    summary: 'Where a SAML 2.0 provider sends the browser back to (HTTP-POST binding)',
    ...open,
    params,
    body: { stream: FORM },
    ...sent,
  }),
  'auth.session': endpoint({
    method: 'GET',
    path: '/auth/session',
    summary: 'The session of this browser, and its token against forged requests',
    action: 'session.read',
    session: true,
    response: BrowserSession,
    status: 200,
  }),
  'auth.logout': endpoint({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End the session that the request comes with',
    action: 'session.end',
    response: SessionsEnded,
    status: 200,
  }),
  'auth.backchannel': endpoint({
    method: 'POST',
    path: '/auth/backchannel-logout/{id}',
    summary: 'An identity provider tells that somebody signed out (OpenID Connect Back-Channel Logout 1.0)',
    ...open,
    params,
    ...grant,
  }),
  'auth.keys': endpoint({
    method: 'GET',
    path: '/auth/jwks.json',
    summary: 'Public keys with which Gatehouse proves itself to identity providers (RFC 7517)',
    ...open,
    response: z.strictObject({ keys: z.array(z.looseObject({})) }),
    status: 200,
  }),
  'auth.device': endpoint({
    method: 'GET',
    path: '/auth/device',
    summary: 'The page on which somebody lets a command sign in as them',
    ...open,
    query: z.strictObject({ user_code: text(20).optional() }),
    ...pageOrSent,
  }),
  'auth.admit': endpoint({
    method: 'POST',
    path: '/auth/device',
    summary: 'Let a command sign in, or refuse it',
    ...open,
    body: { stream: FORM },
    ...page,
  }),
}

/** The authorization server for the command: OAuth's own forms and errors. */
const oauth = {
  'oauth.metadata': endpoint({
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    summary: 'Where a command signs in (RFC 8414)',
    ...open,
    response: AuthorizationServer,
    status: 200,
  }),
  'oauth.authorize': endpoint({
    method: 'GET',
    path: '/oauth/authorize',
    summary: 'A command asks for a code by loopback redirect (RFC 8252)',
    ...open,
    query: AuthorizeQuery,
    ...pageOrSent,
  }),
  'oauth.admit': endpoint({
    method: 'POST',
    path: '/oauth/authorize',
    summary: 'Let a command on this machine sign in, or refuse it',
    ...open,
    body: { stream: FORM },
    ...sent,
  }),
  'oauth.device': endpoint({
    method: 'POST',
    path: '/oauth/device_authorization',
    summary: 'A command asks for a code that a person types in elsewhere (RFC 8628)',
    ...open,
    ...grant,
  }),
  'oauth.token': endpoint({
    method: 'POST',
    path: '/oauth/token',
    summary: 'Codes and refresh tokens for tokens (RFC 6749, 8628)',
    ...open,
    ...grant,
  }),
  'oauth.revoke': endpoint({
    method: 'POST',
    path: '/oauth/revoke',
    summary: 'End the session of a token (RFC 7009)',
    ...open,
    ...grant,
  }),
}

/** Signing in: providers, domains, sessions, the browser's way and the command's. */
export const signInEndpoints = { ...governed, ...browser, ...oauth }
