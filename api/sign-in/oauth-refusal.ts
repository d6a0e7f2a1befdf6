import type { OAuthError } from '#contract/vocabulary.js'

/** What a description may not hold (RFC 6749, section 5.2), or is no use in one. */
const UNSPEAKABLE = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/g
const LONGEST = 500

/** Refuses in OAuth's own words, which its clients understand, instead of a problem. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal'
  /** What is wrong and what to do, fit to be sent: it may name what was asked for. */
  readonly description: string
  constructor(
    readonly error: OAuthError,
    description: string,
  ) {
    super(description)
    this.description = description.replaceAll(UNSPEAKABLE, '?').slice(0, LONGEST)
  }
}
