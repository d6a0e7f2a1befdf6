import { LRUCache } from 'lru-cache'
import { problem } from '#contract/problems.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { isUnreachable } from '../platform/database/unreachable.js'
import type { Caller } from '../platform/http/caller.js'
import type { CallerResolver, CookieRequest, Credential, Presentation } from '../platform/http/ports.js'
import { hashKey, matchesHash, prefixOf, presentedSecret, type SecretKind } from './api-key.rules.js'
import type { CallerRepository } from './caller.repository.js'
import { csrfTokenOf, knownCaller, sessionCaller, type KnownCaller } from './caller.rules.js'
import { boundRefused, proofRefused } from './proofs/challenge.rules.js'
import { ProofRefused } from './proofs/proof.rules.js'
import type { Proofs } from './proofs/proofs.service.js'
import { rightsOf, tokenScopes } from './scopes.rules.js'

/** Which secrets stand for what a request has to come with. */
const KINDS: Readonly<Record<Credential, readonly SecretKind[]>> = {
  key: ['key', 'session', 'service_token'],
  runtime_token: ['runtime_token'],
  scim_token: ['scim_token'],
  any: ['key', 'session', 'service_token', 'scim_token'],
}

/** How long another node may go on accepting a key that was revoked. */
const TTL_MS = 1_000
const MAX_KEYS = 10_000

/** What a presented key came to; `caller` is null where it is nobody's. */
interface Known {
  readonly caller: KnownCaller | null
  readonly expiresAt: number
  /** Thumbprint of the key that it is bound to (RFC 9449, section 6). */
  readonly jkt?: string | null
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
  private readonly watchers: ((sessionId: string) => void)[] = []
  private readonly keyWatchers: ((keyId: string, tenantId: string) => void)[] = []

  constructor(
    private readonly repository: Pick<
      CallerRepository,
      'key' | 'token' | 'scimToken' | 'session' | 'serviceToken' | 'principal'
    >,
    private readonly clocks: ResolverClocks = SYSTEM_CLOCKS,
    private readonly lease: Pick<KillState, 'live'> = { live: true },
    private readonly proofs: Pick<Proofs, 'ofBound'> | null = null,
  ) {
    this.known = new LRUCache({ max: MAX_KEYS, ttl: TTL_MS, ttlResolution: 0, perf: clocks.monotonic })
  }

  /** Takes API keys, or runtime tokens where those are asked for: never one for the other. Raises `auth.required` without credentials, `kill.lease_stale` where nobody can be looked up any more, `auth.invalid` where they are wrong, revoked, expired or disabled, `auth.token_bound` and `auth.proof_invalid` where a token is bound to a key that is not proven. */
  async resolve(authorization: string | undefined, correlationId: string, how: Presentation = {}): Promise<Caller> {
    if (authorization === undefined) throw problem('auth.required')
    const { secret, proven } = presentedSecret(authorization) ?? {}
    const kind = KINDS[how.credential ?? 'key'].find(
      (each) => secret !== undefined && prefixOf(secret, each) !== undefined,
    )
    if (secret === undefined || kind === undefined) throw problem('auth.invalid')
    const { caller, jkt = null } = await this.countingBy(secret, kind)
    // A proof says nothing of what is bound to no key: it is not taken for one that does.
    if (caller === null || caller.session?.client === 'browser' || (proven && jkt === null))
      throw problem(kind === 'session' ? 'auth.session_ended' : 'auth.invalid')
    if (jkt !== null) await this.provenBy({ token: secret, jkt }, proven === true, how)
    return { ...caller, correlationId }
  }

  /**
   * Takes the cookie of a browser's session, which no command's token can stand for, nor it for one. Raises
   * `auth.session_ended`, and `auth.csrf` where a request that changes something lacks the session's token.
   */
  async resolveCookie({ secret, unsafe, csrfToken }: CookieRequest, correlationId: string): Promise<Caller> {
    const wellFormed = prefixOf(secret, 'session') !== undefined
    const { caller } = wellFormed ? await this.countingBy(secret, 'session') : NOBODY
    if (caller?.session?.client !== 'browser') throw problem('auth.session_ended')
    if (unsafe && !matchesHash(hashKey(csrfToken ?? ''), hashKey(csrfTokenOf(secret)))) throw problem('auth.csrf')
    return { ...caller, correlationId }
  }

  /** Tells of each session that is used, at most once a second for each. */
  onSessionUsed(watcher: (sessionId: string) => void): void {
    this.watchers.push(watcher)
  }

  /** Tells of each API key that is used, at most once a second for each. */
  onKeyUsed(watcher: (keyId: string, tenantId: string) => void): void {
    this.keyWatchers.push(watcher)
  }

  private async provenBy(
    bound: { token: string; jkt: string },
    proven: boolean,
    { request, mustWork = false }: Presentation,
  ): Promise<void> {
    if (!proven || !request || !this.proofs) throw boundRefused()
    await this.proofs.ofBound(request, { ...bound, mustWork }).catch((error: unknown) => {
      throw error instanceof ProofRefused ? proofRefused(error) : error
    })
  }

  private async countingBy(secret: string, kind: SecretKind): Promise<Known> {
    const known = await this.knownBy(secret, kind).catch((error: unknown) => {
      // A node that lost the database has lost the kill list as well: that is what refuses.
      throw isUnreachable(error) && !this.lease.live ? problem('kill.lease_stale', { cause: error }) : error
    })
    return known.expiresAt > this.clocks.wall() ? known : NOBODY
  }

  /** Forgets everything, after keys or people changed on this node. */
  forget(): void {
    this.known.clear()
  }

  /** Whoever decisions call by this pseudonym, with today's rights; null where that person is gone or disabled. */
  async callerOf(pseudonym: string, correlationId: string): Promise<Caller | null> {
    const row = await this.repository.principal(pseudonym)
    return row ? { ...knownCaller(row, rightsOf(row), null), correlationId } : null
  }

  /** Requests with the same key share one look-up; its age counts from when it began. */
  private knownBy(secret: string, kind: SecretKind): Promise<Known> {
    const hash = hashKey(secret)
    const digest = hash.toString('base64')
    const cached = this.known.get(digest)
    if (cached) return cached
    const looking = this.find(kind, secret, hash)
    this.known.set(digest, looking)
    looking.catch(() => this.known.delete(digest))
    return looking
  }

  private find(kind: SecretKind, secret: string, hash: Buffer): Promise<Known> {
    switch (kind) {
      case 'key':
        return this.lookUp(secret, hash)
      case 'runtime_token':
        return this.lookUpToken(secret, hash)
      case 'session':
        return this.lookUpSession(secret, hash)
      case 'scim_token':
        return this.lookUpScimToken(secret, hash)
      case 'service_token':
        return this.lookUpServiceToken(secret, hash)
      case 'refresh_token':
      case 'client_secret':
      case 'invitation':
      case 'password_token':
        return Promise.resolve(NOBODY)
    }
  }

  private async lookUpSession(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.session(prefixOf(secret, 'session')!)
    if (!row || ![row.hash, row.previous_hash].some((kept) => kept && matchesHash(hash, kept))) return NOBODY
    for (const watcher of this.watchers) watcher(row.session_id)
    const caller = sessionCaller(row, rightsOf(row), this.clocks.wall())
    return { caller, expiresAt: row.expires_at.getTime(), jkt: row.jkt }
  }

  private async lookUp(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.key(prefixOf(secret)!)
    if (!row || !matchesHash(hash, row.hash)) return NOBODY
    for (const watcher of this.keyWatchers) watcher(row.key_id, row.tenant_id)
    const caller = knownCaller(row, rightsOf(row, row.key_scopes), row.key_id)
    return { caller, expiresAt: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY }
  }

  private async lookUpScimToken(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.scimToken(prefixOf(secret, 'scim_token')!)
    if (!row || !matchesHash(hash, row.hash)) return NOBODY
    const { connection_id: connectionId, token_id: tokenId, quirks, may_adopt: mayAdopt, preview, schemas } = row
    const caller = knownCaller(row, rightsOf(row, ['scim:provision']), null)
    return {
      caller: { ...caller, scim: { connectionId, tokenId, quirks, mayAdopt, preview, schemas } },
      expiresAt: row.expires_at.getTime(),
    }
  }

  private async lookUpServiceToken(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.serviceToken(prefixOf(secret, 'service_token')!)
    if (!row || !matchesHash(hash, row.hash) || row.expires_at === null) return NOBODY
    const rights = { ...rightsOf(row, row.key_scopes), scopes: tokenScopes(row, row.key_scopes) }
    return { caller: knownCaller(row, rights, null), expiresAt: row.expires_at.getTime(), jkt: row.jkt }
  }

  private async lookUpToken(secret: string, hash: Buffer): Promise<Known> {
    const row = await this.repository.token(prefixOf(secret, 'runtime_token')!)
    if (!row || !matchesHash(hash, row.hash) || row.expires_at === null) return NOBODY
    const { install_id: installId, workspace_id: workspaceId, extension, digest, permissions } = row
    const caller = knownCaller(row, rightsOf(row, row.key_scopes), row.key_id)
    return {
      caller: { ...caller, runtime: { installId, workspaceId, extension, digest, permissions } },
      expiresAt: row.expires_at.getTime(),
    }
  }
}
