import type { IncomingHttpHeaders } from 'node:http'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import type { CookieRequest } from './ports.js'

/** What ties a sign-in under way to the browser that began it; `__Host-` as with the session's own. */
export const ATTEMPT_COOKIE = '__Host-gatehouse-sign-in'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The value of a cookie; undefined where there is none, or more than one of the name. */
export const cookieOf = ({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined => {
  const values = cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}

/** A Set-Cookie header. `maxAge` in seconds, 0 takes the cookie away; absent, it lasts as long as the browser. */
export const setCookie = (name: string, value: string, maxAge?: number): string =>
  [
    `${name}=${value}`,
    'Path=/',
    'Secure',
    'HttpOnly',
    'SameSite=Lax',
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
  ].join('; ')

/** The same cookie, to come with a form from elsewhere too: as a SAML provider's answer does. */
export const withForeignForms = (cookie: string): string => cookie.replace('SameSite=Lax', 'SameSite=None')

interface Request {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** The request of a browser's session; undefined where it has no such cookie. */
export const cookieRequest = ({ method, headers }: Request): CookieRequest | undefined => {
  const secret = cookieOf(headers, SESSION_COOKIE)
  const csrfToken = headers['x-csrf-token']
  return secret === undefined
    ? undefined
    : { secret, unsafe: !SAFE.has(method), csrfToken: typeof csrfToken === 'string' ? csrfToken : undefined }
}
