import { z } from 'zod'
import {
  ForgotQuery,
  OwnCredentials,
  Passkey,
  PasskeyAdd,
  PasskeyChallenge,
  PasskeyOptions,
  PasskeySignIn,
  PasswordChange,
  PasswordQuery,
  PasswordReset,
  PasswordResetSent,
  RecoveryCodes,
  SignedInAt,
  TokenQuery,
  TotpConfirm,
  TotpOffer,
} from '../api/local-accounts.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })
const body = { stream: 'application/x-www-form-urlencoded' } as const
const HTML = { type: 'text/html' } as const
const open = { action: null, public: true } as const
/** A browser is sent elsewhere by GET (RFC 9110, section 15.4.4). */
const SENT = { words: 'The browser is sent elsewhere', headers: { location: 'Where to' } } as const
const pageOrSent = { response: HTML, status: 200, further: { 303: SENT } } as const

/** What people sign in by here, as they and administrators change it. */
const governed = {
  'credentials.show': endpoint({
    method: 'GET',
    path: '/v1/account/credentials',
    summary: 'What you sign in by here: password, authenticator app, passkeys, recovery codes',
    action: 'account.read',
    response: OwnCredentials,
    status: 200,
  }),
  'credentials.password': endpoint({
    method: 'PUT',
    path: '/v1/account/password',
    summary: 'Choose another password; every session of yours ends',
    action: 'account.change',
    body: PasswordChange,
    response: OwnCredentials,
    status: 200,
  }),
  'credentials.offerTotp': endpoint({
    method: 'POST',
    path: '/v1/account/totp',
    summary: 'A secret for an authenticator app, which counts once it was confirmed',
    action: 'account.change',
    response: TotpOffer,
    status: 200,
  }),
  'credentials.confirmTotp': endpoint({
    method: 'PUT',
    path: '/v1/account/totp',
    summary: 'Confirm an authenticator app by a code that it shows; it takes the place of the one before',
    action: 'account.change',
    body: TotpConfirm,
    response: OwnCredentials,
    status: 200,
  }),
  'credentials.recoveryCodes': endpoint({
    method: 'POST',
    path: '/v1/account/recovery-codes',
    summary: 'Ten other recovery codes, shown once',
    action: 'account.change',
    response: RecoveryCodes,
    status: 201,
  }),
  'credentials.offerPasskey': endpoint({
    method: 'POST',
    path: '/v1/account/passkeys/options',
    summary: 'What a browser makes a passkey by',
    action: 'account.change',
    response: PasskeyOptions,
    status: 200,
  }),
  'credentials.addPasskey': endpoint({
    method: 'POST',
    path: '/v1/account/passkeys',
    summary: 'Keep a passkey that a browser made',
    action: 'account.change',
    body: PasskeyAdd,
    response: Passkey,
    status: 201,
  }),
  'credentials.removePasskey': endpoint({
    method: 'DELETE',
    path: '/v1/account/passkeys/{id}',
    summary: 'Let a passkey go',
    action: 'account.change',
    params,
    response: OwnCredentials,
    status: 200,
  }),
  'credentials.reset': endpoint({
    method: 'POST',
    path: '/v1/people/{id}/password-reset',
    summary: 'Let a person choose a password, by a token that counts once for an hour',
    action: 'account.reset',
    params,
    body: PasswordReset,
    response: PasswordResetSent,
    status: 201,
  }),
}

/** What a browser is sent through. */
const browser = {
  'auth.passwordPage': endpoint({
    method: 'GET',
    path: '/auth/password',
    summary: 'The page on which somebody signs in by a password or passkey',
    ...open,
    query: PasswordQuery,
    response: HTML,
    status: 200,
  }),
  'auth.password': endpoint({
    method: 'POST',
    path: '/auth/password',
    summary: 'Sign in by a password; a second factor is asked for next',
    ...open,
    body,
    response: HTML,
    status: 200,
    refusals: 'form',
  }),
  'auth.secondFactor': endpoint({
    method: 'POST',
    path: '/auth/second-factor',
    summary: 'The second factor of a sign-in under way, or the confirmation of the first one',
    ...open,
    body,
    ...pageOrSent,
    refusals: 'form',
  }),
  'auth.forgotPage': endpoint({
    method: 'GET',
    path: '/auth/forgot-password',
    summary: 'The page on which whoever forgot their password asks for mail',
    ...open,
    query: ForgotQuery,
    response: HTML,
    status: 200,
  }),
  'auth.forgot': endpoint({
    method: 'POST',
    path: '/auth/forgot-password',
    summary: 'Have whoever stands under an address choose another password, by mail; the answer is the same for nobody',
    ...open,
    body,
    response: HTML,
    status: 200,
    refusals: 'form',
  }),
  'auth.tokenPage': endpoint({
    method: 'GET',
    path: '/auth/set-password',
    summary: 'The page on which somebody chooses a password, by the token of an invitation or of a reset',
    ...open,
    query: TokenQuery,
    response: HTML,
    status: 200,
  }),
  'auth.setPassword': endpoint({
    method: 'POST',
    path: '/auth/set-password',
    summary: 'Choose a password by a token, once',
    ...open,
    body,
    response: HTML,
    status: 200,
    refusals: 'form',
  }),
  'auth.accountPage': endpoint({
    method: 'GET',
    path: '/auth/account',
    summary: 'The page on which somebody sees what they sign in by, and adds passkeys',
    ...open,
    ...pageOrSent,
  }),
  'auth.passkeyScript': endpoint({
    method: 'GET',
    path: '/auth/passkeys.js',
    summary: 'What the pages talk to the browser about passkeys by',
    ...open,
    response: { type: 'text/javascript' },
    status: 200,
  }),
  'auth.passkeyChallenge': endpoint({
    method: 'POST',
    path: '/auth/passkey/challenge',
    summary: 'What a passkey is to sign',
    ...open,
    body: PasskeyChallenge,
    response: PasskeyOptions,
    status: 200,
  }),
  'auth.passkey': endpoint({
    method: 'POST',
    path: '/auth/passkey',
    summary: 'Sign in by a passkey',
    ...open,
    body: PasskeySignIn,
    response: SignedInAt,
    status: 200,
  }),
}

/** Accounts of Gatehouse's own: passwords, second factors, passkeys. */
export const localAccountEndpoints = { ...governed, ...browser }
