/** Errors that OAuth names: RFC 6749 §5.2, RFC 8628 §3.5, RFC 8693 §2.2.2, and OpenID Connect Back-Channel Logout 1.0 §2.8. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'unauthorized_client'
  | 'invalid_scope'
  | 'invalid_target'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'

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
