import { randomUUIDv7 } from 'node:crypto'
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import type {
  OwnCredentials as Shown,
  Passkey,
  PasskeyAdd,
  PasswordChange,
  RecoveryCodes,
  TotpConfirm,
  TotpOffer,
} from '#contract/api/local-accounts.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { hashKey } from '../../identity/api-key.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import { violatedConstraint } from '../../platform/database/unique-violation.js'
import type { Caller } from '../../platform/http/caller.js'
import { sealSecret, type KeyEncryptionKey } from '../../platform/keys/sealed-secret.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import type { Sessions } from '../sessions.service.js'
import type { PasswordHasher } from './argon2.js'
import { putPassword, putRecoveryCodes, putTotpSecret } from './credentials.repository.js'
import { countRecoveryCodes, findAccountOf, findOrganisation, type LocalAccount } from './local-accounts.repository.js'
import { endLocalSignIns, insertLocalSignIn, takeLocalSignIn, takeTotpStep } from './local-sign-ins.repository.js'
import { credentialIds, deletePasskey, insertPasskey, listPasskeys } from './passkeys.repository.js'
import { totpPlace } from './password-sign-in.service.js'
import { namesOf } from './password-tokens.rules.js'
import { soundPassword } from './password.rules.js'
import { newRecoveryCodes } from './recovery-codes.rules.js'
import { requireRelyingParty } from './relying-party-id.js'
import { newTotpSecret, stepOfCode, totpUri } from './totp.rules.js'

export interface OwnCredentialsParts {
  readonly database: Database
  readonly gate: GateService
  readonly sessions: Pick<Sessions, 'over'>
  readonly hasher: Pick<PasswordHasher, 'digest'>
  readonly kek: KeyEncryptionKey
  readonly publicUrl: PublicUrl
}

/** What somebody signs in by here, as they change it themselves: signed in, and proven a short while ago. */
export class OwnCredentials {
  constructor(private readonly parts: OwnCredentialsParts) {}

  /** What the caller has. */
  async show(caller: Caller): Promise<Shown> {
    const { principalId, tenantId } = identified(caller)
    const { database } = this.parts
    return database.inScope({ tenant: tenantId }, async (tx) => {
      const account = await findAccountOf(tx, principalId)
      const organisation = await findOrganisation(tx, { id: tenantId })
      return {
        ...{ allowed: organisation?.allowed ?? false, password: typeof account?.digest === 'string' },
        ...{ totp: Boolean(account?.totp_sealed), passkeys: await listPasskeys(tx, principalId) },
        recovery_codes_left: await countRecoveryCodes(tx, principalId),
      }
    })
  }

  /** Chooses a password; every session of theirs ends. Raises `request.invalid`, `sign_in.busy`, and what the gate refuses. */
  async password(caller: Caller, body: PasswordChange): Promise<Shown> {
    const { gate, hasher, sessions } = this.parts
    const { account, permit, names } = await this.permitted(caller)
    const digest = await hasher.digest(soundPassword(body.password, names))
    await gate.write(permit, (tx) => putPassword(tx, account.principal_id, digest))
    const shown = await this.show(caller)
    await endLocalSignIns(this.parts.database.records, account.principal_id)
    await sessions.over({ principal_id: account.principal_id }, 'the password was changed')
    return shown
  }

  /** A secret for an authenticator app. Raises what the gate refuses. */
  async offerTotp(caller: Caller): Promise<TotpOffer> {
    const { account } = await this.permitted(caller)
    const secret = newTotpSecret()
    return { secret, uri: totpUri(secret, account.email ?? account.name) }
  }

  /** Keeps the secret once the app shows its codes. Raises `request.invalid`, and what the gate refuses. */
  async confirmTotp(caller: Caller, { secret, code }: TotpConfirm): Promise<Shown> {
    const { database, gate, kek } = this.parts
    const { account, permit } = await this.permitted(caller)
    const { principal_id } = account
    const step = stepOfCode(secret, code, Date.now())
    if (step === undefined || !(await takeTotpStep(database.records, principal_id, step)))
      throw problem('request.invalid', {
        errors: [{ pointer: '/code', detail: 'is not what the app shows now, or was used: wait for the next one' }],
      })
    const sealed = sealSecret(kek, secret, totpPlace(principal_id))
    await gate.write(permit, (tx) => putTotpSecret(tx, principal_id, sealed))
    return this.show(caller)
  }

  /** Other recovery codes. Raises what the gate refuses. */
  async recoveryCodes(caller: Caller): Promise<RecoveryCodes> {
    const { account, permit } = await this.permitted(caller)
    const { codes, hashes } = newRecoveryCodes(account.principal_id)
    await this.parts.gate.write(permit, (tx) => putRecoveryCodes(tx, account.principal_id, hashes))
    return { codes }
  }

  /** What a browser makes a passkey by. Raises `sign_in.passkeys_unavailable`, and what the gate refuses. */
  async offerPasskey(caller: Caller) {
    const { database, publicUrl } = this.parts
    const { account } = await this.permitted(caller)
    const { id: rpID } = requireRelyingParty(publicUrl)
    const ids = await database.inScope({ tenant: account.tenant_id }, (tx) => credentialIds(tx, account.principal_id))
    const options = await generateRegistrationOptions({
      ...{ rpName: 'Gatehouse', rpID, userName: account.email ?? account.name, userDisplayName: account.name },
      ...{ userID: new Uint8Array(Buffer.from(account.principal_id)), attestationType: 'none' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: ids.map((id) => ({ id })),
    })
    // One at a time for each session: the newest counts.
    await takeLocalSignIn(database.records, enrolmentOf(caller))
    const row = { tenant_id: account.tenant_id, principal_id: account.principal_id, challenge: options.challenge }
    await insertLocalSignIn(database.records, enrolmentOf(caller), {
      ...{ ...row, totp_sealed: null, return_to: '/auth/account', session_id: null },
    })
    return options
  }

  /** Keeps a passkey. Raises `request.invalid`, `already_exists`, and what the gate refuses. */
  async addPasskey(caller: Caller, { name, response }: PasskeyAdd): Promise<Passkey> {
    const { database, gate } = this.parts
    const { account, permit } = await this.permitted(caller)
    const underWay = await takeLocalSignIn(database.records, enrolmentOf(caller))
    const made = await this.made(response, underWay?.challenge ?? '')
    const row = {
      ...{ id: randomUUIDv7(), principal_id: account.principal_id, name, credential_id: made.credential.id },
      ...{ public_key: made.credential.publicKey, backed_up: made.credentialBackedUp },
      transports: (made.credential.transports ?? []).slice(0, 10),
    }
    return gate
      .write(permit, (tx) => insertPasskey(tx, row))
      .catch((error: unknown) => Promise.reject(known(error) as Error))
  }

  /** Lets a passkey go. Raises `not_found`, `conflict` where it is the last second factor, and what the gate refuses. */
  async removePasskey(caller: Caller, id: string): Promise<Shown> {
    const { account, permit } = await this.permitted(caller)
    const { principal_id: principalId } = account
    const { passkeys } = await this.show(caller)
    if (!passkeys.some((each) => each.id === id)) throw problem('not_found')
    if (!(await this.parts.gate.write(permit, (tx) => deletePasskey(tx, { id, principalId }))))
      throw problem('wrong_state', { detail: 'It is your last second factor: add another one first' })
    return this.show(caller)
  }

  private async made(response: PasskeyAdd['response'], expectedChallenge: string) {
    const { id, origin } = requireRelyingParty(this.parts.publicUrl)
    const detail = 'is not a passkey that was asked for, made for this address, with its user verified'
    const wrong = (cause?: unknown) => problem('request.invalid', { errors: [{ pointer: '/response', detail }], cause })
    const given = response as Parameters<typeof verifyRegistrationResponse>[0]['response']
    const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true }
    const { verified, registrationInfo } = await verifyRegistrationResponse({ response: given, ...expected }).catch(
      (error: unknown) => Promise.reject(wrong(error)),
    )
    if (!verified || !registrationInfo) throw wrong()
    return registrationInfo
  }

  private async permitted(caller: Caller) {
    const { database, gate } = this.parts
    const { principalId, tenantId } = identified(caller)
    const [account, organisation] = await database.inScope({ tenant: tenantId }, async (tx) => [
      await findAccountOf(tx, principalId),
      await findOrganisation(tx, { id: tenantId }),
    ])
    const local_account = {
      allowed: organisation?.allowed ?? false,
      active: account?.active ?? false,
      proven: true,
      owner: account?.owner ?? false,
    }
    const resource = { kind: 'local_account', id: principalId, tenant_id: tenantId, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId }
    const permit = gate.requireAllow(
      await gate.decide('account.change', adminFacts(caller, resource, { local_account }), about),
    )
    if (!account || !organisation) throw problem('not_found')
    return { account: account satisfies LocalAccount, permit, names: namesOf(account, organisation) }
  }
}

const identified = ({ principalId, tenantId }: Caller) => {
  if (principalId === null || tenantId === null) throw problem('auth.required')
  return { principalId, tenantId }
}
/** Under which the challenge of a new passkey waits. */
const enrolmentOf = ({ session }: Caller) => hashKey(`passkey of ${session?.id ?? ''}`)
const known = (error: unknown): unknown =>
  violatedConstraint(error) === 'passkey_credential_id_key'
    ? problem('already_exists', { errors: [{ pointer: '/response/id', detail: 'is kept already' }] })
    : error
