import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '#contract/problems.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { Caller } from '../platform/http/caller.js'
import { cookieRequest } from '../platform/http/cookies.rules.js'
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
