import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodyPort, Streaming } from '#runtime/slots/body-port.js'
import type { Field } from '#runtime/slots/child/frames.js'

/** What a streamed answer begins with on the wire. */
export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** What the bodies of one call go over. */
export interface Exchange {
  readonly stream: Streaming
  readonly limits: BodyPort['limits']
  /** What was sent, read already or not. */
  readonly body: Buffer | IncomingMessage
  readonly out: ServerResponse
}

/** The bodies of a call over HTTP. Nothing is kept here but what the connection has not taken yet. */
export class HttpBodies implements BodyPort {
  readonly stream: Streaming
  readonly limits: BodyPort['limits']
  readonly gone: Promise<void>
  /** Makes the head of an answer fit to be sent, or raises what is wrong with it. */
  head: (status: number, headers: readonly Field[]) => Head = (status) => ({ status, headers: {} })
  /** The head that was sent. */
  sent: Head | undefined
  /** What was wrong with the head that the guest wanted. */
  invalid: Error | undefined
  private readonly out: ServerResponse
  private readonly incoming: IncomingMessage | undefined
  private readonly chunks: AsyncIterator<Buffer> | undefined
  /** Bytes of the request that were read and not asked for yet. */
  private rest: Buffer

  constructor({ stream, limits, body, out }: Exchange) {
    this.stream = stream
    this.limits = limits
    this.out = out
    this.rest = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
    this.incoming = Buffer.isBuffer(body) ? undefined : body
    this.chunks = this.incoming?.iterator({ destroyOnReturn: false })
    this.gone = new Promise((resolve) => {
      if (out.destroyed) resolve()
      out.once('close', () => out.writableFinished || resolve())
    })
  }

  get hasBegun(): boolean {
    return this.sent !== undefined
  }

  get waiting(): number {
    return this.out.writableLength + this.rest.length + (this.incoming?.readableLength ?? 0)
  }

  async read(max: number): Promise<Buffer> {
    while (this.rest.length === 0) {
      const next = await this.chunks?.next()
      if (next === undefined || next.done === true) return this.rest
      this.rest = next.value
    }
    const bytes = this.rest.subarray(0, max)
    this.rest = this.rest.subarray(bytes.length)
    return bytes
  }

  start(status: number, headers: readonly Field[]): void {
    try {
      this.sent = this.head(status, headers)
    } catch (error) {
      this.invalid = error as Error
      throw error
    }
    this.out.writeHead(this.sent.status, this.sent.headers).flushHeaders()
  }

  write(bytes: Uint8Array): void {
    this.out.write(bytes)
  }

  async drained(): Promise<void> {
    const { out } = this
    if (!out.writableNeedDrain || out.destroyed) return
    const over = new AbortController()
    const { signal } = over
    await Promise.race([once(out, 'drain', { signal }), once(out, 'close', { signal })]).finally(() => over.abort())
  }

  /** Nobody reads on: what still comes of the request is thrown away, so that the connection can serve the next one. */
  async release(): Promise<void> {
    await this.chunks?.return?.().catch(() => undefined)
    this.incoming?.resume()
  }

  /** The answer is whole. */
  end(): void {
    this.out.end()
  }

  /** The answer breaks off, without the end of its body: nobody takes it for whole. */
  cut(): void {
    this.out.destroy()
  }
}
