type Fields = [name: string, value: string][]

/** Of what a caller sends, these reach a guest. Credentials, cookies and anything about the connection never do. */
const PASSED = new Set([
  'accept',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'idempotency-key',
  'last-event-id',
  'prefer',
  'range',
  'user-agent',
])
/** An extension's own headers. */
const OWN_PREFIX = 'x-ext-'

/** Of the headers of a request, those that a guest sees as the caller sent them. */
export const passedHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Fields => {
  const passed: Fields = []
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || !(PASSED.has(name) || name.startsWith(OWN_PREFIX))) continue
    passed.push([name, Array.isArray(value) ? value.join(', ') : value])
  }
  return passed
}
