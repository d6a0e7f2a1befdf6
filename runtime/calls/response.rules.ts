import { problem } from '#contract/problems.js'

interface GuestAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** An answer as it goes to the caller. */
export interface Passed {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Of what a guest answers, these reach the caller. Cookies, redirects elsewhere and policies of the origin never do. */
const PASSED = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-range',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'retry-after',
  'vary',
])
const OWN_PREFIX = 'x-ext-'
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** What headers may come to; clients and proxies in between refuse an answer with more. */
const MAX_HEADERS = 64
const MAX_HEADER_BYTES = 8 * 1024

/** Types that no browser runs as a document or script of this origin. */
const CONTENT_TYPES =
  /^(application\/(json|problem\+json|[a-z0-9.-]+\+json|x-ndjson|octet-stream|pdf|zip|gzip|cbor|wasm)|text\/(plain|csv|markdown|event-stream)|image\/(png|jpeg|gif|webp|avif)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/

/** Sent with every answer of a guest, whatever it says. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
}

const invalid = (detail: string, decisionId: string) => problem('execution.response_invalid', { detail, decisionId })

/**
 * Makes an answer of a guest fit to be sent: final status, allowed content type, allow-listed and well-formed headers, and
 * not too much of them.
 * Raises `execution.response_invalid`.
 */
export const passOn = ({ status, headers }: GuestAnswer, decisionId: string): Passed => {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw invalid(`Its status ${status} is not a final HTTP status`, decisionId)
  const passed: Record<string, string> = {}
  for (const [given, value] of headers) {
    const name = given.toLowerCase()
    if ((PASSED.has(name) || name.startsWith(OWN_PREFIX)) && NAME.test(name) && VALUE.test(value)) passed[name] = value
  }
  const size = Object.entries(passed).reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (Object.keys(passed).length > MAX_HEADERS || size > MAX_HEADER_BYTES)
    throw invalid(`Its headers are more than ${MAX_HEADERS}, or ${MAX_HEADER_BYTES} bytes`, decisionId)
  const type = passed['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== undefined && !CONTENT_TYPES.test(type))
    throw invalid(`Its content type ${type.slice(0, 100)} is not passed on`, decisionId)
  return { status, headers: { 'content-type': 'application/octet-stream', ...passed, ...ALWAYS } }
}
