import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A span as it was sent; ids in hexadecimal, of parents that there are. */
export interface Received {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
}

/** A collector of OpenTelemetry on loopback. */
export interface Collector {
  readonly url: string
  /** What came until now. */
  readonly spans: readonly Received[]
  close(): void
}

export const startCollector = async (): Promise<Collector> => {
  const spans: Received[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      spans.push(...spansIn(body))
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, close: () => server.close() }
}

const [RESOURCE_SPANS, SCOPE_SPANS, SPANS] = [1, 2, 2]
const [TRACE_ID, SPAN_ID, PARENT_ID, NAME] = [1, 2, 4, 5]

/** Of an ExportTraceServiceRequest (opentelemetry-proto, trace/v1) as much as is looked at here. */
const spansIn = (body: Buffer): Received[] =>
  [body]
    .flatMap(within(RESOURCE_SPANS))
    .flatMap(within(SCOPE_SPANS))
    .flatMap(within(SPANS))
    .map((span) => {
      const [traceId, spanId, parentId] = [TRACE_ID, SPAN_ID, PARENT_ID].map(
        (number) => within(number)(span)[0]?.toString('hex') ?? '',
      )
      return { traceId: traceId!, spanId: spanId!, parentId: parentId!, name: within(NAME)(span)[0]!.toString() }
    })

/** The fields of a message that have this number and a length; the others are passed over. */
const within =
  (wanted: number) =>
  (message: Buffer): Buffer[] => {
    const found: Buffer[] = []
    let at = 0
    const varint = (): number => {
      let value = 0
      for (let shift = 1; ; shift *= 128) {
        const byte = message[at++]!
        value += (byte & 127) * shift
        if (byte < 128) return value
      }
    }
    while (at < message.length) {
      const key = varint()
      const [number, kind] = [Math.floor(key / 8), key % 8]
      if (kind === 0) varint()
      else if (kind === 1) at += 8
      else if (kind === 5) at += 4
      else {
        const length = varint()
        if (number === wanted) found.push(message.subarray(at, at + length))
        at += length
      }
    }
    return found
  }
