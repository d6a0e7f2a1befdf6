import { parentPort, workerData, Worker } from 'node:worker_threads'
import { Pool } from 'undici'

/** A closed loop: so many requests are under way at any time, until all are answered or it is time. */
export interface ScimOrder {
  readonly url: string
  readonly token: string
  readonly connections: number
  /** Null where all are sent, however long it takes. */
  readonly milliseconds: number | null
  readonly requests: readonly ScimRequest[]
}

export interface ScimRequest {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** What came of it; latencies in milliseconds, sorted. */
export interface ScimReport {
  readonly seconds: number
  readonly latenciesMs: readonly number[]
  /** The first answer of a status beyond 299. */
  readonly firstFailure: string | null
}

/** Runs in a thread of its own, so that what it measures is not its own waiting, by a client that takes little of the processors. */
export const loadScim = (order: ScimOrder): Promise<ScimReport> => {
  const worker = new Worker(new URL(import.meta.url), { workerData: order })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
}

const send = async ({ token }: ScimOrder, { method, path, body }: ScimRequest, pool: Pool): Promise<string | null> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
  const answer = await pool.request({ method, path: `/scim/v2${path}`, headers, body })
  const text = await answer.body.text()
  const refused = answer.statusCode > 299 || /"status":"[45]/.test(text)
  return refused ? `${answer.statusCode} ${text.slice(0, 600)}` : null
}

const run = async (order: ScimOrder): Promise<ScimReport> => {
  const pool = new Pool(order.url, { connections: order.connections })
  const latenciesMs: number[] = []
  let [next, firstFailure]: [number, string | null] = [0, null]
  const start = performance.now()
  const isOver = (): boolean =>
    next >= order.requests.length || (order.milliseconds !== null && performance.now() - start > order.milliseconds)
  const line = async (): Promise<void> => {
    while (!isOver()) {
      const begun = performance.now()
      const failure = await send(order, order.requests[next++]!, pool)
      latenciesMs.push(performance.now() - begun)
      firstFailure ??= failure
    }
  }
  await Promise.all(Array.from({ length: order.connections }, line))
  await pool.destroy()
  return {
    seconds: (performance.now() - start) / 1_000,
    latenciesMs: latenciesMs.toSorted((a, b) => a - b),
    firstFailure,
  }
}

if (parentPort) void run(workerData as ScimOrder).then((report) => parentPort!.postMessage(report))
