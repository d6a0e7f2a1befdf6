import { LRUCache } from 'lru-cache'
import { problem } from '#contract/problems.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { isUnreachable } from '../platform/database/unreachable.js'
import type { Caller } from '../platform/http/caller.js'
import type { CallerResolver, Credential } from '../platform/http/ports.js'
import { bearerToken, hashKey, matchesHash, prefixOf } from './api-key.rules.js'
import type { CallerRepository } from './caller.repository.js'
import { knownCaller, type KnownCaller } from './caller.rules.js'
import { effectiveScopes, scopesOf } from './scopes.rules.js'

/** How long another node may go on accepting a key that was revoked. */
const TTL_MS = 1_000
const MAX_KEYS = 10_000

/** What a presented key came to; `caller` is null where it is nobody's. */
interface Known {
  readonly caller: KnownCaller | null
  readonly expiresAt: number
}
const NOBODY: Known = { caller: null, expiresAt: Number.POSITIVE_INFINITY }

/** Clocks of the resolver: `monotonic` ages the cache, `wall` holds expiries. Milliseconds. */
export interface ResolverClocks {
  readonly monotonic: { now(): number }
  readonly wall: () => number
}
const SYSTEM_CLOCKS: ResolverClocks = { monotonic: performance, wall: Date.now }

/** Turns API keys into callers. What it knows is a second old at most; a change on this node counts at once. */
export class Callers implements CallerResolver {
  private readonly known: LRUCache<string, Promise<Known>>

  constructor(
    private readonly repository: Pick<CallerRepository, 'key' | 'token' | 'principal'>,
    private readonly clocks: ResolverClocks = SYSTEM_CLOCKS,
    private readonly lease: Pick<KillState, 'live'> = { live: true },
  ) {
    this.known = new LRUCache({ max: MAX_KEYS, ttl: TTL_MS, ttlResolution: 0, perf: clocks.monotonic })
  }

  /** Takes API keys, or runtime tokens where those are asked for: never one for the other. Raises `auth.required` without credentials, `kill.lease_stale` where nobody can be looked up any more, `auth.invalid` where they are wrong, revoked, expired or disabled. */
  async resolve(
    authorization: string | undefined,
    correlationId: string,
    credential: Credential = 'key',
  ): Promise<Caller> {
    if (authorization === undefined) throw problem('auth.required')
    const secret = bearerToken(authorization)
    if (secret === undefined || prefixOf(secret, credential) === undefined) throw problem('auth.invalid')
    const known = await this.knownBy(secret, credential).catch((error: unknown) => {
      // A node that lost the database has lost the kill list as well: that is what refuses.
      throw isUnreachable(error) && !this.lease.live ? problem('kill.lease_stale', { cause: error }) : error
    })
    if (!known.caller || known.expiresAt <= this.clocks.wall()) throw problem('auth.invalid')
    return { ...known.caller, correlationId }
  }

  /** Forgets everything, after keys or people changed on this node. */
  forget(): void {
    this.known.clear()
  }

  /** Whoever decisions call by this pseudonym, with today's rights; null where that person is gone or disabled. */
  async callerOf(pseudonym: string, correlationId: string): Promise<Caller | null> {
    const row = await this.repository.principal(pseudonym)
    return row ? { ...knownCaller(row, scopesOf(row), null), correlationId } : null
  }

  /** Requests with the same key share one look-up; its age counts from when it began. */
  private knownBy(secret: string, credential: Credential): Promise<Known> {
    const hash = hashKey(secret)
    const digest = hash.toString('base64')
    const cached = this.known.get(digest)
    if (cached) return cached
    const looking = credential === 'key' ? this.lookUp(secret, hash) : this.lookUpToken(secret, hash)
    this.known.set(digest, looking)
    looking.catch(() => this.known.delete(digest))
    return looking
  }

  private async lookUp(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.key(prefixOf(secret)!)
    if (!row || !matchesHash(hash, row.hash)) return NOBODY
    const caller = knownCaller(row, effectiveScopes(row, row.key_scopes), row.key_id)
    return { caller, expiresAt: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY }
  }

  private async lookUpToken(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.token(prefixOf(secret, 'runtime_token')!)
    if (!row || !matchesHash(hash, row.hash) || row.expires_at === null) return NOBODY
    const { install_id: installId, extension, digest, permissions } = row
    const caller = knownCaller(row, effectiveScopes(row, row.key_scopes), row.key_id)
    return {
      caller: { ...caller, runtime: { installId, extension, digest, permissions } },
      expiresAt: row.expires_at.getTime(),
    }
  }
}
