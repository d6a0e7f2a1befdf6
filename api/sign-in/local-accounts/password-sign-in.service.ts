import { randomBytes } from 'node:crypto'
import { problem } from '#contract/problems.js'
import { hashKey } from '../../identity/api-key.rules.js'
import type { Attempts } from '../../platform/attempts/attempts.service.js'
import type { Whose } from '../../platform/attempts/attempts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import { openSecret, sealSecret, type KeyEncryptionKey } from '../../platform/keys/sealed-secret.js'
import type { BegunSession } from '../sessions.service.js'
import type { PasswordHasher } from './argon2.js'
import { enrolTotpSecret, putRecoveryCodes } from './credentials.repository.js'
import type { Door } from './door.js'
import type { KnownBrowsers } from './known-browsers.js'
import {
  findAccountOf,
  findByAddress,
  findRecoveryCode,
  type LocalAccount,
  type Organisation,
} from './local-accounts.repository.js'
import type { LocalSessions, Way } from './local-sessions.js'
import {
  countWrong,
  findLocalSignIn,
  insertLocalSignIn,
  takeLocalSignIn,
  takeRecoveryCode,
  takeTotpStep,
  type LocalSignIn,
} from './local-sign-ins.repository.js'
import { normalised } from './password.rules.js'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.rules.js'
import { newTotpSecret, stepOfCode, totpUri } from './totp.rules.js'

export interface PasswordSignInParts {
  readonly database: Database
  readonly gate: GateService
  readonly attempts: Attempts
  readonly hasher: Pick<PasswordHasher, 'matches'>
  readonly kek: KeyEncryptionKey
  readonly known: KnownBrowsers
  readonly door: Door
  readonly sessions: LocalSessions
}
/** The browser that somebody signs in in. */
export interface Browser {
  readonly caller: Caller
  /** As it is counted. */
  readonly address: string
  readonly label: string
  /** The cookie of a browser in which somebody signed in before. */
  readonly knownBy: string | undefined
}
export interface GivenPassword {
  readonly tenant: string
  readonly email: string
  readonly password: string
  readonly return_to: string
  readonly session_id: string | null
}
/** What an authenticator app is given where there is no second factor yet. */
export interface Offer {
  readonly secret: string
  readonly uri: string
}
/** The password was right: what the browser is known by now, and what it is asked for. */
export interface Halfway {
  readonly browser: string
  readonly offer: Offer | null
}
/** Somebody is signed in. `codes` are shown once, to whoever enrolled by this. */
export interface Entered {
  readonly begun: BegunSession
  readonly returnTo: string
  readonly known: string
  readonly codes: readonly string[]
}

/** Where the secret of somebody's authenticator app lies sealed. */
export const totpPlace = (principalId: string): string => `totp/${principalId}`
const wrong = (detail: string) => problem('sign_in.failed', { detail })

/** Signing in by a password, and then a second factor. */
export class PasswordSignIn {
  constructor(private readonly parts: PasswordSignInParts) {}

  /**
   * Takes a password. The way is the same for whoever has none here, and for who is nobody. Raises `sign_in.failed`,
   * `sign_in.too_many`, `sign_in.busy`, and what the gate refuses.
   */
  async password(browser: Browser, given: GivenPassword): Promise<Halfway> {
    const { database, attempts, hasher, door } = this.parts
    const organisation = await door.organisation({ slug: given.tenant })
    await door.knock(browser.caller, organisation)
    const account = await database.inScope({ tenant: organisation.id }, (tx) =>
      findByAddress(tx, { tenantId: organisation.id, email: given.email }),
    )
    const attempt = await attempts.begin([
      { kind: 'address', of: browser.address },
      // By the address as it is kept, since databases fold case in more ways than one.
      this.accountOf(browser, organisation, {
        email: account?.email ?? given.email,
        principalId: account?.principal_id,
      }),
    ])
    const right = await hasher.matches(normalised(given.password), account?.digest ?? null)
    if (!right || !account) throw wrong('Address or password is wrong')
    await attempt.succeeded()
    return this.halfway(account, given)
  }

  /** What is offered to whoever has no second factor yet, once more; null where they have one. */
  async offered(browser: string): Promise<Offer | null> {
    const { database } = this.parts
    const underWay = await findLocalSignIn(database.records, hashKey(browser))
    if (!underWay?.principal_id) throw wrong('It was begun too long ago, ended already, or never begun')
    const account = await database.inScope({ platform: true }, (tx) => findAccountOf(tx, underWay.principal_id!))
    return account && underWay.totp_sealed ? this.offerOf(account, underWay.totp_sealed) : null
  }

  /**
   * Takes a code: of the authenticator app, or a recovery code. Raises `sign_in.failed`, `sign_in.too_many`, and what the gate
   * refuses.
   */
  async secondFactor(browser: Browser, cookie: string, code: string): Promise<Entered> {
    const { database, attempts, known } = this.parts
    const hash = hashKey(cookie)
    const underWay = await findLocalSignIn(database.records, hash)
    const principalId = underWay?.principal_id
    if (!underWay || !principalId || underWay.challenge !== null)
      throw wrong('It was begun too long ago, ended already, or never begun')
    const nonce = known.nonceOf(browser.knownBy, principalId)
    const factor = { kind: 'factor', of: nonce === undefined ? principalId : `${principalId}\0${nonce}` } as const
    const attempt = await attempts.begin([{ kind: 'address', of: browser.address }, factor])
    const { account, organisation } = await this.parts.sessions.whois(principalId)
    const way = await this.wayOf(account, underWay, code)
    if (way === null) {
      await countWrong(database.records, hash)
      throw wrong('The code is wrong, or was used')
    }
    if (!(await takeLocalSignIn(database.records, hash))) throw wrong('It ended already')
    const codes = underWay.totp_sealed ? newRecoveryCodes(principalId) : null
    const begun = await this.parts.sessions.begin(
      { ...browser, principalId, way, raises: underWay.session_id },
      codes === null
        ? undefined
        : () => this.enrol(browser.caller, { account, organisation, underWay, hashes: codes.hashes }),
    )
    await attempt.succeeded({ forget: true })
    await attempts.forget(this.accountOf(browser, organisation, { email: account.email ?? '', principalId }))
    return { begun, returnTo: underWay.return_to, known: known.cookieFor(principalId), codes: codes?.codes ?? [] }
  }

  /** Whose password is tried. A browser in which they signed in before is counted apart. */
  private accountOf(
    { knownBy }: Browser,
    { id }: Organisation,
    { email, principalId }: { readonly email: string; readonly principalId: string | undefined },
  ): Whose {
    const nonce = this.parts.known.nonceOf(knownBy, principalId)
    return { kind: 'account', of: `${id}\0${email.toLowerCase()}${nonce === undefined ? '' : `\0${nonce}`}` }
  }

  private async halfway(account: LocalAccount, { return_to, session_id }: GivenPassword): Promise<Halfway> {
    const { database, kek } = this.parts
    const { principal_id, tenant_id } = account
    // A passkey is a second factor as well, and signs in without the password: nothing is enrolled over it.
    const offers = account.totp_sealed === null && account.passkeys === 0
    const totp_sealed = offers ? sealSecret(kek, newTotpSecret(), totpPlace(principal_id)) : null
    const browser = randomBytes(32).toString('base64url')
    const row = { tenant_id, principal_id, challenge: null, totp_sealed, return_to, session_id }
    await insertLocalSignIn(database.records, hashKey(browser), row)
    return { browser, offer: totp_sealed && this.offerOf(account, totp_sealed) }
  }

  private offerOf({ principal_id, email, name }: LocalAccount, sealed: Buffer): Offer {
    const secret = openSecret(this.parts.kek, sealed, totpPlace(principal_id))
    return { secret, uri: totpUri(secret, email ?? name) }
  }

  private async wayOf(account: LocalAccount, underWay: LocalSignIn, typed: string): Promise<Way | null> {
    const { database, kek } = this.parts
    const { principal_id, tenant_id } = account
    const code = typed.replaceAll(/\s/g, '')
    const sealed = underWay.totp_sealed ?? account.totp_sealed
    if (/^\d{6}$/.test(code)) {
      const step = sealed ? stepOfCode(openSecret(kek, sealed, totpPlace(principal_id)), code, Date.now()) : undefined
      const taken = step !== undefined && (await takeTotpStep(database.records, principal_id, step))
      return taken ? 'urn:gatehouse:acr:password+otp' : null
    }
    const hash = underWay.totp_sealed ? undefined : recoveryCodeHash(typed, principal_id)
    const codeId =
      hash && (await database.inScope({ tenant: tenant_id }, (tx) => findRecoveryCode(tx, principal_id, hash)))
    const taken = codeId !== undefined && (await takeRecoveryCode(database.records, codeId, tenant_id))
    return taken ? 'urn:gatehouse:acr:password+recovery' : null
  }

  private async enrol(
    caller: Caller,
    part: {
      readonly account: LocalAccount
      readonly organisation: Organisation
      readonly underWay: LocalSignIn
      readonly hashes: readonly Buffer[]
    },
  ): Promise<void> {
    const { account, organisation, underWay, hashes } = part
    const { principal_id: id, active, owner } = account
    const local_account = { allowed: organisation.allowed, active, proven: true, owner }
    const permit = await this.parts.door.permit('account.enrol', caller, { id, organisation, local_account })
    await this.parts.gate.write(permit, async (tx) => {
      // Whoever enrolled faster keeps what they enrolled: a password alone replaces no second factor.
      if (!(await enrolTotpSecret(tx, id, underWay.totp_sealed!)))
        throw wrong('There is a second factor already: begin again')
      await putRecoveryCodes(tx, id, hashes)
    })
  }
}
