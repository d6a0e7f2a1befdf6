import { isIP } from 'node:net'
import type { CustomFetch } from 'openid-client'
import { destinationOf, type Destination } from '#runtime/host-calls/egress.rules.js'
import type { Resolved } from '#runtime/host-calls/ports.js'
import type { EgressSender, Resolver } from '#runtime/host-calls/ports.js'

const TIMEOUT_MS = 10_000

/** The wall between issuers that organisations name and what this machine can reach. */
export interface Wall {
  readonly resolver: Resolver
  readonly sender: EgressSender
  /** `host:port` of the embedded provider, which lies on loopback; null where there is none. */
  readonly own: () => string | null
}

/** Raised where an issuer leads to what only this machine can reach. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

const addressOf = ({ host }: Destination, { address }: Resolved) => {
  if (address) return address
  const literal = host.replace(/^\[|\]$/g, '')
  return isIP(literal) === 0 ? null : ({ address: literal, family: isIP(literal) === 6 ? 6 : 4 } as const)
}

interface Found {
  readonly resolved: Resolved
  readonly address: ReturnType<typeof addressOf>
  readonly isPrivateAllowed: boolean
}

/** Why nothing is sent there, and what to do; null where it may be. */
const faultOf = (
  { host, port, scheme }: Destination,
  { resolved, address, isPrivateAllowed }: Found,
): string | null => {
  if (!address) return `the name ${host} leads to no address: check how it is spelt, and the DNS of the service`
  if (isPrivateAllowed) return null
  const allow = `where it is meant, have an operator add ${host}:${port} to GATEHOUSE_EGRESS_PRIVATE_HOSTS`
  if (resolved.class === 'literal') return `${host} is a bare address: give it a name with a certificate; or, ${allow}`
  // Which address is nobody's business outside: on a shared platform it would tell of the operator's own network.
  if (resolved.class !== 'public') return `${host} leads to an address that is not public: ${allow}`
  return scheme === 'https' ? null : `${host} is asked by http: name it by https; or, ${allow}`
}

/**
 * Sends what openid-client wants sent, to addresses that were checked: public ones by https, private ones only where the
 * operator lets them be. It follows no redirect, and takes at most a MiB.
 */
export const guardedFetch =
  ({ resolver, sender, own }: Wall): CustomFetch =>
  async (url, options) => {
    const to = destinationOf(url)
    const resolved = await resolver.resolve(to)
    const isPrivateAllowed = resolved.privateAllowed || own() === `${to.host}:${to.port}`
    const address = addressOf(to, resolved)
    const wrong = faultOf(to, { resolved, address, isPrivateAllowed })
    if (!address || wrong !== null) throw new Unreachable(wrong ?? `${to.host} has no address`)
    const { status, headers, body } = await sender.send({
      to,
      address,
      method: options.method,
      headers: Object.fromEntries(new Headers(options.headers)),
      body: Buffer.from(await new Response(options.body ?? null).arrayBuffer()),
      timeoutMs: TIMEOUT_MS,
      signal: options.signal ?? AbortSignal.timeout(TIMEOUT_MS),
    })
    const empty = status === 204 || status === 304 || body.length === 0
    return new Response(empty ? null : Buffer.from(body), { status, headers: headers.map(([a, b]) => [a, b]) })
  }
