import type { Caller } from '../platform/http/caller.js'
import { traceparentOf } from '../platform/http/trace-context.rules.js'

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
  'last-event-id',
  'prefer',
  'range',
  'user-agent',
])
/** An extension's own headers. */
const OWN_PREFIX = 'x-ext-'

/** The headers that a guest sees; correlation id and trace are ours, whatever the caller sent under their names. */
export const guestHeaders = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { correlationId, trace }: Pick<Caller, 'correlationId' | 'trace'>,
): Fields => {
  const passed: [string, string][] = []
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || !(PASSED.has(name) || name.startsWith(OWN_PREFIX))) continue
    passed.push([name, Array.isArray(value) ? value.join(', ') : value])
  }
  passed.push(['x-correlation-id', correlationId])
  if (trace) passed.push(['traceparent', traceparentOf(trace)])
  return passed
}
