import { z } from 'zod'
import { EGRESS_METHODS } from '#contract/manifest/egress.js'
import type { Capability, Installed, Invocation, Plan } from './capability.js'
import { outgoingHeaders } from './egress-headers.rules.js'
import { destinationOf, matchingRule, type Destination } from './egress.rules.js'
import { refuseEcho, secretsIn, withSecrets } from './header-secrets.rules.js'
import { HostRefusal } from './host-reply.js'
import type { CapabilityPorts, EgressResponse, Resolved, Resolver, SecretReader } from './ports.js'

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

type Egress<T extends Installed> = Pick<CapabilityPorts<T>, 'resolver' | 'client' | 'secrets'>

/** Names of undeclared hosts are not even looked up: a look-up itself can carry data out. */
const checked = (resolver: Resolver, to: Destination, rule: number | null): Promise<Resolved> | Resolved =>
  rule === null && !to.literal ? { class: 'unresolved', address: null, privateAllowed: false } : resolver.resolve(to)

const send = async <T extends Installed>(
  { client, secrets }: Egress<T>,
  leaving: Leaving<T>,
): Promise<EgressResponse> => {
  const { args, to, resolved, invocation } = leaving
  const { traceparent } = invocation
  if (!resolved.address) throw new HostRefusal('http.unreachable', 'The host has no address')
  const values = await openAll(secrets, leaving)
  const headers = withSecrets(leaving.headers, values)
  invocation.requests++
  invocation.egressBytes += args.body.length
  const answer = await client.send({
    to,
    address: resolved.address,
    method: args.method,
    // Of the trace only its id leaves, and to declared hosts alone: what vendors put into `tracestate` is the caller's own.
    headers: { ...headers, ...(traceparent !== undefined && { traceparent }) },
    body: args.body,
    timeoutMs: Math.min(MAX_TIME_MS, invocation.deadline - Date.now()),
    signal: invocation.signal,
  })
  invocation.egressBytes += answer.body.length
  refuseEcho(answer, values)
  return answer
}

/** Values that headers ask for, by name. They are struck from log lines as if the guest had read them. */
const openAll = async <T extends Installed>(
  secrets: SecretReader<T>,
  { headers, invocation }: Leaving<T>,
): Promise<Map<string, string>> => {
  const values = new Map<string, string>()
  for (const name of secretsIn(headers)) {
    const value = await secrets.openSecret(invocation.target, name)
    if (value === null) throw new HostRefusal('capability.http_secret_unset', `No value is set for ${name}`)
    values.set(name, value)
    invocation.disclosed.set(name, value)
  }
  return values
}

interface Leaving<T extends Installed> {
  readonly args: Fetch
  readonly to: Destination
  readonly resolved: Resolved
  /** Those that may leave, secrets not yet in their places. */
  readonly headers: Readonly<Record<string, string>>
  readonly invocation: Invocation<T>
}

/** What headers ask for beyond what the rule names. */
const headerFacts = (
  headers: Readonly<Record<string, string>>,
  rule: number | null,
  { egress, secrets }: Installed,
) => {
  const { headers: named, secrets: handedOut = [] } = (rule === null ? undefined : egress[rule]) ?? {}
  const beyond = named ? Object.keys(headers).filter((name) => !named.includes(name)) : []
  return {
    headers_beyond: beyond.toSorted(),
    secrets: secretsIn(headers).map((name) => ({
      name,
      permitted: secrets.declared.includes(name) && handedOut.includes(name),
      set: secrets.set.includes(name),
    })),
  }
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
export const httpCapabilities = <T extends Installed>(egress: Egress<T>): Capability<Fetch, T>[] => [
  {
    name: 'http.fetch',
    permission: 'http:fetch',
    schema: Fetch,
    leaves: true,
    plan: async (args, invocation): Promise<Plan> => {
      const to = destination(args.url)
      const rule = matchingRule(invocation.target.egress, args.method, to)
      const resolved = await checked(egress.resolver, to, rule)
      const { scheme, host, port, path } = to
      const headers = outgoingHeaders(args.headers)
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
        ...headerFacts(headers, rule, invocation.target),
        requests: invocation.requests,
        exchanged_bytes: invocation.egressBytes,
      }
      return { facts: { http }, run: () => send(egress, { args, to, resolved, headers, invocation }) }
    },
  },
]
