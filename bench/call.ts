import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { layGround, type Ground } from '#api/ground.js'
import { loadConfig } from '#api/platform/config/config.js'
import { localUrl } from '#api/platform/embedded/provision.js'
import { readCredentials } from '#api/platform/embedded/server-files.js'
import { startBaseline, type Baseline } from './call-baseline.js'
import { startGoverned, type Governed } from './call-governed.js'
import type { LoadOrder, LoadReport } from './call-load.js'
import { median } from './gate-measure.js'

/** Both take turns, and the median of the pairs counts, because other work on the machine comes and goes. */
const PAIRS = 5
const PHASE_MS = 4_000
/** Until the guest and the service are compiled for good; a slot gets a share of the calls only. */
const WARM_UP_MS = 15_000
/** Eight for each core that the measurement is meant for: most wait for a host call, and those that wait together are answered together. */
const SLOTS = 16
const CONNECTIONS = 64
/** As many as the pool that the service keeps its records with. */
const POOL = 10
const KILOBYTE = 1_024

interface Pair {
  readonly governed: LoadReport
  readonly bare: LoadReport
}

const load = (order: LoadOrder): Promise<LoadReport> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('call-load.js', import.meta.url), { workerData: order })
    worker.once('message', resolve).once('error', reject)
  })

/** A body of 1 KB. */
const body = (): string => {
  const items = Array.from({ length: 20 }, (_, id) => ({ id, amount: id * 7, text: 'lunch with a client' }))
  const json = JSON.stringify({ items, padding: '' })
  return JSON.stringify({ items, padding: 'x'.repeat(Math.max(0, KILOBYTE - json.length)) })
}

const request = (path: string, headers: readonly string[]): string => {
  const sent = body()
  const all = ['host: localhost', 'content-type: application/json', `content-length: ${sent.length}`, ...headers]
  return `POST ${path} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${sent}`
}

const orders = (governed: Governed, bare: Baseline) => {
  const common = { connections: CONNECTIONS, milliseconds: PHASE_MS }
  const authorization = `authorization: Bearer ${governed.key}`
  return {
    governed: { ...common, port: governed.port, request: request(governed.path, [authorization]) },
    bare: { ...common, port: bare.port, request: request('/call', []) },
  }
}

const playPairs = async (governed: Governed, bare: Baseline): Promise<Pair[]> => {
  const order = orders(governed, bare)
  await load({ ...order.governed, milliseconds: WARM_UP_MS })
  await load({ ...order.bare, milliseconds: WARM_UP_MS })
  const pairs: Pair[] = []
  for (let pair = 0; pair < PAIRS; pair++)
    pairs.push({ governed: await load(order.governed), bare: await load(order.bare) })
  return pairs
}

/** What the database says of the calls, and of itself. */
const observe = async ({ database }: Ground) => {
  const one = async <Row extends object>(text: string): Promise<Row> =>
    (await database.inScope({ platform: true }, (tx) => tx.query<Row & Record<string, unknown>>(text))).rows[0]!
  const used = await one<{ fuel: number; host_calls: number; executions: number }>(
    `SELECT avg(fuel)::float8 AS fuel, avg(host_calls)::float8 AS host_calls, count(*)::int AS executions FROM extension_execution_log`,
  )
  const { fsync } = await one<{ fsync: string }>('SHOW fsync')
  const { synchronous_commit } = await one<{ synchronous_commit: string }>('SHOW synchronous_commit')
  return { used, fsync, synchronous_commit }
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

/** The printed figures; ratios are of the same pair, then the median. */
const report = (pairs: readonly Pair[], seen: Awaited<ReturnType<typeof observe>>) => {
  const middle = (pick: (pair: Pair) => number): number => rounded(median(pairs.map(pick)))
  return {
    throughput_ratio: middle(({ governed, bare }) => governed.perSecond / bare.perSecond),
    p99_ratio: middle(({ governed, bare }) => governed.p99Ms / bare.p99Ms),
    guest_fuel: Math.round(seen.used.fuel),
    host_calls: rounded(seen.used.host_calls),
    fsync: seen.fsync,
    synchronous_commit: seen.synchronous_commit,
    governed_per_s: middle(({ governed }) => governed.perSecond),
    bare_per_s: middle(({ bare }) => bare.perSecond),
    governed_p99_ms: middle(({ governed }) => governed.p99Ms),
    bare_p99_ms: middle(({ bare }) => bare.p99Ms),
    connections: CONNECTIONS,
    slots: SLOTS,
    executions: seen.used.executions,
    failures: pairs.reduce((sum, { governed, bare }) => sum + governed.failures + bare.failures, 0),
  }
}

/** Size of a call's decision as PostgreSQL keeps it: what the bare route inserts is as large. */
const rowBytes = async ({ database }: Ground): Promise<number> => {
  const size = `SELECT avg(pg_column_size(decision.*))::int AS bytes FROM decision WHERE action = 'extension.invoke'`
  return (await database.inScope({ platform: true }, (tx) => tx.query<{ bytes: number }>(size))).rows[0]!.bytes
}

const measure = async (ground: Ground, ownerUrl: string) => {
  const governed = await startGoverned(ground, CONNECTIONS)
  const one = { port: governed.port, connections: 1, milliseconds: 1 }
  await load({ ...one, request: request(governed.path, [`authorization: Bearer ${governed.key}`]) })
  const answer = JSON.stringify({ items: 20, known: true, padding: 'x'.repeat(980) })
  const bare = await startBaseline({ ownerUrl, connections: POOL, rowBytes: await rowBytes(ground), answer })
  try {
    const pairs = await playPairs(governed, bare)
    await governed.settle()
    return report(pairs, await observe(ground))
  } finally {
    await bare.close()
    await governed.close()
  }
}

/** Runs on a throw-away data folder with the embedded database, set as it is for use. */
const main = async (json: boolean): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-call-'))
  const ground = await layGround(
    loadConfig({ GATEHOUSE_DATA: folder, PORT: '0', GATEHOUSE_SLOTS: String(SLOTS) }),
    () => undefined,
  )
  try {
    const credentials = await readCredentials(folder)
    const figures = await measure(ground, localUrl(credentials, credentials.owner))
    if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
    else console.table(figures)
  } finally {
    await ground.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
await main(values.json)
