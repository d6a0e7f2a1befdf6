import { Agent, request } from 'node:http'
import { parentPort, workerData, Worker } from 'node:worker_threads'

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

/** Runs in a thread of its own, so that what it measures is not its own waiting. */
export const loadScim = (order: ScimOrder): Promise<ScimReport> => {
  const worker = new Worker(new URL(import.meta.url), { workerData: order })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
}

const send = ({ url, token }: ScimOrder, { method, path, body }: ScimRequest, agent: Agent): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const sent = request(`${url}/scim/v2${path}`, { method, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const refused = (response.statusCode ?? 0) > 299 || /"status":"[45]/.test(text)
        resolve(refused ? `${response.statusCode} ${text.slice(0, 600)}` : null)
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

const run = async (order: ScimOrder): Promise<ScimReport> => {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections })
  const latenciesMs: number[] = []
  let [next, firstFailure]: [number, string | null] = [0, null]
  const start = performance.now()
  const isOver = (): boolean =>
    next >= order.requests.length || (order.milliseconds !== null && performance.now() - start > order.milliseconds)
  const line = async (): Promise<void> => {
    while (!isOver()) {
      const begun = performance.now()
      const failure = await send(order, order.requests[next++]!, agent)
      latenciesMs.push(performance.now() - begun)
      firstFailure ??= failure
    }
  }
  await Promise.all(Array.from({ length: order.connections }, line))
  agent.destroy()
  return {
    seconds: (performance.now() - start) / 1_000,
    latenciesMs: latenciesMs.toSorted((a, b) => a - b),
    firstFailure,
  }
}

if (parentPort) void run(workerData as ScimOrder).then((report) => parentPort!.postMessage(report))
