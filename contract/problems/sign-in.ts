import type { ProblemCatalogue } from './entry.js'

/** Signing in by an identity provider, and sessions. */
export const SIGN_IN_PROBLEMS = {
  'auth.step_up_required': {
    status: 401,
    title: 'Prove again who you are',
    remedy: 'Sign in again with a second factor: gatehouse login --step-up, or /auth/login?step_up=1; then repeat this',
  },
  'auth.session_ended': {
    status: 401,
    title: 'The session has ended',
    remedy: 'Sign in again: gatehouse login',
  },
  'auth.proof_invalid': {
    status: 401,
    title: 'The request does not prove the key that its token is bound to',
    remedy:
      'Send a new proof with each request, signed by that key, in the DPoP header (RFC 9449); the detail says what is wrong with this one',
  },
  'auth.token_bound': {
    status: 401,
    title: 'The token is bound to a key',
    remedy: 'Send it as Authorization: DPoP, with a proof of that key in the DPoP header (RFC 9449)',
  },
  'auth.csrf': {
    status: 403,
    title: 'The request does not come from a page of this service',
    remedy: 'Send the csrf_token of GET /auth/session as x-csrf-token',
  },
  'sign_in.no_realm': {
    status: 404,
    title: 'Nobody signs in by this address here',
    remedy: 'Check the address; an owner proves the domain at /v1/domains and names its provider',
  },
  'sign_in.failed': {
    status: 400,
    title: 'Signing in did not succeed',
    remedy: 'Begin again at /auth/login; the detail says what was wrong',
  },
  'sign_in.too_many': {
    status: 429,
    title: 'Too many attempts',
    remedy: 'Wait for the seconds of Retry-After; a browser in which you signed in before is counted apart',
  },
  'sign_in.busy': {
    status: 503,
    title: 'Too many passwords are being checked',
    remedy: 'Try again in some seconds',
  },
  'sign_in.passkeys_unavailable': {
    status: 409,
    title: 'Passkeys need a name',
    remedy:
      'Have an operator set GATEHOUSE_PUBLIC_URL to an address with a domain name; browsers take no passkeys for numbers',
  },
  'sign_in.provider_unreachable': {
    status: 503,
    title: 'The identity provider does not answer',
    remedy: 'Try again; if it stays, have an owner look at the issuer in /v1/identity-providers',
  },
  'sign_in.no_public_url': {
    status: 503,
    title: 'The service does not know its own address',
    remedy: 'Have an operator set GATEHOUSE_PUBLIC_URL',
  },
} as const satisfies ProblemCatalogue
