import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problem } from '#contract/problems.js'
import { hashKey, matchesHash } from '../identity/api-key.rules.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { cookieOf, cookieRequest, SESSION_COOKIE } from '../platform/http/cookies.rules.js'
import { pagePolicy } from './pages.js'

/** Who is signed in in a browser that a public page is shown to; null where nobody is. */
export const signedIn = async (callers: Callers, request: FastifyRequest): Promise<Caller | null> => {
  const cookie = cookieRequest(request)
  if (!cookie) return null
  try {
    // A page is only read; what it changes brings its token in the form.
    return await callers.resolveCookie({ ...cookie, unsafe: false }, request.id)
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}

/** Sends a page of ours. */
export const sendPage = (reply: FastifyReply, html: string, formsTo?: string): FastifyReply =>
  reply.status(200).headers(pagePolicy(formsTo)).send(html)

/** Sends the browser elsewhere by GET; no page before is told to it. */
export const sendTo = (reply: FastifyReply, url: string): FastifyReply =>
  reply.status(303).headers({ location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).send()

/** What a browser or command calls itself. */
export const labelOf = ({ headers }: FastifyRequest): string =>
  (headers['user-agent'] ?? 'unnamed').toWellFormed().slice(0, 200)

/** Raises `auth.csrf` where a form does not carry the token of the session that it came with. */
export const requireCsrf = ({ headers }: FastifyRequest, given: string): void => {
  const secret = cookieOf(headers, SESSION_COOKIE)
  if (secret === undefined || !matchesHash(hashKey(given), hashKey(csrfTokenOf(secret)))) throw problem('auth.csrf')
}
