import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const BUNDLE = '/bundles/'
const DISCOVERY = '/discovery'

/** What stands between an agent and the service: impatient as proxies are, and dishonest where a test wants it to be. */
export interface Between {
  readonly url: string
  /** Status of each answer about the bundle, in their order. */
  readonly bundleAnswers: readonly number[]
  /** The same of answers about discovery. */
  readonly discoveryAnswers: readonly number[]
  /** From now on each answer about the bundle is this one, as a newer bundle. */
  forge(archive: Uint8Array): void
  /** From now on nobody has the bundle already, and each answer brings it whole. */
  forget(): void
  stop(): Promise<void>
}

/** A proxy on loopback that lets nobody wait longer than a second for another bundle. */
export const between = async (target: string): Promise<Between> => {
  const bundleAnswers: number[] = []
  const discoveryAnswers: number[] = []
  let forged: Uint8Array | undefined
  let isForgetful = false
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method, url = '', headers } = incoming
    const isBundle = url.includes(BUNDLE)
    if (isBundle && forged) {
      bundleAnswers.push(200)
      outgoing.writeHead(200, { etag: '"forged"', 'content-type': 'application/gzip' }).end(forged)
      return
    }
    const prefer = headers.prefer && { prefer: String(headers.prefer).replace(/wait=\d+/, 'wait=1') }
    const forgotten = isBundle && isForgetful && { 'if-none-match': '' }
    const forward = request(target + url, { method, headers: { ...headers, ...prefer, ...forgotten } }, (answer) => {
      if (isBundle) bundleAnswers.push(answer.statusCode ?? 0)
      if (url.includes(DISCOVERY)) discoveryAnswers.push(answer.statusCode ?? 0)
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    forward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => forward.destroy())
    incoming.pipe(forward)
  }
  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...{ url: `http://127.0.0.1:${port}`, bundleAnswers, discoveryAnswers },
    forge: (archive) => (forged = archive),
    forget: () => (isForgetful = true),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
