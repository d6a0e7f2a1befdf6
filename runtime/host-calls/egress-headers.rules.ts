/** A header list as guests write it. */
export type Headers = readonly (readonly [name: string, value: string])[]

const SENT = new Set([
  'accept',
  'accept-language',
  'authorization',
  'content-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'prefer',
  'range',
  'user-agent',
])
const RECEIVED = new Set([
  'cache-control',
  'content-encoding',
  'content-language',
  'content-range',
  'content-type',
  'date',
  'dpop-nonce',
  'etag',
  'expires',
  'last-modified',
  'link',
  'location',
  'retry-after',
  'vary',
])
// Headers by which a proxy in between could be told who the sender is or where to go.
const FORWARDING = /^x-(forwarded|internal|real|original|rewrite|http-method|client|envoy|amz-security)/
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

const isOwn = (name: string): boolean => name.startsWith('x-') && !FORWARDING.test(name)

/** The headers of a guest's request that leave; others, and malformed ones, are left out. Names come out in lower case. */
export const outgoingHeaders = (headers: Headers): Record<string, string> => {
  const sent: Record<string, string> = {}
  for (const [given, value] of headers) {
    const name = given.toLowerCase()
    if (TOKEN.test(name) && VALUE.test(value) && (SENT.has(name) || isOwn(name))) sent[name] = value
  }
  return sent
}

/** The headers of an answer that a guest sees; cookies and connection matters stay behind. */
export const incomingHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Headers =>
  Object.entries(headers).flatMap(([name, value]) =>
    value !== undefined && (RECEIVED.has(name) || name.startsWith('ratelimit') || isOwn(name))
      ? [[name, Array.isArray(value) ? value.join(', ') : value] as const]
      : [],
  )
