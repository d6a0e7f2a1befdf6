import type { JWK } from 'jose'
import * as oauth from 'openid-client'
import { CLI_CLIENT_ID } from '#contract/api/sign-in.js'
import type { KeptSignIn } from './store.js'

/** The service as the authorization server of this command (RFC 8414). Plain http only on this machine. */
export const authorizationServer = (origin: string): Promise<oauth.Configuration> => {
  const { protocol, hostname } = new URL(origin)
  const isHere = protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return oauth.discovery(new URL(origin), CLI_CLIENT_ID, undefined, oauth.None(), {
    algorithm: 'oauth2',
    execute: isHere ? [oauth.allowInsecureRequests] : [],
    [oauth.customFetch]: (url, options) =>
      fetch(url, {
        ...options,
        body: options.body ?? null,
        headers: { ...options.headers, 'user-agent': 'gatehouse' },
      }),
  })
}

type Tokens = oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers

/** What is kept of a token answer, with the key that was proven for it. Throws where the tokens are not bound to that key. */
export const signInOf = (tokens: Tokens, key: JWK | null): KeptSignIn => {
  if (key !== null && tokens.token_type !== 'dpop') throw new Error('The service did not bind the tokens to the key')
  return {
    ...(key && { key }),
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token ?? '',
    access_until: Date.now() + (tokens.expires_in ?? 0) * 1000,
    ends_at: Date.parse(String(tokens['session_expires_at'])),
  }
}

/** What an error of the authorization server says in words. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof oauth.ResponseBodyError) return error.error_description ?? error.error
  if (error instanceof oauth.AuthorizationResponseError) return error.error_description ?? error.error
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
