import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import { hashKey } from '../identity/api-key.rules.js'
import type { Database } from '../platform/database/database.service.js'
import { logoutClaims, type LogoutClaims } from './logout-token.rules.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { guardedFetch, type Wall } from './openid/guarded-fetch.js'
import type { RelyingParty } from './openid/relying-party.js'
import { findProvider, type KnownProvider } from './providers.repository.js'
import type { Providers } from './providers.service.js'
import type { Sessions } from './sessions.service.js'
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js'
import { takeOnce } from '../identity/taken-once.repository.js'

export interface BackchannelParts {
  readonly database: Database
  readonly providers: Pick<Providers, 'secretOf'>
  readonly relyingParty: RelyingParty
  readonly sessions: Sessions
  readonly wall: Wall
}

const CLOCK_TOLERANCE_S = 60
const OLDEST_S = 300
const REMEMBERED_MS = 15 * 60_000
const MAX_PROVIDERS = 1_000

/** What identity providers tell of people who signed out there. */
export class Backchannel {
  private readonly keys = new LRUCache<string, JWTVerifyGetKey>({ max: MAX_PROVIDERS, ttl: 60 * 60_000 })

  constructor(private readonly parts: BackchannelParts) {}

  /** Ends the sessions that a logout token names; how many. Raises `invalid_request` for a token that does not hold or was taken before. */
  async logout(providerId: string, token: string): Promise<number> {
    const provider = await this.parts.database.inScope({ platform: true }, (tx) => findProvider(tx, providerId))
    if (provider?.kind !== 'oidc') throw new OAuthRefusal('invalid_request', 'There is no such provider')
    const claims = await this.verified(provider, token)
    const expiresAt = new Date(Date.now() + REMEMBERED_MS)
    if (
      !(await takeOnce(this.parts.database.records, 'logout_token', {
        of: providerId,
        hash: hashKey(claims.jti),
        expiresAt,
      }))
    )
      throw new OAuthRefusal('invalid_request', 'The token was taken before')
    const { sub: subject, sid } = claims
    const whose = { ...(subject !== undefined && { subject }), ...(sid !== undefined && { sid }) }
    return this.parts.sessions.over({ provider_id: provider.id, ...whose }, 'signed out at the provider')
  }

  private async verified(provider: KnownProvider, token: string): Promise<LogoutClaims> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.keysOf(provider), {
        ...{ issuer: provider.issuer, audience: provider.client_id, algorithms: SIGNATURE_ALGORITHMS },
        ...{ clockTolerance: CLOCK_TOLERANCE_S, maxTokenAge: OLDEST_S, requiredClaims: ['iat', 'jti', 'events'] },
      })
      // Typed explicitly where it is typed at all, so that no other token passes for it.
      const typ = protectedHeader.typ?.toLowerCase().replace(/^application\//, '')
      if (typ !== undefined && typ !== 'logout+jwt' && typ !== 'jwt')
        throw new OAuthRefusal('invalid_request', `It is a ${typ}`)
      const claims = logoutClaims(payload)
      if (!('fault' in claims)) return claims
      throw new OAuthRefusal('invalid_request', claims.fault as string)
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new OAuthRefusal('invalid_request', error.message)
      throw error
    }
  }

  private async keysOf(provider: KnownProvider): Promise<JWTVerifyGetKey> {
    const name = `${provider.id}:${provider.version}`
    const kept = this.keys.get(name)
    if (kept) return kept
    const configuration = await this.parts.relyingParty.configuration(provider, this.parts.providers.secretOf(provider))
    const { jwks_uri } = configuration.serverMetadata()
    if (jwks_uri === undefined) return createLocalJWKSet({ keys: [] })
    const fetchKeys = guardedFetch(this.parts.wall)
    const keys = createRemoteJWKSet(new URL(jwks_uri), {
      [customFetch]: (url, { method, headers, signal }) =>
        fetchKeys(url, { method, headers: Object.fromEntries(headers), signal, redirect: 'manual', body: null }),
    })
    this.keys.set(name, keys)
    return keys
  }
}
