import { z } from 'zod'
import { EGRESS_METHODS } from '#contract/manifest/egress.js'
import { traceparentOf } from '../platform/http/trace-context.rules.js'
import type { Capability, Invocation, Plan } from './capability.js'
import { outgoingHeaders } from './egress-headers.rules.js'
import type { EgressClient, EgressResponse } from './egress.client.js'
import { destinationOf, matchingRule, type Destination } from './egress.rules.js'
import type { HostResolver, Resolved } from './host-resolver.js'
import { HostRefusal } from './host-reply.js'

const Fetch = z.strictObject({
  method: z.enum(EGRESS_METHODS),
  url: z.string().max(4096),
  headers: z.array(z.tuple([z.string().max(100), z.string().max(8192)])).max(50),
  body: z.instanceof(Uint8Array),
})
type Fetch = z.infer<typeof Fetch>

const MAX_TIME_MS = 10_000
const MAX_PATH = 2048
const MAX_HOST = 253

interface Egress {
  readonly resolver: HostResolver
  readonly client: EgressClient
}

/** Names of undeclared hosts are not even looked up: a look-up itself can carry data out. */
const checked = (resolver: HostResolver, to: Destination, rule: number | null): Promise<Resolved> | Resolved =>
  rule === null && !to.literal ? { class: 'unresolved', address: null, privateAllowed: false } : resolver.resolve(to)

const send = async (client: EgressClient, leaving: Leaving): Promise<EgressResponse> => {
  const { args, to, resolved, invocation } = leaving
  const { trace } = invocation.caller
  if (!resolved.address) throw new HostRefusal('http.unreachable', 'The host has no address')
  const answer = await client.send({
    to,
    address: resolved.address,
    method: args.method,
    // Of the trace only its id leaves, and to declared hosts alone: what vendors put into `tracestate` is the caller's own.
    headers: { ...outgoingHeaders(args.headers), ...(trace && { traceparent: traceparentOf(trace) }) },
    body: args.body,
    timeoutMs: Math.min(MAX_TIME_MS, invocation.deadline - Date.now()),
    signal: invocation.signal,
  })
  invocation.egressBytes += args.body.length + answer.body.length
  return answer
}

interface Leaving {
  readonly args: Fetch
  readonly to: Destination
  readonly resolved: Resolved
  readonly invocation: Invocation
}

const destination = (url: string): Destination => {
  const to = destinationOf(url)
  if (to.path.length > MAX_PATH || to.host.length > MAX_HOST)
    throw new HostRefusal('http.url_invalid', `The host or path is longer than ${MAX_HOST} or ${MAX_PATH} characters`)
  return to
}

/**
 * Requests to declared hosts. The egress rule is matched here, the name is resolved once, and the request goes to the
 * address that policy was shown; so a name that changes meanwhile (DNS rebinding) changes nothing.
 */
export const httpCapabilities = ({ resolver, client }: Egress): Capability<Fetch>[] => [
  {
    name: 'http.fetch',
    permission: 'http:fetch',
    schema: Fetch,
    leaves: true,
    plan: async (args, invocation): Promise<Plan> => {
      const to = destination(args.url)
      const rule = matchingRule(invocation.target.egress, args.method, to)
      const resolved = await checked(resolver, to, rule)
      const { scheme, host, port, path } = to
      const http = {
        scheme,
        host,
        port,
        method: args.method,
        path,
        rule,
        address_class: resolved.class,
        private_allowed: resolved.privateAllowed,
        size_bytes: args.body.length,
      }
      return { facts: { http }, run: () => send(client, { args, to, resolved, invocation }) }
    },
  },
]
