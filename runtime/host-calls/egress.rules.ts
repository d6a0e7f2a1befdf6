import type { z } from 'zod'
import type { EgressRule } from '#contract/manifest/egress.js'
import { isLiteral } from './address.rules.js'
import { HostRefusal } from './host-reply.js'

/** Where a guest's request wants to go, as rules and policy see it: no query, no fragment. */
export interface Destination {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly path: string
  /** Path with query, as it is sent. */
  readonly target: string
  readonly literal: boolean
}

const DEFAULT_PORT = { http: 80, https: 443 } as const
// A server that decodes these sees other segments than the ones that the rule was matched on.
const ENCODED_SEPARATOR = /%(2f|5c|00)/i

/** Reads a guest's URL. Raises `http.url_invalid` for other schemes, user names and paths that can be read two ways. */
export const destinationOf = (text: string): Destination => {
  const url = URL.parse(text)
  const scheme = url?.protocol.slice(0, -1)
  if (!url || (scheme !== 'http' && scheme !== 'https'))
    throw new HostRefusal('http.url_invalid', 'The URL must be absolute, with the scheme http or https')
  if (url.username || url.password) throw new HostRefusal('http.url_invalid', 'The URL must not name a user')
  if (ENCODED_SEPARATOR.test(url.pathname))
    throw new HostRefusal('http.url_invalid', 'The path must not have an encoded slash, backslash or NUL')
  return {
    scheme,
    host: url.hostname,
    port: url.port === '' ? DEFAULT_PORT[scheme] : Number(url.port),
    path: url.pathname,
    target: url.pathname + url.search,
    literal: isLiteral(url.hostname),
  }
}

type Rule = z.infer<typeof EgressRule>

/** `*.example.com` stands for one or more whole labels below it, not for example.com itself. */
const hostFits = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.length > pattern.length - 1 && host.endsWith(pattern.slice(1)) : host === pattern

/** A prefix ends at a segment: `/v1` covers `/v1` and `/v1/x`, never `/v1x`. */
const pathFits = (prefix: string, path: string): boolean =>
  path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)

/** Index of the first rule that covers method and destination wholly; null where none does. */
export const matchingRule = (rules: readonly Rule[], method: string, to: Destination): number | null => {
  const index = rules.findIndex(
    (rule) =>
      rule.scheme === to.scheme &&
      (rule.port ?? DEFAULT_PORT[rule.scheme]) === to.port &&
      (rule.methods as readonly string[]).includes(method) &&
      hostFits(rule.host, to.host) &&
      pathFits(rule.path_prefix, to.path),
  )
  return index === -1 ? null : index
}
