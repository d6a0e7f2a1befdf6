import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Two hosts on loopback: one that the guest may reach below `/open`, and one whose every request is an escape. */
export class Hosts {
  /** What the open host was sent last. */
  received: { readonly path: string; readonly headers: Readonly<Record<string, unknown>> } | undefined
  /** Requests that came where none may. */
  trespasses = 0

  private constructor(
    private readonly servers: readonly Server[],
    readonly open: number,
    readonly closed: number,
  ) {}

  static async start(): Promise<Hosts> {
    const servers = [createServer(), createServer()]
    await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')))
    const [open, closed] = servers.map((server) => (server.address() as AddressInfo).port)
    const hosts = new Hosts(servers, open!, closed!)
    servers[0]!.on('request', ({ url = '', headers }, response) => {
      hosts.received = { path: url, headers }
      if (!/^\/open(\/|\?|$)/.test(url)) hosts.trespasses++
      if (url === '/open/elsewhere') response.writeHead(302, { location: `http://127.0.0.1:${closed}/` })
      response.end('open')
    })
    servers[1]!.on('connection', () => hosts.trespasses++)
    servers[1]!.on('request', (_request, response) => response.end('a secret'))
    return hosts
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
