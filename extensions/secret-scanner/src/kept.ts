import * as kv from 'gatehouse:extension/kv@0.1.0'
import * as random from 'gatehouse:extension/random@0.1.0'
import { decodeUtf8, encodeUtf8, hex, hmacSha256 } from '@gatehouse/sdk'

const KEY = 'key'
const KEY_BYTES = 32
const ALLOWED = 'allowed/'
const DIGITS = 16

/** Why somebody let a credential stand, and since when. */
export interface Allowance {
  readonly reason: string
  /** RFC 3339. */
  readonly since: string
}

/** This install's own key, made on its first scan. Of two scans that make one at once, the first one's holds. */
const ownKey = (): Uint8Array => {
  const kept = kv.get(KEY)
  if (kept) return kept
  const value = random.bytes(KEY_BYTES)
  try {
    kv.transact([{ tag: 'put', val: { key: KEY, value, expect: { tag: 'absent' } } }])
    return value
  } catch (error) {
    const first = kv.get(KEY)
    if (first) return first
    throw error
  }
}

/** Tells credentials apart without giving any away. Throws host errors. */
export const fingerprints = (): ((secret: string) => string) => {
  const key = ownKey()
  return (secret) => hex(hmacSha256(key, encodeUtf8(secret))).slice(0, DIGITS)
}

/** Fingerprints that are allowed. */
export const allowed = (): Set<string> => new Set(kv.list(ALLOWED).map((key) => key.slice(ALLOWED.length)))

/** All that is allowed, with the reasons. */
export const allowances = (): ({ readonly fingerprint: string } & Allowance)[] =>
  [...allowed()].flatMap((fingerprint) => {
    const kept = kv.get(ALLOWED + fingerprint)
    return kept ? [{ fingerprint, ...(JSON.parse(decodeUtf8(kept)) as Allowance) }] : []
  })

/** Lets what has this fingerprint stand. */
export const allow = (fingerprint: string, allowance: Allowance): void =>
  kv.set(ALLOWED + fingerprint, encodeUtf8(JSON.stringify(allowance)))

/** Lets it stand no more; what was not allowed stays that. */
export const disallow = (fingerprint: string): void => kv.delete(ALLOWED + fingerprint)
