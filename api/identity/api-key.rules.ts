import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Credential } from '../platform/http/ports.js'

/** What a secret of this form is. */
export type SecretKind =
  | Exclude<Credential, 'any'>
  | 'session'
  | 'refresh_token'
  | 'invitation'
  | 'password_token'
  | 'client_secret'
  | 'service_token'

const secretForm = (mark: string) => ({ mark, form: new RegExp(`^${mark}_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$`) })
const FORMS: Readonly<Record<SecretKind, ReturnType<typeof secretForm>>> = {
  key: secretForm('ghk'),
  runtime_token: secretForm('ghr'),
  session: secretForm('ghs'),
  refresh_token: secretForm('ghf'),
  client_secret: secretForm('ghc'),
  service_token: secretForm('gha'),
  scim_token: secretForm('ghp'),
  invitation: secretForm('ghi'),
  password_token: secretForm('ghw'),
}
const PREFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const PREFIX_LENGTH = 8
const SECRET_BYTES = 32

/** A new API key: `secret` is shown once, `prefix` finds its row, `hash` is all that is kept. */
export interface NewApiKey {
  readonly secret: string
  readonly prefix: string
  readonly hash: Buffer
}

/** SHA-256 of the whole key. It carries 256 random bits, so a slow password hash would add nothing. */
export const hashKey = (secret: string): Buffer => hash('sha256', secret, 'buffer')

const newPrefix = (): string =>
  Array.from({ length: PREFIX_LENGTH }, () => PREFIX_LETTERS[randomInt(PREFIX_LETTERS.length)]).join('')

/**
 * Makes a key `ghk_<8 letters or digits>_<43 base64url characters>`, or another secret of the same form; under `prefix`
 * where its row has one already.
 */
export const newApiKey = (kind: SecretKind = 'key', prefix = newPrefix()): NewApiKey => {
  const secret = `${FORMS[kind].mark}_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { secret, prefix, hash: hashKey(secret) }
}

/** The prefix of a well-formed key, or of another secret where one is asked for; undefined for anything else. */
export const prefixOf = (secret: string, kind: SecretKind = 'key'): string | undefined =>
  FORMS[kind].form.exec(secret)?.[1]

/** Compares a presented key's hash with the kept one in constant time. */
export const matchesHash = (presented: Buffer, kept: Buffer): boolean =>
  presented.length === kept.length && timingSafeEqual(presented, kept)

/** The secret in an Authorization header, by the scheme Bearer (RFC 6750 §2.1) or with a proof of a key (RFC 9449 §7.1); undefined where the header is another's. */
export const presentedSecret = (authorization: string): { secret: string; proven: boolean } | undefined => {
  const [, scheme, secret] = /^(Bearer|DPoP) +(\S+) *$/i.exec(authorization) ?? []
  return scheme === undefined || secret === undefined ? undefined : { secret, proven: scheme.toLowerCase() === 'dpop' }
}
