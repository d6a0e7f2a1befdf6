import { randomUUIDv7 } from 'node:crypto'
import type { PasswordReset, PasswordResetSent } from '#contract/api/local-accounts.js'
import { Problem, problem } from '#contract/problems.js'
import type { ApprovalMailer } from '../../approvals/approval-mailer.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { hashKey, matchesHash, newApiKey, prefixOf } from '../../identity/api-key.rules.js'
import { heldRoles } from '../../identity/held-roles.js'
import type { Invited } from '../../identity/invited.service.js'
import { findPerson } from '../../identity/people.repository.js'
import { roleGrant, scopesOf } from '../../identity/scopes.rules.js'
import { passwordPage } from '../../identity/password-page.js'
import type { Attempts } from '../../platform/attempts/attempts.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import type { Sessions } from '../sessions.service.js'
import type { PasswordHasher } from './argon2.js'
import { clearSecondFactors, insertPasswordToken, putPassword, usePasswordToken } from './credentials.repository.js'
import type { Door } from './door.js'
import {
  findByAddress,
  findPasswordToken,
  type KeptPasswordToken,
  type Organisation,
} from './local-accounts.repository.js'
import { endLocalSignIns } from './local-sign-ins.repository.js'
import type { LocalSessions } from './local-sessions.js'
import { namesOf, tokenMail } from './password-tokens.rules.js'
import { soundPassword } from './password.rules.js'

export interface PasswordTokensParts {
  readonly database: Database
  readonly gate: GateService
  readonly mailer: Pick<ApprovalMailer, 'enabled' | 'tell'>
  readonly attempts: Attempts
  readonly invited: Pick<Invited, 'byToken' | 'joinWith'>
  readonly hasher: Pick<PasswordHasher, 'digest'>
  readonly publicUrl: PublicUrl
  readonly door: Door
  readonly accounts: Pick<LocalSessions, 'whois'>
  readonly sessions: Pick<Sessions, 'over'>
  /** Told of what failed once the answer was given. */
  readonly onFault: (error: unknown) => void
}
interface Chosen {
  readonly token: string
  readonly password: string
  readonly name: string | null
}
interface Forgotten {
  /** Slug of the organisation. */
  readonly tenant: string
  readonly email: string
}
const LASTS_MS = 3_600_000

/** Tokens by which people choose a password: of an invitation, of a reset by an administrator, or by mail to whoever forgot theirs. */
export class PasswordTokens {
  constructor(private readonly parts: PasswordTokensParts) {}

  /** Lets a person choose a password. It is weighed like granting what they may do. Raises `not_found`, and what the gate refuses. */
  async reset(caller: Caller, id: string, { clear_second_factors }: PasswordReset): Promise<PasswordResetSent> {
    const { database, gate, door, sessions } = this.parts
    const scope = scopeOf(caller)
    const person = await database.read(scope, (tx) => findPerson(tx, id))
    if (person?.kind !== 'user') throw problem('not_found')
    const organisation = await door.organisation({ id: person.tenant_id })
    const role_grant = roleGrant(caller, person.roles, scopesOf(await heldRoles({ database, scope }, person, 'all')))
    const owner = person.roles.includes('owner')
    const local_account = { allowed: organisation.allowed, active: person.disabled_at === null, proven: true, owner }
    const resource = { kind: 'local_account', id, tenant_id: person.tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: person.tenant_id }
    const facts = adminFacts(caller, resource, { role_grant, local_account })
    const permit = gate.requireAllow(await gate.decide('account.reset', facts, about))
    const { row, page } = this.newToken(id, caller.actor.id)
    await gate.write(permit, async (tx) => {
      await insertPasswordToken(tx, row)
      if (clear_second_factors) await clearSecondFactors(tx, id)
    })
    if (clear_second_factors) {
      await endLocalSignIns(database.records, id)
      await sessions.over({ principal_id: id }, 'their second factors were taken away')
    }
    const delivery = await this.deliver(person, tokenMail(row.id, { cause: 'reset', organisation, page }))
    const shown = delivery === 'shown' ? page : null
    return { principal_id: id, expires_at: row.expires_at.toISOString(), delivery, page: shown }
  }

  /** Whether whoever forgot their password can be written to. */
  get mails(): boolean {
    return this.parts.mailer.enabled
  }

  /**
   * Has whoever stands under an address choose another password, by mail; their second factors stay. Whether there is anybody
   * is told by nothing, not even by how long it takes: it is looked for once the answer is given, and what fails then goes to
   * the log. Where no mail goes out nothing is done. Raises `sign_in.no_realm`, `sign_in.too_many`, and what the gate refuses.
   */
  async forgotten(caller: Caller, address: string, { tenant, email }: Forgotten): Promise<void> {
    const { door, attempts, onFault } = this.parts
    const organisation = await door.organisation({ slug: tenant })
    await door.knock(caller, organisation)
    const mails = { kind: 'account', of: `mail\0${organisation.id}\0${email.toLowerCase()}` } as const
    await attempts.begin([{ kind: 'address', of: address }, mails])
    if (!this.mails) return
    setImmediate(() => {
      // What policy refuses is on record.
      void this.writeTo(caller, organisation, email).catch(
        (error: unknown) => error instanceof Problem || onFault(error),
      )
    })
  }

  private async writeTo(caller: Caller, organisation: Organisation, email: string): Promise<void> {
    const { database, door, gate, mailer } = this.parts
    const { id: tenantId, allowed } = organisation
    const account = await database.inScope({ tenant: tenantId }, (tx) => findByAddress(tx, { tenantId, email }))
    if (!account?.email) return
    const { principal_id: id, active, owner, pseudonym } = account
    const local_account = { allowed, active, proven: false, owner }
    const permit = await door.permit('account.recover', caller, { id, organisation, local_account })
    const { row, page } = this.newToken(id, pseudonym)
    await gate.write(permit, (tx) => insertPasswordToken(tx, row))
    await mailer.tell({ id, email: account.email }, tokenMail(row.id, { cause: 'forgotten', organisation, page }))
  }

  private newToken(principalId: string, issued_by: string) {
    const { secret, prefix, hash } = newApiKey('password_token')
    const expires_at = new Date(Date.now() + LASTS_MS)
    const row = { id: randomUUIDv7(), principal_id: principalId, prefix, hash, expires_at, issued_by }
    return { row, page: passwordPage(this.parts.publicUrl.origin(), secret) }
  }

  /**
   * Chooses a password by a token, once; every session of the person ends. The organisation, to sign in to. Raises
   * `request.invalid` for a token of none and a password that anybody would try, `sign_in.too_many`, and what the gate refuses.
   */
  async choose(caller: Caller, address: string, chosen: Chosen): Promise<Organisation> {
    const attempt = await this.parts.attempts.begin([{ kind: 'address', of: address }])
    const organisation =
      prefixOf(chosen.token, 'invitation') === undefined
        ? await this.byReset(caller, chosen)
        : await this.byInvitation(caller, chosen)
    await attempt.succeeded()
    return organisation
  }

  private async byReset(caller: Caller, { token, password }: Chosen): Promise<Organisation> {
    const { gate, door, accounts, attempts, sessions } = this.parts
    const kept = await this.tokenOf(token)
    const { principal_id: id } = kept
    const { account, organisation } = await accounts.whois(id)
    const { active, owner } = account
    const local_account = { allowed: organisation.allowed, active, proven: kept.open, owner }
    const permit = await door.permit('account.enrol', caller, { id, organisation, local_account })
    const digest = await this.digestOf(password, namesOf(account, organisation))
    await gate.write(permit, async (tx) => {
      if (!(await usePasswordToken(tx, kept))) throw problem('conflict')
      await putPassword(tx, id, digest)
    })
    await endLocalSignIns(this.parts.database.records, id)
    await sessions.over({ principal_id: id }, 'another password was chosen')
    await attempts.forget({ kind: 'account', of: `${organisation.id}\0${(account.email ?? '').toLowerCase()}` })
    return organisation
  }

  private async byInvitation(caller: Caller, { token, password, name }: Chosen): Promise<Organisation> {
    const { door, invited } = this.parts
    const invitation = await invited.byToken(token)
    const organisation = await door.organisation({ id: invitation.tenant_id })
    const { allowed } = organisation
    const names = namesOf({ name: name ?? invitation.name ?? '', email: invitation.email }, organisation)
    const digest = allowed ? await this.digestOf(password, names) : ''
    await invited.joinWith(caller, { invitation, name, allowed }, (tx, id) => putPassword(tx, id, digest))
    return organisation
  }

  private digestOf(password: string, names: readonly string[]): Promise<string> {
    return this.parts.hasher.digest(soundPassword(password, names))
  }

  private async tokenOf(token: string): Promise<KeptPasswordToken> {
    const prefix = prefixOf(token, 'password_token')
    const kept =
      prefix && (await this.parts.database.inScope({ platform: true }, (tx) => findPasswordToken(tx, prefix)))
    if (kept && matchesHash(hashKey(token), Buffer.from(kept.hash))) return kept
    throw problem('request.invalid', {
      errors: [{ pointer: '/token', detail: 'is of nobody; ask an administrator for another one' }],
    })
  }

  private async deliver(
    { id, email }: { readonly id: string; readonly email: string | null },
    told: Parameters<ApprovalMailer['tell']>[1],
  ): Promise<PasswordResetSent['delivery']> {
    if (!this.parts.mailer.enabled || email === null) return 'shown'
    return this.parts.mailer.tell({ id, email }, told).then(
      () => 'mailed' as const,
      () => 'failed' as const,
    )
  }
}
