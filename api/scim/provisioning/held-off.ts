import { ScimError } from '../protocol/scim-error.js'

/** Raised by a guard to hold a request off: 429, and the identity provider sends it again (RFC 6585, section 4). */
export class HeldOff extends ScimError {
  readonly headers: Readonly<Record<string, string>>

  /** @param retryAfter seconds */
  constructor(detail: string, retryAfter: number) {
    super(429, detail)
    this.headers = { 'retry-after': String(retryAfter) }
  }
}
