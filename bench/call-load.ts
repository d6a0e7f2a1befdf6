import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** What one phase of load is asked to do. */
export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  /** One whole HTTP/1.1 request; it is sent again as soon as its answer is there. */
  readonly request: string
}
/** What came of it. Latencies in milliseconds, from write to last byte. */
export interface LoadReport {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly answers: number
  readonly failures: number
}

const HEAD_END = Buffer.from('\r\n\r\n')

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
}

/** Keeps one connection busy until `until`, on the clock of `performance`. */
const keepBusy = (order: LoadOrder, until: number, tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = Buffer.from(order.request)
    let sentAt = 0
    let received: Buffer = Buffer.alloc(0)
    const socket: Socket = connect(order.port, '127.0.0.1')
    const send = (): void => {
      sentAt = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', send).on('error', reject)
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = wholeAnswer(received)
      if (!answer) return
      const now = performance.now()
      tally.latencies.push(now - sentAt)
      if (answer.status !== 200) tally.failures++
      received = received.subarray(answer.length)
      if (now < until) return send()
      socket.destroy()
      resolve()
    })
  })

const quantile = (sorted: Float64Array, part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0

/** Closed loop over all connections: each sends its next request when the last one was answered. */
const load = async (order: LoadOrder): Promise<LoadReport> => {
  const tally: Tally = { latencies: [], failures: 0 }
  const start = performance.now()
  const until = start + order.milliseconds
  await Promise.all(Array.from({ length: order.connections }, () => keepBusy(order, until, tally)))
  const seconds = (performance.now() - start) / 1_000
  const sorted = Float64Array.from(tally.latencies).toSorted()
  return {
    perSecond: sorted.length / seconds,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    answers: sorted.length,
    failures: tally.failures,
  }
}

if (parentPort) {
  const port = parentPort
  port.postMessage(await load(workerData as LoadOrder))
}
