import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
/** Steps that clocks may differ by, each way. */
const WINDOW = 1
const SECRET_BYTES = 20

/** A new secret of an authenticator app, in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    ...{ issuer: 'Gatehouse', label, algorithm: 'SHA1', digits: 6, period: PERIOD_S },
    secret: Secret.fromBase32(secret),
  })

/** What an authenticator app reads (otpauth URI): whose secret it is, by address and organisation. */
export const totpUri = (secret: string, label: string): string => totpOf(secret, label).toString()

/** The time step of which this is the code, or undefined where it is of none that counts now. `now` in milliseconds (RFC 6238). */
export const stepOfCode = (secret: string, code: string, now: number): number | undefined => {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta
}
