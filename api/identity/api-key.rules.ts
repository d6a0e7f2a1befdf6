import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Credential } from '../platform/http/ports.js'

const FORMS: Readonly<Record<Credential, RegExp>> = {
  key: /^ghk_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/,
  runtime_token: /^ghr_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/,
}
const MARKS: Readonly<Record<Credential, string>> = { key: 'ghk', runtime_token: 'ghr' }
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

/** Makes a key `ghk_<8 letters or digits>_<43 base64url characters>`, or a runtime token `ghr_…` of the same form. */
export const newApiKey = (credential: Credential = 'key'): NewApiKey => {
  const prefix = Array.from({ length: PREFIX_LENGTH }, () => PREFIX_LETTERS[randomInt(PREFIX_LETTERS.length)]).join('')
  const secret = `${MARKS[credential]}_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { secret, prefix, hash: hashKey(secret) }
}

/** The prefix of a well-formed key, or of a runtime token where one is asked for; undefined for anything else. */
export const prefixOf = (secret: string, credential: Credential = 'key'): string | undefined =>
  FORMS[credential].exec(secret)?.[1]

/** Compares a presented key's hash with the kept one in constant time. */
export const matchesHash = (presented: Buffer, kept: Buffer): boolean =>
  presented.length === kept.length && timingSafeEqual(presented, kept)

/** The key in an Authorization header of scheme Bearer (RFC 6750 §2.1); undefined where the header is another's. */
export const bearerToken = (authorization: string): string | undefined => /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
