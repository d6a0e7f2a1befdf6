import { randomBytes } from 'node:crypto'
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { PasskeySignIn as Given } from '#contract/api/local-accounts.js'
import { problem } from '#contract/problems.js'
import { hashKey } from '../../identity/api-key.rules.js'
import type { Attempts } from '../../platform/attempts/attempts.service.js'
import type { Database } from '../../platform/database/database.service.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import type { KnownBrowsers } from './known-browsers.js'
import type { LocalSessions } from './local-sessions.js'
import { insertLocalSignIn, takeLocalSignIn } from './local-sign-ins.repository.js'
import type { Browser, Entered } from './password-sign-in.service.js'
import { findPasskey, notePasskeyUse, type KeptPasskey } from './passkeys.repository.js'
import { requireRelyingParty, type RelyingPartyId } from './relying-party-id.js'

export interface PasskeySignInParts {
  readonly database: Database
  readonly attempts: Attempts
  readonly publicUrl: PublicUrl
  readonly known: KnownBrowsers
  readonly sessions: LocalSessions
}
const refused = (detail: string, cause?: unknown) => problem('sign_in.failed', { detail, cause })

/** Signing in by a passkey: with its user verified it is two factors at once (WebAuthn Level 3). */
export class PasskeySignIn {
  constructor(private readonly parts: PasskeySignInParts) {}

  /** What a passkey is to sign, and what ties it to the browser. Raises `sign_in.too_many`, `sign_in.passkeys_unavailable`. */
  async challenge({ address }: Browser, to: { readonly return_to: string; readonly session_id: string | null }) {
    const { database, attempts, publicUrl } = this.parts
    const { id } = requireRelyingParty(publicUrl)
    await attempts.begin([{ kind: 'start', of: address }])
    const options = await generateAuthenticationOptions({ rpID: id, userVerification: 'required' })
    const browser = randomBytes(32).toString('base64url')
    const row = { ...to, tenant_id: null, principal_id: null, totp_sealed: null, challenge: options.challenge }
    await insertLocalSignIn(database.records, hashKey(browser), row)
    return { options, browser }
  }

  /** Takes what a passkey signed, once. Raises `sign_in.failed`, `sign_in.too_many`, and what the gate refuses. */
  async signIn(browser: Browser, cookie: string, { response }: Given): Promise<Entered> {
    const { database, attempts, publicUrl, known } = this.parts
    const party = requireRelyingParty(publicUrl)
    const attempt = await attempts.begin([{ kind: 'address', of: browser.address }])
    const underWay = await takeLocalSignIn(database.records, hashKey(cookie))
    if (!underWay?.challenge) throw refused('It was begun too long ago, ended already, or never begun')
    const kept = await database.inScope({ platform: true }, (tx) => findPasskey(tx, response.id))
    const handle = response.response.userHandle
    if (!kept || (handle !== undefined && Buffer.from(handle, 'base64url').toString() !== kept.principal_id))
      throw refused('The passkey is of nobody here')
    const counter = await this.verified(party, { kept, response, challenge: underWay.challenge })
    if (!(await notePasskeyUse(database.records, kept, counter)))
      throw refused('The passkey was copied: its counter went back')
    const { principal_id: principalId } = kept
    const begun = await this.parts.sessions.begin({
      ...{ ...browser, principalId, way: 'urn:gatehouse:acr:passkey', raises: underWay.session_id },
    })
    await attempt.succeeded()
    return { begun, returnTo: underWay.return_to, known: known.cookieFor(principalId), codes: [] }
  }

  private async verified(
    { id, origin }: RelyingPartyId,
    part: { readonly kept: KeptPasskey; readonly response: Given['response']; readonly challenge: string },
  ): Promise<number> {
    const { kept, response, challenge } = part
    const { credential_id, public_key, counter } = kept
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true },
        credential: { id: credential_id, publicKey: new Uint8Array(public_key), counter },
      })
      if (verified) return authenticationInfo.newCounter
    } catch (error) {
      throw refused('The passkey did not prove itself', error)
    }
    throw refused('The passkey did not prove itself')
  }
}
