import { once } from 'node:events'
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket, type TlsOptions } from 'node:tls'
import type { TlsFiles } from '../../platform/config/tls-files.js'
import { LANE_PATH } from '../channel/lane-frames.js'
import { WATCH_PATH } from '../channel/watch-frames.js'
import type { Runner } from './runner.js'
import { turnAway } from './upgrade.js'

export interface ListenOn {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Absent: plain text, which is for loopback only. With authorities, services have to show a certificate of theirs. */
  readonly tls?: Pick<TlsFiles, 'current' | 'refresh'> | undefined
}

/** Streams at once; more than any number of APIs needs. */
const MAX_CONNECTIONS = 4096
/** How often certificates are read again, in milliseconds. */
const RELOAD_MS = 5_000

/** A runner's door: upgrades for APIs, and health and metrics for whoever runs the machine. */
export class RunnerServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
    /** Takes over certificates that have changed; connections that stand go on with those before. */
    readonly reload: () => Promise<void>,
  ) {}

  /** `runner` is asked for once the port is known, since a runner has its address in its orders. */
  static async listen({ host, port, tls }: ListenOn, runner: () => Runner): Promise<RunnerServer> {
    const answer = answerWith(runner)
    const secure = tls && createTlsServer({ ...optionsOf(tls), requestCert: tls.current.ca !== undefined }, answer)
    const server = secure ?? createPlainServer(answer)
    server.maxConnections = MAX_CONNECTIONS
    server.on('upgrade', (request, stream, head) => {
      ;(stream as Socket).setNoDelay(true)
      if (tls?.current.ca !== undefined && !isVouchedFor(stream)) turnAway(stream, 403)
      else runner().upgrade(request, stream, head)
    })
    const reload = async (): Promise<void> => {
      if (await tls?.refresh()) secure!.setSecureContext(optionsOf(tls!))
    }
    const timer = setInterval(() => void reload(), RELOAD_MS).unref()
    server.once('close', () => clearInterval(timer))
    server.listen(port, host)
    await once(server, 'listening')
    return new RunnerServer(server, (server.address() as AddressInfo).port, reload)
  }

  /** Takes no further connections, and resolves once those that are open have ended. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
  }
}

// Who watches the machine shows no certificate, and is answered; who has none of ours is turned away at the upgrade.
const optionsOf = ({ current }: Pick<TlsFiles, 'current'>): TlsOptions => ({
  ...current,
  ...{ minVersion: 'TLSv1.3', rejectUnauthorized: false },
})

/** A session that is taken up again was vouched for by those of then. */
const isVouchedFor = (stream: Duplex): boolean =>
  stream instanceof TLSSocket && stream.authorized && !stream.isSessionReused()

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
