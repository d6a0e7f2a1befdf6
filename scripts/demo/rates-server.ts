import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The allowed host of the expense classifier, on loopback: rates at `/rates`, and `/rates/never` that does not answer. */
export class RatesServer {
  requests = 0

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<RatesServer> {
    const server = createServer()
    // `localhost` may mean either family, so both are served where there are both.
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const rates = new RatesServer(server, (server.address() as AddressInfo).port)
    server.on('request', (request, response) => {
      rates.requests++
      if (request.url?.startsWith('/rates/never')) return
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ base: 'EUR', rates: { EUR: 1, SEK: 0.09, USD: 0.92 } }))
    })
    return rates
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
