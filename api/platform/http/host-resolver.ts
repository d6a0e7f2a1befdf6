import { lookup } from 'node:dns/promises'
import { classOfAll, type Address } from '#runtime/host-calls/address.rules.js'
import type { Destination } from '#runtime/host-calls/egress.rules.js'
import type { Resolved, Resolver } from '#runtime/host-calls/ports.js'

export type LookUp = (host: string) => Promise<readonly Address[]>

const lookUpAll: LookUp = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

const isLocalName = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost')
const LOOPBACK: readonly Address[] = [{ address: '127.0.0.1', family: 4 }]

/** Turns host names into checked addresses, once a request. Names below `localhost` are loopback by RFC 6761 §6.3. */
export class HostResolver implements Resolver {
  private readonly allowed: ReadonlySet<string>

  /** `privateHosts` are `host:port` pairs of the operator's setting. */
  constructor(
    privateHosts: readonly string[],
    private readonly lookUp: LookUp = lookUpAll,
  ) {
    this.allowed = new Set(privateHosts)
  }

  async resolve({ host, port, literal }: Destination): Promise<Resolved> {
    const privateAllowed = this.allowed.has(`${host}:${port}`)
    if (literal) return { class: 'literal', address: null, privateAllowed }
    const addresses = await this.addressesOf(host)
    return { class: classOfAll(addresses), address: addresses[0] ?? null, privateAllowed }
  }

  private async addressesOf(host: string): Promise<readonly Address[]> {
    if (isLocalName(host)) return LOOPBACK
    try {
      return await this.lookUp(host)
    } catch {
      return []
    }
  }
}
