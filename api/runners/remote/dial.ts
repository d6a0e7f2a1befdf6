import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { TlsFiles } from '../../platform/config/tls-files.js'
import { INSTANCE_HEADER } from '../channel/lane-frames.js'

/** Where a runner is, and what it is shown. */
export interface Address {
  readonly url: string
  readonly token: string
  /** Who may vouch for it, and what this side shows. Absent: the machine's authorities, and nothing. */
  readonly tls?: Pick<TlsFiles, 'newest'> | undefined
}

/** A stream of another protocol, and the run of the runner at its other end. */
export interface Dialled {
  readonly stream: Socket
  readonly instance: string
}

const WITHIN_MS = 2_000

/** Asks a runner for a stream of a protocol. Rejects where it is not there, is not who it should be, or will not. */
export const dial = async (
  { url, token, tls }: Address,
  { path, protocol }: { readonly path: string; readonly protocol: string },
): Promise<Dialled> => {
  const isTls = url.startsWith('https:')
  // Certificates that were renewed count from the next stream on.
  const secureContext = isTls ? await tls?.newest() : undefined
  return new Promise((resolve, reject) => {
    const send = isTls ? tlsRequest : plainRequest
    const request = send(new URL(path, url), {
      method: 'POST',
      // Each stream is one connection, and none is left over.
      agent: false,
      headers: { authorization: `Bearer ${token}`, connection: 'Upgrade', upgrade: protocol, 'content-length': 0 },
      ...(secureContext && { secureContext }),
    })
    const timer = setTimeout(
      () => request.destroy(new Error(`${url} did not answer within ${WITHIN_MS} ms`)),
      WITHIN_MS,
    )
    request.once('upgrade', (response, stream, head) => {
      clearTimeout(timer)
      const instance = response.headers[INSTANCE_HEADER]
      if (response.headers.upgrade !== protocol || typeof instance !== 'string') {
        stream.destroy()
        return reject(new Error(`${url} speaks another protocol than ${protocol}`))
      }
      stream.setNoDelay(true)
      if (head.length > 0) stream.unshift(head)
      resolve({ stream, instance })
    })
    request.once('response', (response) => {
      clearTimeout(timer)
      response.resume()
      request.destroy()
      reject(new Error(`${url} answered ${response.statusCode} to ${protocol}`))
    })
    request.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.end()
  })
}
