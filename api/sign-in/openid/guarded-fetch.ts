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
    if (!address || !(isPrivateAllowed || (resolved.class === 'public' && to.scheme === 'https')))
      throw new Unreachable(`${to.host} is not where an identity provider may be`)
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
