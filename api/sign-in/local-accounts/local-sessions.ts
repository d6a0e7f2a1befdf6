import { problem } from '#contract/problems.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import { hasSecondFactor } from '../openid/second-factor.rules.js'
import type { BegunSession, Sessions } from '../sessions.service.js'
import type { Door } from './door.js'
import { findAccountOf, type LocalAccount, type Organisation } from './local-accounts.repository.js'

/** What the sessions of these sign-ins say who vouched. */
const LOCAL_ISSUER = 'urn:gatehouse:local'
/** By what somebody signed in: the acr of their session, and the methods (RFC 8176) that it stands for. */
const WAYS = {
  'urn:gatehouse:acr:password+otp': ['pwd', 'otp'],
  'urn:gatehouse:acr:password+recovery': ['pwd', 'otp'],
  // The authenticator verified its user: something had, and known or been.
  'urn:gatehouse:acr:passkey': ['pop', 'mfa'],
} as const
export type Way = keyof typeof WAYS

export interface LocalSessionsParts {
  readonly database: Database
  readonly door: Door
  readonly sessions: Pick<Sessions, 'begin' | 'raise'>
}
/** Somebody who proved who they are. */
export interface Proven {
  readonly caller: Caller
  readonly principalId: string
  readonly way: Way
  readonly label: string
  /** The session that is raised by it. */
  readonly raises: string | null
}

/** Sessions of people who signed in here. */
export class LocalSessions {
  constructor(private readonly parts: LocalSessionsParts) {}

  /** Who somebody is and where they belong, as of now. Raises `sign_in.failed`. */
  async whois(principalId: string): Promise<{ account: LocalAccount; organisation: Organisation }> {
    const { database, door } = this.parts
    const account = await database.inScope({ platform: true }, (tx) => findAccountOf(tx, principalId))
    if (!account) throw problem('sign_in.failed', { detail: 'The account is gone' })
    return { account, organisation: await door.organisation({ id: account.tenant_id }) }
  }

  /** Begins a session, as policy lets; `first` is written before it. Raises what the gate refuses. */
  async begin({ caller, principalId, way, label, raises }: Proven, first?: () => Promise<void>): Promise<BegunSession> {
    const { door, sessions } = this.parts
    const { account, organisation } = await this.whois(principalId)
    const { active, owner } = account
    const second_factor = hasSecondFactor({ amr: [...WAYS[way]] }, [])
    const local_account = { allowed: organisation.allowed, active, proven: second_factor, owner }
    const { decisionId: decision_id } = await door.permit('session.create', caller, {
      id: principalId,
      organisation,
      local_account,
    })
    await first?.()
    if (raises !== null) await sessions.raise(raises, principalId)
    return sessions.begin({
      ...{ tenant_id: organisation.id, principal_id: principalId, provider_id: null, client: 'browser' },
      ...{ label, decision_id },
      authentication: {
        ...{ issuer: LOCAL_ISSUER, subject: principalId, sid: null, acr: way, second_factor, auth_time: new Date() },
      },
    })
  }
}
