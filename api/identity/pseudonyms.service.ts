import { createHmac, type KeyObject } from 'node:crypto'

const LENGTH = 32

/** What decisions and votes call people: a keyed pseudonym, which says nothing without the key and the principal's row. */
export class Pseudonyms {
  constructor(private readonly key: KeyObject) {}

  /** `u_` and 32 hex digits of HMAC-SHA-256 over the principal's id. */
  of(principalId: string): string {
    return `u_${createHmac('sha256', this.key).update(principalId).digest('hex').slice(0, LENGTH)}`
  }
}
