import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData, Worker } from 'node:worker_threads'

/** A load at a steady pace: requests go out when they are due, however long earlier ones take. */
export interface PacedOrder {
  /** Addresses of the instances, which take turns. */
  readonly urls: readonly string[]
  readonly perSecond: number
  /** Null until it is told to stop. */
  readonly milliseconds: number | null
  readonly method: string
  /** They take turns as well, each by itself. */
  readonly paths: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The status that every answer must have; null where any will do. */
  readonly expect: number | null
}

/** What came of it; latencies in milliseconds from when a request was due. */
export interface PacedReport {
  readonly answers: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of each request that was answered, sorted. */
  readonly latenciesMs: readonly number[]
  /** Answers of another status than expected, and requests without an answer. */
  readonly failures: number
  readonly firstFailure: string | null
}

const CALLS_IN_ROW = 20
const WARM_WITHIN_MS = 120_000

/** Runs in a thread of its own, so that what it measures is not its own waiting. */
export interface Load {
  readonly report: Promise<PacedReport>
  stop(): void
}

export const startLoad = (order: PacedOrder): Load => {
  const worker = new Worker(new URL(import.meta.url), { workerData: order })
  const report = new Promise<PacedReport>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
  return { report, stop: () => worker.postMessage('stop') }
}

/** The value below which `part` of the sorted values lie; 0 where there are none. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? 0

const send = (order: PacedOrder, url: URL, agent: Agent): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { method, headers, body } = order
    const sent = request(url, { method, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

/**
 * Calls each instance until slots have begun and code is compiled: first one call after another, since a cold instance has
 * no room for more, then at the order's pace. What is refused meanwhile is of no concern; that an instance does not get
 * warm is a fault.
 */
export const warmUp = async (order: PacedOrder): Promise<void> => {
  for (const url of order.urls) await calledInTurn(order, url)
  await startLoad(order).report
}

/** Until so many calls in a row were answered as they must be. */
const calledInTurn = async (order: PacedOrder, url: string): Promise<void> => {
  const agent = new Agent({ keepAlive: true })
  const deadline = performance.now() + WARM_WITHIN_MS
  for (let inRow = 0; inRow < CALLS_IN_ROW;) {
    const { status, text } = await send(order, new URL(order.paths[0]!, url), agent)
    inRow = status === order.expect ? inRow + 1 : 0
    if (inRow === 0 && performance.now() > deadline) throw new Error(`${url} does not get warm: ${status} ${text}`)
  }
  agent.destroy()
}
const addressOf = ({ paths, urls }: PacedOrder, number: number): URL =>
  new URL(paths[number % paths.length]!, urls[number % urls.length])

const pace = async (order: PacedOrder, stopped: () => boolean): Promise<PacedReport> => {
  const agent = new Agent({ keepAlive: true })
  const latencies: number[] = []
  const failures: string[] = []
  const waiting = new Set<Promise<void>>()
  const begun = performance.now()
  const until = order.milliseconds === null ? Infinity : begun + order.milliseconds
  for (let number = 0; ; number++) {
    const due = begun + (number * 1_000) / order.perSecond
    if (due > until || stopped()) break
    const wait = due - performance.now()
    if (wait > 1) await delay(wait)
    const one = send(order, addressOf(order, number), agent)
      .then(
        ({ status, text }) => {
          latencies.push(performance.now() - due)
          if (order.expect !== null && status !== order.expect) failures.push(`${status} ${text}`)
        },
        (error: Error) => void failures.push(error.message),
      )
      .finally(() => waiting.delete(one))
    waiting.add(one)
  }
  await Promise.all(waiting)
  agent.destroy()
  latencies.sort((a, b) => a - b)
  return {
    answers: latencies.length,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    latenciesMs: latencies,
    failures: failures.length,
    firstFailure: failures[0]?.slice(0, 500) ?? null,
  }
}

if (parentPort) {
  const port = parentPort
  let stopped = false
  port.on('message', () => (stopped = true))
  port.postMessage(await pace(workerData as PacedOrder, () => stopped))
  port.close()
}
