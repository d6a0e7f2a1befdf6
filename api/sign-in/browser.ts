import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Problem, problem } from '#contract/problems.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { hashKey, matchesHash } from '../identity/api-key.rules.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { cookieOf, cookieRequest } from '../platform/http/cookies.rules.js'
import { formOf } from './form.js'
import { pagePolicy, type PageRights } from './pages.js'

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
export const sendPage = (
  reply: FastifyReply,
  html: string,
  { status = 200, ...rights }: PageRights & { readonly status?: number } = {},
): FastifyReply => reply.status(status).headers(pagePolicy(rights)).send(html)

/** Sends the browser elsewhere by GET; no page before is told to it. */
export const sendTo = (reply: FastifyReply, url: string): FastifyReply =>
  reply.status(303).headers({ location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).send()

/** What a browser or command calls itself. */
export const labelOf = ({ headers }: FastifyRequest): string =>
  (headers['user-agent'] ?? 'unnamed').toWellFormed().slice(0, 200)

/**
 * A form that somebody signed in sends to confirm something, and who it is. Raises `request.invalid`, `auth.session_ended`, and
 * `auth.csrf` where it does not carry the token of the session that it came with.
 */
export const confirmed = async <T extends z.ZodType<{ readonly csrf_token: string }>>(
  callers: Callers,
  request: FastifyRequest,
  { body, schema }: { readonly body: unknown; readonly schema: T },
): Promise<{ readonly caller: Caller; readonly form: z.infer<T> }> => {
  const form = await formOf(body, schema).catch((error: Error) => {
    throw problem('request.invalid', { detail: error.message })
  })
  const caller = await signedIn(callers, request)
  if (!caller) throw problem('auth.session_ended')
  requireCsrf(request, form.csrf_token)
  return { caller, form }
}

const requireCsrf = ({ headers }: FastifyRequest, given: string): void => {
  const secret = cookieOf(headers, SESSION_COOKIE)
  if (secret === undefined || !matchesHash(hashKey(given), hashKey(csrfTokenOf(secret)))) throw problem('auth.csrf')
}
