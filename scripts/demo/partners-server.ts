import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What an advisory database says of one component. */
export interface Advisory {
  readonly id: string
  readonly title: string
  readonly cvssScore: number
}

/** A page as PagerDuty would get it. */
export interface Page {
  readonly routing_key: string
  readonly dedup_key: string
  readonly payload?: { readonly custom_details: { readonly alerts: readonly string[] } }
}

/**
 * Stands for hosts of others, on loopback, by their own interfaces: an advisory database (OSS Index, `/api/v3/component-report`)
 * and a pager (PagerDuty, `/v2/enqueue`). Both refuse who has not the right credentials.
 */
export class PartnersServer {
  readonly credentials = Buffer.from('ops@acme-labs.example:demo-token').toString('base64')
  readonly routingKey = 'demoroutingkey0123456789abcdefab'
  readonly advisories = new Map<string, Advisory>()
  /** Components that somebody asked about. */
  readonly asked = new Set<string>()
  readonly pages: Page[] = []

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  get url(): string {
    return `http://localhost:${this.port}`
  }

  static async start(): Promise<PartnersServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const partners = new PartnersServer(server, (server.address() as AddressInfo).port)
    server.on('request', (request, response) => void partners.answer(request, response))
    return partners
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as unknown
    const [status, said] = request.url === '/v2/enqueue' ? this.page(body as Page) : this.report(request, body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  }

  private page(page: Page): [number, object] {
    if (page.routing_key !== this.routingKey) return [400, { status: 'invalid event' }]
    this.pages.push(page)
    return [202, { status: 'success', message: 'Event processed', dedup_key: page.dedup_key }]
  }

  private report({ headers }: IncomingMessage, body: unknown): [number, object] {
    if (headers.authorization !== `Basic ${this.credentials}`) return [401, {}]
    const { coordinates } = body as { coordinates: string[] }
    for (const each of coordinates) this.asked.add(each)
    return [
      200,
      coordinates.map((each) => {
        const advisory = this.advisories.get(each)
        return { coordinates: each, vulnerabilities: advisory ? [{ ...advisory, reference: '' }] : [] }
      }),
    ]
  }
}
