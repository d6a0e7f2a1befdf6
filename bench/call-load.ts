import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

/** What one phase of load is asked to do. */
export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  /** It ends earlier once so many requests were sent. */
  readonly requests?: number
  /** They take turns. */
  readonly paths: readonly string[]
  readonly headers: readonly string[]
  readonly body: string
}
/** What came of it. Latencies in milliseconds, from write to last byte. */
export interface LoadReport {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly answers: number
  readonly failures: number
  /** The first answer of another status than 200, its beginning. */
  readonly firstFailure: string | null
}

const ME = fileURLToPath(import.meta.url)
const HEAD_END = Buffer.from('\r\n\r\n')
const SHOWN_BYTES = 600

/** One load under way, in a process of its own: it takes no time from what it measures but that of its core. */
export interface Load {
  readonly pid: number
  readonly report: Promise<LoadReport>
}

export const startLoad = (order: LoadOrder): Load => {
  const child = fork(ME, ['load'])
  const reported = once(child, 'message').then(([report]) => report as LoadReport)
  // Not its end, which may be seen before the last that it said.
  const died = once(child, 'disconnect').then((): never => {
    throw new Error('the load ended before it reported')
  })
  child.send(order)
  const report = Promise.race([reported, died])
  died.catch(() => undefined)
  return { pid: child.pid!, report }
}

/** Length of the first whole answer in the bytes, with its status; null where it is not whole yet. */
const wholeAnswer = (bytes: Buffer): { status: number; length: number } | null => {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return null
  const head = bytes.toString('latin1', 0, end)
  const length = end + HEAD_END.length + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
  return bytes.length < length ? null : { status: Number(head.slice(9, 12)), length }
}

interface Tally {
  readonly latencies: number[]
  failures: number
  firstFailure: string | null
  /** The next request; undefined once enough were sent, or it is time. */
  next(): Buffer | undefined
}

/** Keeps one connection busy as long as there is a next request. */
const keepBusy = (port: number, tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    let sentAt = 0
    let received: Buffer = Buffer.alloc(0)
    const socket: Socket = connect(port, '127.0.0.1')
    const send = (): void => {
      const request = tally.next()
      if (request === undefined) {
        socket.destroy()
        return resolve()
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', send).on('error', reject)
    socket.on('end', () => reject(new Error('the connection was closed')))
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = wholeAnswer(received)
      if (!answer) return
      tally.latencies.push(performance.now() - sentAt)
      if (answer.status !== 200) {
        tally.failures++
        tally.firstFailure ??= received.toString('utf8', 0, SHOWN_BYTES)
      }
      received = received.subarray(answer.length)
      send()
    })
  })

const quantile = (sorted: Float64Array, part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0

const requestsOf = ({ paths, headers, body }: LoadOrder): Buffer[] => {
  const all = ['host: localhost', 'content-type: application/json', `content-length: ${body.length}`, ...headers]
  return paths.map((path) => Buffer.from(`POST ${path} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${body}`))
}

/** Closed loop over all connections: each sends its next request when the last one was answered. */
const load = async (order: LoadOrder): Promise<LoadReport> => {
  const requests = requestsOf(order)
  const start = performance.now()
  const until = start + order.milliseconds
  let sent = 0
  const next = (): Buffer | undefined =>
    performance.now() < until && sent < (order.requests ?? Infinity) ? requests[sent++ % requests.length] : undefined
  const tally: Tally = { latencies: [], failures: 0, firstFailure: null, next }
  await Promise.all(Array.from({ length: order.connections }, () => keepBusy(order.port, tally)))
  const seconds = (performance.now() - start) / 1_000
  const sorted = Float64Array.from(tally.latencies).toSorted()
  const { failures, firstFailure } = tally
  return {
    perSecond: sorted.length / seconds,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    ...{ answers: sorted.length, failures, firstFailure },
  }
}

if (process.send && process.argv[2] === 'load')
  process.once('message', (order) => {
    void load(order as LoadOrder).then((report) => process.send!(report, () => process.disconnect()))
  })
