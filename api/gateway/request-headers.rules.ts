type Fields = readonly (readonly [name: string, value: string])[]

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
  'prefer',
  'range',
  'user-agent',
])
/** An extension's own headers. */
const OWN_PREFIX = 'x-ext-'

/** The headers that a guest sees; `correlationId` stands in for whatever the caller sent under that name. */
export const guestHeaders = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  correlationId: string,
): Fields => {
  const passed: [string, string][] = []
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || !(PASSED.has(name) || name.startsWith(OWN_PREFIX))) continue
    passed.push([name, Array.isArray(value) ? value.join(', ') : value])
  }
  passed.push(['x-correlation-id', correlationId])
  return passed
}
