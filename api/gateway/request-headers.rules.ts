import { passedHeaders } from '#runtime/calls/request-headers.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { traceparentOf } from '../platform/http/trace-context.rules.js'

type Fields = readonly (readonly [name: string, value: string])[]

/** The headers that a guest sees; correlation id and trace are ours, whatever the caller sent under their names. */
export const guestHeaders = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { correlationId, trace }: Pick<Caller, 'correlationId' | 'trace'>,
): Fields => {
  const passed = passedHeaders(headers)
  passed.push(['x-correlation-id', correlationId])
  if (trace) passed.push(['traceparent', traceparentOf(trace)])
  return passed
}
