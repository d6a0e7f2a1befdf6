import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import { guardedFetch, Unreachable, type Wall } from '../../openid/guarded-fetch.js'
import type { RelyingParty } from '../../openid/relying-party.js'

const MAX_ISSUERS = 1_000
const DISCOVERED_FOR_MS = 60 * 60_000
const KEYS_FOR_MS = 10 * 60_000
/** Between two fetches from an issuer, whatever tokens come and whatever it answers. */
const REST_MS = 30_000

export interface IssuerKeysParts {
  readonly relyingParty: Pick<RelyingParty, 'probe'>
  readonly wall: Wall
}

/**
 * Keys of outside issuers that some account trusts. A key that is not known yet is looked for, at most once in half a
 * minute; one that was withdrawn counts for ten minutes at most.
 */
export class IssuerKeys {
  private readonly known = new LRUCache<string, Promise<JWTVerifyGetKey>>({ max: MAX_ISSUERS, ttl: DISCOVERED_FOR_MS })

  constructor(private readonly parts: IssuerKeysParts) {}

  /** Raises `Unreachable` where the issuer does not answer, or answers as another; then it is not asked again for a while. */
  keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    const kept = this.known.get(issuer)
    if (kept) return kept
    const finding = this.discover(issuer)
    this.known.set(issuer, finding)
    finding.catch(() => this.known.set(issuer, finding, { ttl: REST_MS }))
    return finding
  }

  private async discover(issuer: string): Promise<JWTVerifyGetKey> {
    const { jwks_uri, issuer: said } = await this.parts.relyingParty.probe(issuer).catch(unreachable)
    if (jwks_uri === undefined || said !== issuer) throw new Unreachable(`${issuer} names no keys of its own`)
    return createRemoteJWKSet(new URL(jwks_uri), {
      ...{ cacheMaxAge: KEYS_FOR_MS, cooldownDuration: REST_MS },
      [customFetch]: rested(this.parts.wall),
    })
  }
}

/** Fetches through the wall, and rests after each fetch, so that tokens of strangers do not have an issuer asked without end. */
const rested = (wall: Wall): FetchImplementation => {
  const fetchKeys = guardedFetch(wall)
  let restsUntil = 0
  return (url, { method, headers, signal }) => {
    if (Date.now() < restsUntil) return Promise.reject(new Unreachable('its keys were fetched a moment ago'))
    restsUntil = Date.now() + REST_MS
    const request = { method, headers: Object.fromEntries(headers), signal, redirect: 'manual', body: null } as const
    return fetchKeys(url, request).catch(unreachable)
  }
}

const unreachable = (cause: unknown): never => {
  throw new Unreachable('The issuer does not answer', { cause })
}
