import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Two hosts on loopback: one that the guest may reach below `/open`, and one whose every request is an escape. */
export class Hosts {
  /** What the open host was sent last. */
  received: { readonly path: string; readonly headers: Readonly<Record<string, unknown>> } | undefined
  /** Requests that came where none may. */
  trespasses = 0
  /** Every request to the open host: what a guest did there cannot be taken back. */
  requests = 0
  /** Answers of `/open/held` that nobody has let go yet. */
  private readonly held: (() => void)[] = []
  private readonly awaited: (() => void)[] = []

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
      hosts.requests++
      if (!/^\/open(\/|\?|$)/.test(url)) hosts.trespasses++
      if (url === '/open/elsewhere') response.writeHead(302, { location: `http://127.0.0.1:${closed}/` })
      if (url === '/open/held') hosts.hold(() => response.end('held'))
      else response.end('open')
    })
    servers[1]!.on('connection', () => hosts.trespasses++)
    servers[1]!.on('request', (_request, response) => response.end('a secret'))
    return hosts
  }

  /** Resolves once a guest waits for the held answer. */
  async holding(): Promise<void> {
    if (this.held.length === 0) await new Promise<void>((resolve) => this.awaited.push(resolve))
  }

  /** Gives every held answer. */
  letGo(): void {
    for (const answer of this.held.splice(0)) answer()
  }

  private hold(answer: () => void): void {
    this.held.push(answer)
    for (const waiter of this.awaited.splice(0)) waiter()
  }

  async stop(): Promise<void> {
    this.letGo()
    for (const server of this.servers) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
