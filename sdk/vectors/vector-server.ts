import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Exchange, Vector } from './vector.js'

/** Plays the service of every vector; which one is meant, the caller's key says. */
export interface VectorServer {
  readonly url: string
  /** What did not come as a vector has it, by the vector's name. */
  faults(name: string): readonly string[]
  close(): Promise<void>
}

class Play {
  readonly faults: string[] = []
  private done = 0
  private first: IncomingMessage['headers'] = {}

  constructor(private readonly vector: Vector) {}

  async next(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const exchange = this.vector.exchanges[this.done]
    if (this.done++ === 0) this.first = request.headers
    if (!exchange) {
      this.faults.push(`${request.method} ${request.url} came beyond the last exchange`)
      return void response.writeHead(500).end()
    }
    this.compare(exchange.expect ?? {}, request, body)
    answer(exchange.answer, response)
  }

  unfinished(): string[] {
    const missing = this.vector.exchanges.length - this.done
    return missing > 0 ? [`${missing} exchanges did not take place`] : []
  }

  private compare(expect: NonNullable<Exchange['expect']>, request: IncomingMessage, body: string): void {
    const { method, path, headers = {}, json } = expect
    this.same('method', method, request.method)
    this.same('path', path, request.url)
    if (json !== undefined) this.same('body', JSON.stringify(json), JSON.stringify(JSON.parse(body || 'null')))
    for (const [name, wanted] of Object.entries(headers)) {
      const came = request.headers[name]
      if (wanted === '*' ? came === undefined : wanted === null ? came !== undefined : false)
        this.faults.push(`header ${name} is ${String(came)}`)
      if (wanted !== '*' && wanted !== null) this.same(name, wanted === '=first' ? this.first[name] : wanted, came)
    }
  }

  private same(what: string, wanted: unknown, came: unknown): void {
    if (wanted !== undefined && wanted !== came) this.faults.push(`${what} is ${String(came)}, not ${String(wanted)}`)
  }
}

function answer(wanted: Exchange['answer'], response: ServerResponse): void {
  if (wanted === 'cut') return void response.socket?.destroy()
  const { status, headers, type, json, text: plain } = wanted
  const content = type ?? (json === undefined ? 'text/plain' : 'application/json')
  response.writeHead(status, { 'content-type': content, ...headers }).end(plain ?? JSON.stringify(json))
}

/** Starts it on a free port of the loopback interface. */
export async function vectorServer(vectors: readonly Vector[]): Promise<VectorServer> {
  const plays = new Map(vectors.map((vector, index) => [`vector-${index}`, new Play(vector)]))
  const server = createServer((request, response) => {
    const play = plays.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (play) void play.next(request, response)
    else response.writeHead(401).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: (name) => {
      const play = plays.get(`vector-${vectors.findIndex((vector) => vector.name === name)}`)
      return play ? [...play.faults, ...play.unfinished()] : ['no such vector']
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
