import { createHash, randomBytes, randomInt, randomUUIDv7 } from 'node:crypto'
import type { AuthorizeQuery } from '#contract/api/sign-in.js'
import { hashKey, matchesHash, newApiKey, prefixOf } from '../identity/api-key.rules.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { Attempts } from '../platform/attempts/attempts.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { findByUserCode, insertGrant, pollGrant, settleGrant, takeGrant, type Grant } from './grants.repository.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { tokenType } from './oauth-answer.js'
import type { PublicUrl } from '../platform/http/public-url.js'
import { countWrongCode, findRefresh, spendRefresh, type SessionLimits } from './sessions.repository.js'
import type { BegunSession, ForCommand, Sessions } from './sessions.service.js'

export interface CommandGrantsParts {
  readonly database: Database
  readonly sessions: Sessions
  readonly callers: Pick<Callers, 'forget'>
  readonly publicUrl: PublicUrl
  readonly limits: SessionLimits
  readonly attempts: Attempts
}

/** Letters of codes that people type: no vowels, so no words, and none that look alike (RFC 8628 §6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_LETTERS = 8
const DEVICE_LASTS_S = 600
const CODE_LASTS_S = 60
const INTERVAL_S = 5
const MOST_WRONG_CODES = 10

const newUserCode = (): string => {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
const newSecret = (): string => randomBytes(32).toString('base64url')

/** The token answer of a session (RFC 6749 §5.1). */
const tokens = ({ secret, refreshToken, session }: BegunSession, expiresIn: number) => ({
  ...{ access_token: secret, token_type: tokenType(session.bound), expires_in: expiresIn, refresh_token: refreshToken },
  ...{ session_expires_at: session.expires_at, second_factor: session.second_factor, auth_time: session.auth_time },
})

/** What a command comes back with from a browser. */
interface CodeAsked {
  readonly code: string
  readonly code_verifier: string
  readonly redirect_uri: string
}

/** What is bound to a key is for whoever proves that one (RFC 9449, sections 5 and 10). Raises `invalid_dpop_proof`. */
const requireKey = ({ jkt }: { readonly jkt: string | null }, proven: string | null): void => {
  if (jkt !== null && jkt !== proven)
    throw new OAuthRefusal('invalid_dpop_proof', 'It is bound to a key: send a proof of that key in the DPoP header')
}

/** Sessions of the command: by a code that a person types in elsewhere, by loopback redirect, and refreshed. */
export class CommandGrants {
  constructor(private readonly parts: CommandGrantsParts) {}

  /** Begins a device authorization (RFC 8628 §3.2). */
  async device({ label, jkt }: ForCommand, stepUp: boolean) {
    const [device_code, user_code] = [newSecret(), newUserCode()]
    await insertGrant(this.records, {
      ...{ id: randomUUIDv7(), kind: 'device', label, jkt, state: 'pending', session_id: null, lasts: DEVICE_LASTS_S },
      ...{ secret_hash: hashKey(device_code), user_code_hash: hashKey(plainCode(user_code)) },
      ...{ code_challenge: null, redirect_uri: null },
    })
    const origin = this.parts.publicUrl.origin()
    const complete = `/auth/device?user_code=${user_code}`
    const again = new URLSearchParams({ step_up: '1', return_to: complete }).toString()
    const verification_uri = `${origin}/auth/device`
    const verification_uri_complete = `${origin}${stepUp ? `/auth/login?${again}` : complete}`
    return {
      device_code,
      user_code,
      verification_uri,
      verification_uri_complete,
      expires_in: DEVICE_LASTS_S,
      interval: INTERVAL_S,
    }
  }

  /**
   * What waits under a typed code; null where nothing does, which is counted against session, person and address. Raises
   * `sign_in.too_many`.
   */
  async waiting({ session, principalId }: Caller, typed: string, address: string): Promise<Grant | null> {
    const attempt = await this.parts.attempts.begin([
      { kind: 'address', of: address },
      { kind: 'code', of: String(principalId) },
    ])
    const grant = await findByUserCode(this.records, hashKey(plainCode(typed)))
    if (grant) await attempt.succeeded()
    else await countWrongCode(this.records, session!.id, MOST_WRONG_CODES)
    return grant ?? null
  }

  /** Lets a command in as the caller, or refuses it; false where it was settled already. */
  settle({ session }: Caller, grant: Grant, approved: boolean): Promise<boolean> {
    return settleGrant(this.records, {
      ...{ id: grant.id, state: approved ? 'approved' : 'denied', sessionId: session!.id },
    })
  }

  /** A code for a command on the machine of the browser; where to send the browser with it. */
  async code(
    { session }: Caller,
    query: Pick<AuthorizeQuery, 'code_challenge' | 'redirect_uri' | 'state'>,
    { label, jkt }: ForCommand,
  ): Promise<string> {
    const code = newSecret()
    await insertGrant(this.records, {
      ...{
        id: randomUUIDv7(),
        kind: 'code',
        label,
        jkt,
        state: 'approved',
        session_id: session!.id,
        lasts: CODE_LASTS_S,
      },
      ...{ secret_hash: hashKey(code), user_code_hash: null },
      ...{ code_challenge: query.code_challenge, redirect_uri: query.redirect_uri },
    })
    const back = new URL(query.redirect_uri)
    back.search = new URLSearchParams({ code, state: query.state, iss: this.parts.publicUrl.origin() }).toString()
    return back.href
  }

  /** Tokens bound to `jkt`, where the command proved a key. Raises `authorization_pending`, `slow_down`, `access_denied`, `expired_token`, `invalid_grant`, `invalid_dpop_proof`. */
  async byDevice(deviceCode: string, jkt: string | null) {
    const hash = hashKey(deviceCode)
    const grant = await pollGrant(this.records, hash)
    if (!grant) throw new OAuthRefusal('invalid_grant', 'There is no such code, or it was used')
    if (grant.expired) throw new OAuthRefusal('expired_token', 'The code has expired: begin again')
    if (grant.too_soon) throw new OAuthRefusal('slow_down', 'Ask less often')
    if (grant.state === 'pending') throw new OAuthRefusal('authorization_pending', 'Nobody has let it in yet')
    if (grant.state === 'denied') throw new OAuthRefusal('access_denied', 'It was refused')
    requireKey(grant, jkt)
    return this.exchange(await takeGrant(this.records, hash), jkt)
  }

  /** Raises `invalid_grant`, `invalid_dpop_proof`. */
  async byCode({ code, code_verifier, redirect_uri }: CodeAsked, jkt: string | null) {
    const grant = await takeGrant(this.records, hashKey(code))
    const challenge = createHash('sha256').update(code_verifier).digest('base64url')
    if (grant?.kind === 'code' && (grant.code_challenge !== challenge || grant.redirect_uri !== redirect_uri))
      throw new OAuthRefusal('invalid_grant', 'The code belongs to another request')
    if (grant) requireKey(grant, jkt)
    return this.exchange(grant?.kind === 'code' ? grant : undefined, jkt)
  }

  /** Spends a refresh token for the next one. One that was spent before is in two hands: the session ends. Raises `invalid_grant`, `invalid_dpop_proof`. */
  async byRefresh(token: string, jkt: string | null) {
    const gone = new OAuthRefusal('invalid_grant', 'The session has ended: sign in again')
    const prefix = prefixOf(token, 'refresh_token')
    const row = prefix === undefined ? undefined : await findRefresh(this.records, prefix)
    if (!row || prefix === undefined) throw gone
    const hash = hashKey(token)
    if (!matchesHash(hash, row.refresh_hash)) {
      const isReplay = row.spent.some((spent) => matchesHash(hash, spent))
      if (isReplay) await this.parts.sessions.over({ id: row.id }, 'a refresh token was used twice')
      throw gone
    }
    requireKey(row, jkt)
    const [access, refresh] = [newApiKey('session', prefix), newApiKey('refresh_token', prefix)]
    const next = { hash: access.hash, refresh_hash: refresh.hash, jkt }
    const session = await spendRefresh(this.records, { row, next, limits: this.parts.limits })
    if (!session) throw gone
    this.parts.callers.forget()
    return tokens({ session, secret: access.secret, refreshToken: refresh.secret }, this.parts.limits.access)
  }

  /** Ends the session of a refresh token that counts; anything else is let be, and looks the same (RFC 7009 §2.2). */
  async revoke(token: string): Promise<void> {
    const prefix = prefixOf(token, 'refresh_token')
    const row = prefix === undefined ? undefined : await findRefresh(this.records, prefix)
    if (row && matchesHash(hashKey(token), row.refresh_hash))
      await this.parts.sessions.over({ id: row.id }, 'signed out')
  }

  private async exchange(grant: Grant | undefined, jkt: string | null) {
    const usable = grant?.state === 'approved' && !grant.expired && grant.session_id !== null
    const begun = usable
      ? await this.parts.sessions.beginFrom(grant.session_id!, { label: grant.label, jkt })
      : undefined
    if (!begun)
      throw new OAuthRefusal('invalid_grant', 'There is no such code, or it was used, or whoever gave it signed out')
    return tokens(begun, this.parts.limits.access)
  }

  private get records() {
    return this.parts.database.records
  }
}
