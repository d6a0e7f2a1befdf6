import { createHash, timingSafeEqual } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a request shows the token; how long it looks tells nothing of it. */
export const isBearer = ({ headers: { authorization = '' } }: IncomingMessage, token: string): boolean =>
  timingSafeEqual(sha256(authorization), sha256(`Bearer ${token}`))

/** Answers that the stream is another protocol from here on. */
export const switchProtocols = (stream: Duplex, headers: Readonly<Record<string, string>>): void => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\n${lines.join('')}\r\n`)
}

const WHY: Readonly<Record<number, string>> = {
  401: 'The token is missing or is not the one of this runner',
  403: 'The certificate of the service is missing, or no authority of RUNNER_CLIENT_CA vouches for it',
  404: 'There is no such protocol here',
  503: 'This runner takes nothing new',
}

/** Answers with a problem (RFC 9457) and closes. */
export const turnAway = (stream: Duplex, status: 401 | 403 | 404 | 503): void => {
  const body = JSON.stringify({ title: STATUS_CODES[status], status, detail: WHY[status] })
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => stream.destroy(),
  )
}
