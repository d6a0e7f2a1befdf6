import type { Job } from '#runtime/slots/job.js'
import type { Call } from './call.js'

/** Methods of which a request may be sent twice (RFC 9110, section 9.2.2). */
export const isRepeatable = (method: string): boolean => ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method)

/** When a call that was lost with its runner may run once more (ADR 0024). */
export const repeatOf = ({ request, keyed }: Pick<Call, 'request' | 'keyed'>): Job['repeat'] =>
  isRepeatable(request.method) ? 'always' : keyed ? 'until_host_call' : undefined

/** What the caller reads of a call that was lost with its runner. */
export const lostWords = (hostCalls: number): string =>
  hostCalls > 0
    ? `It had made ${hostCalls} host calls, so it may have had effects: sent again, it could have them twice`
    : 'It had made no host call, so it had no effect: it can be sent again'
