import type { OAuthError } from '#contract/vocabulary.js'

/** Refuses in OAuth's own words, which its clients understand, instead of a problem. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal'
  constructor(
    readonly error: OAuthError,
    readonly description: string,
  ) {
    super(description)
  }
}
