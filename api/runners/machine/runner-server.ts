import { once } from 'node:events'
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { LANE_PATH } from '../channel/lane-frames.js'
import { WATCH_PATH } from '../channel/watch-frames.js'
import type { Runner } from './runner.js'

export interface ListenOn {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** PEM. Absent: plain text, which is for loopback only. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}

/** Streams at once; more than any number of APIs needs. */
const MAX_CONNECTIONS = 4096

/** A runner's door: upgrades for APIs, and health and metrics for whoever runs the machine. */
export class RunnerServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** `runner` is asked for once the port is known, since a runner has its address in its orders. */
  static async listen({ host, port, tls }: ListenOn, runner: () => Runner): Promise<RunnerServer> {
    const answer = answerWith(runner)
    const server = tls ? createTlsServer({ ...tls, minVersion: 'TLSv1.3' }, answer) : createPlainServer(answer)
    server.maxConnections = MAX_CONNECTIONS
    server.on('upgrade', (request, stream, head) => {
      ;(stream as Socket).setNoDelay(true)
      runner().upgrade(request, stream, head)
    })
    server.listen(port, host)
    await once(server, 'listening')
    return new RunnerServer(server, (server.address() as AddressInfo).port)
  }

  /** Takes no further connections, and resolves once those that are open have ended. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
  }
}

const answerWith =
  (runner: () => Runner): RequestListener =>
  (request, response) => {
    const say = (status: number, body: object, headers: Record<string, string> = {}): void => {
      const type = status < 400 || status === 503 ? 'application/json' : 'application/problem+json'
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
      response.end(JSON.stringify(body))
    }
    const path = request.url?.split('?', 1)[0] ?? ''
    if (path === LANE_PATH || path === WATCH_PATH)
      return say(426, { title: 'Upgrade Required', status: 426, detail: 'This is for APIs of Gatehouse' })
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(405, { title: 'Method Not Allowed', status: 405 }, { allow: 'GET, HEAD' })
    const { unready, metrics } = runner()
    if (path === '/livez') return say(200, { status: 'ok' })
    if (path === '/healthz') return say(200, { status: unready ?? 'ok', ...runner().health() })
    if (path === '/readyz') return say(unready ? 503 : 200, { status: unready ?? 'ok', ...runner().health() })
    if (path !== '/metrics') return say(404, { title: 'Not Found', status: 404 })
    void metrics.registry.metrics().then((text) => {
      response.writeHead(200, { 'content-type': metrics.registry.contentType })
      response.end(text)
    })
  }
