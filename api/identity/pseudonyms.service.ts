import { createHmac, createSecretKey, randomBytes } from 'node:crypto'

const LENGTH = 32
const KEY_BYTES = 32

/** What decisions and votes call somebody, and the key that it was made by. */
export interface NewPseudonym {
  readonly pseudonym: string
  readonly pseudonym_key: Uint8Array
}

/** Gives people keyed pseudonyms. Each person has a key of their own: erasing them deletes it, and nobody else's. */
export class Pseudonyms {
  /** `u_` and 32 hex digits of HMAC-SHA-256 over the principal's id, under 256 fresh bits: two columns of the principal's row. */
  of(principalId: string): NewPseudonym {
    const pseudonym_key = randomBytes(KEY_BYTES)
    // Given as bytes, the key costs Node five times as much.
    const digest = createHmac('sha256', createSecretKey(pseudonym_key)).update(principalId).digest('hex')
    return { pseudonym: `u_${digest.slice(0, LENGTH)}`, pseudonym_key }
  }
}
