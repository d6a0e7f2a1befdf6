import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { incomingHeaders } from '#runtime/host-calls/egress-headers.rules.js'
import type { Destination } from '#runtime/host-calls/egress.rules.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import type { EgressRequest, EgressResponse, EgressSender } from '#runtime/host-calls/ports.js'

const MAX_RESPONSE_BYTES = 1024 * 1024
const MAX_RESPONSE_HEADER_BYTES = 16 * 1024

/** Sends requests of guests to the address that was checked. Follows no redirect: 3xx is returned as it is. */
export class EgressClient implements EgressSender {
  private readonly agents = { http: new http.Agent(), https: new https.Agent() }

  /** Raises `http.timeout`, `http.unreachable`, `http.response_too_large`. */
  async send(wanted: EgressRequest): Promise<EgressResponse> {
    const timeout = AbortSignal.timeout(Math.max(1, wanted.timeoutMs))
    const signal = AbortSignal.any([timeout, wanted.signal])
    try {
      const answer = await this.answerTo(wanted, signal)
      return {
        status: answer.statusCode ?? 0,
        headers: incomingHeaders(answer.headers),
        body: await bodyOf(answer),
      }
    } catch (error) {
      if (error instanceof HostRefusal) throw error
      if (signal.aborted) throw new HostRefusal('http.timeout', 'The host did not answer in time')
      throw new HostRefusal('http.unreachable', `The host could not be reached: ${reasonOf(error)}`)
    }
  }

  private answerTo(wanted: EgressRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.open(wanted, signal)
      request.on('response', resolve).on('error', reject)
      // An answer that switches protocols would leave a socket that nobody reads.
      request.on('upgrade', (_answer, socket) => socket.destroy(new Error('the host switched protocols')))
      request.end(wanted.body)
    })
  }

  private open({ to, address, method, headers, body }: EgressRequest, signal: AbortSignal): ClientRequest {
    const options = {
      host: address.address,
      family: address.family,
      port: to.port,
      method,
      path: to.target,
      signal,
      maxHeaderSize: MAX_RESPONSE_HEADER_BYTES,
      headers: { ...headers, host: hostHeader(to), 'accept-encoding': 'identity', 'content-length': body.length },
    }
    return to.scheme === 'https'
      ? https.request({ ...options, servername: to.host, agent: this.agents.https })
      : http.request({ ...options, agent: this.agents.http })
  }
}

const hostHeader = ({ scheme, host, port }: Destination): string =>
  port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`

/** The error's code, which names no address; certificates have codes too. */
const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'connection failed'

const bodyOf = async (answer: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_RESPONSE_BYTES) {
      answer.destroy()
      throw new HostRefusal('http.response_too_large', `The answer is larger than ${MAX_RESPONSE_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}
