import { randomUUIDv7 } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Session, SessionsEnded } from '#contract/api/sign-in.js'
import { problem } from '#contract/problems.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import { newApiKey } from '../identity/api-key.rules.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { heldRoles } from '../identity/held-roles.js'
import { findPerson } from '../identity/people.repository.js'
import { roleGrant, scopesOf } from '../identity/scopes.rules.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller, SessionClient } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import {
  endSessions,
  findSession,
  findWhole,
  insertSession,
  listSessions,
  noteUse,
  rotateCookie,
  type Authentication,
  type Ending,
  type KeptSession,
  type SessionLimits,
} from './sessions.repository.js'

export interface SessionsParts {
  readonly database: Database
  readonly gate: GateService
  readonly callers: Callers
  readonly limits: SessionLimits
}

/** Who signed in, by which provider (none where it was here), and what holds the session. */
export interface SignedIn {
  readonly tenant_id: string
  readonly principal_id: string
  readonly provider_id: string | null
  readonly client: SessionClient
  readonly label: string
  /** By which the sign-in was let in. */
  readonly decision_id: string | null
  /** Thumbprint of the key that its tokens are bound to; none where absent. */
  readonly jkt?: string | null
  readonly authentication: Authentication
}

/** What a command calls itself, and the key that it proved. */
export interface ForCommand {
  readonly label: string
  readonly jkt: string | null
}

/** A session with its secrets, which are told this once. */
export interface BegunSession {
  readonly session: KeptSession
  readonly secret: string
  readonly refreshToken: string | null
}

const NOTED_EVERY_MS = 60_000
const MAX_NOTED = 10_000

/** Sessions of people: begun by a sign-in, ended by themselves, by others, by limits. */
export class Sessions {
  /** Which were noted as used in the last minute. */
  private readonly noted = new LRUCache<string, true>({ max: MAX_NOTED, ttl: NOTED_EVERY_MS })

  constructor(private readonly parts: SessionsParts) {
    parts.callers.onSessionUsed((id) => this.used(id))
  }

  /** The caller's own sessions. */
  own(caller: Caller, query: { limit: number; cursor?: string | undefined }) {
    return this.of(caller, principalOf(caller), query)
  }

  /** Sessions of a person that the caller can see. */
  of(caller: Caller, principalId: string, query: { limit: number; cursor?: string | undefined }) {
    return pageBy(query, async (page) =>
      (await this.parts.database.inScope(scopeOf(caller), (tx) => listSessions(tx, principalId, page))).map((session) =>
        shown(session, caller),
      ),
    )
  }

  /** The session that the caller came with. Raises `auth.required` for a key. */
  async current(caller: Caller): Promise<Session> {
    if (!caller.session) throw problem('auth.required', { detail: 'An API key has no session' })
    const { id } = caller.session
    const session = await this.parts.database.inScope(scopeOf(caller), (tx) => findSession(tx, id))
    if (!session) throw problem('auth.session_ended')
    return shown(session, caller)
  }

  /** Begins a session with fresh secrets: nothing that was there before the sign-in is taken over. */
  async begin({ authentication, jkt = null, ...who }: SignedIn, until: Date | null = null): Promise<BegunSession> {
    const { secret, prefix, hash } = newApiKey('session')
    const refresh = who.client === 'cli' ? newApiKey('refresh_token', prefix) : null
    const row = {
      ...who,
      ...authentication,
      id: randomUUIDv7(),
      prefix,
      hash,
      jkt,
      refresh_hash: refresh?.hash ?? null,
    }
    const session = await insertSession(this.parts.database.records, row, { ...this.parts.limits, until })
    return { session, secret, refreshToken: refresh?.secret ?? null }
  }

  /** Begins a session for a command, of whoever is signed in in a browser, for no longer than that one. Undefined where that ended. */
  async beginFrom(sessionId: string, { label, jkt }: ForCommand): Promise<BegunSession | undefined> {
    const from = await findWhole(this.parts.database.records, sessionId)
    if (!from) return undefined
    const { tenant_id, principal_id, provider_id, issuer, subject, sid, acr, second_factor, auth_time, decision_id } =
      from
    const authentication = { issuer, subject, sid, acr, second_factor, auth_time }
    const who = { tenant_id, principal_id, provider_id, client: 'cli', label, decision_id, authentication } as const
    return this.begin({ ...who, jkt }, from.expires_at)
  }

  /** Another secret for the cookie of the caller's session; undefined where it got one just now. */
  async rotate({ session }: Caller, presented: string): Promise<string | undefined> {
    if (session?.client !== 'browser') return undefined
    const { secret, hash } = newApiKey('session', presented.slice('ghs_'.length, 'ghs_'.length + 8))
    return (await rotateCookie(this.parts.database.records, session.id, hash)) ? secret : undefined
  }

  /** Ends one of the caller's own sessions. Raises `not_found`. */
  async end(caller: Caller, id: string): Promise<Session> {
    const session = await this.parts.database.inScope(scopeOf(caller), (tx) => findSession(tx, id))
    if (!session || session.principal_id !== caller.principalId) throw problem('not_found')
    await this.allow('session.end', caller, { ...session, role_grant: null })
    await this.over({ id }, 'ended by its person')
    return shown(session, caller)
  }

  /** Ends the session that the caller came with. Raises `auth.required` for a key. */
  async leave(caller: Caller): Promise<SessionsEnded> {
    await this.end(caller, (await this.current(caller)).id)
    return { ended: 1 }
  }

  /** Ends every session of a person: at once on this node, within a second on every other. Raises `not_found`, and what the gate refuses. */
  async revoke(caller: Caller, principalId: string): Promise<SessionsEnded> {
    const { database } = this.parts
    const scope = scopeOf(caller)
    const person = await database.read(scope, (tx) => findPerson(tx, principalId))
    if (!person) throw problem('not_found')
    // Signing others out is weighed like granting what they may do, so that nobody locks out those who may do more.
    const scopes = scopesOf(await heldRoles({ database, scope }, person, 'all'))
    const role_grant = roleGrant(caller, person.roles, scopes)
    const own = principalId === caller.principalId
    // Of one's own the log names nobody but the pseudonym: what it says twice would lead from one to the other.
    const about = own ? { ...person, id: person.pseudonym, role_grant: null } : { ...person, role_grant }
    await this.allow(own ? 'session.end' : 'session.revoke', caller, about)
    return { ended: await this.over({ principal_id: principalId }, 'revoked') }
  }

  /** Ends sessions; this node forgets them at once. */
  async over(ending: Ending, because: string): Promise<number> {
    const ended = await endSessions(this.parts.database.records, ending, because)
    this.parts.callers.forget()
    return ended
  }

  /** A step-up raises the session of the same person: it is ended, and another begun. Raises `sign_in.failed` for somebody else's. */
  async raise(sessionId: string, principalId: string): Promise<void> {
    const ended = await this.over({ id: sessionId, principal_id: principalId }, 'raised by a step-up')
    if (ended === 0) throw problem('sign_in.failed', { detail: 'Somebody else signed in than the session belongs to' })
  }

  private async allow(
    action: 'session.end' | 'session.revoke',
    caller: Caller,
    { id, tenant_id, role_grant }: { id: string; tenant_id: string; role_grant: AdminFacts['role_grant'] },
  ): Promise<void> {
    const resource = { kind: 'session', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const facts = adminFacts(caller, resource, { role_grant })
    this.parts.gate.requireAllow(await this.parts.gate.decide(action, facts, about))
  }

  private used(id: string): void {
    if (this.noted.has(id)) return
    this.noted.set(id, true)
    // What is not noted is noted at the next use; a session ends too early rather than too late.
    noteUse(this.parts.database.records, id, this.parts.limits.idle).catch(() => this.noted.delete(id))
  }
}

const principalOf = ({ principalId }: Caller): string => {
  if (principalId === null) throw problem('auth.required')
  return principalId
}

const shown = (session: KeptSession, caller: Caller): Session => ({
  ...session,
  current: session.id === caller.session?.id,
})
