import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listDecisions } from '#api/ledger/decisions.repository.js'
import { pastDecisions } from '#api/ledger/past-decisions.repository.js'
import { Database } from '#api/platform/database/database.service.js'
import { migrate } from '#api/platform/database/migrations.js'
import { EmbeddedPostgres } from '#api/platform/embedded/embedded-postgres.js'
import type { DecisionFilters } from '#contract/api/decisions.js'
import { packageRoot } from '#runtime/package-root.js'
import { fill, idOf, partitionMonths, settle } from './decisions-fill.js'

const PAGE = 51
const SCOPE = { platform: true } as const

/** A search by each column. The values are those of a decision in the midst of what was filled. */
const searches = (decisions: number): Record<string, DecisionFilters> => {
  const n = Math.floor(decisions / 2)
  return {
    newest: {},
    gate: { gate: 'admin' },
    action: { action: 'key.create' },
    outcome: { outcome: 'deny' },
    tenant: { tenant: idOf('tenant', n % 200) },
    extension: { extension: `com.example.e${n % 1_000}` },
    publisher: { publisher: idOf('publisher', n % 300) },
    install: { install: idOf('install', n % 10_000) },
    execution: { execution: idOf('run', n) },
    actor: { actor: `u_${n % 20_000}` },
    resource: { resource: `run-${n % 5_000}` },
    rare_reason: { reason: 'call.rare' },
    revision_of_old: { revision: `sha256:${'0'.repeat(64)}` },
    correlation_id: { correlation_id: `c-${Math.floor(n / 3)}` },
    none_that_fits: { actor: 'u_nobody' },
  } as Record<string, DecisionFilters>
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Milliseconds of each round, as p50 and p99. */
const timed = async (rounds: number, work: () => Promise<unknown>) => {
  await work()
  const times: number[] = []
  for (let left = rounds; left > 0; left--) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  return { p50: at(0.5), p99: at(0.99) }
}

const search = (database: Database, filters: DecisionFilters, before: string | null = null) =>
  database.inScope(SCOPE, (tx) => listDecisions(tx, { scope: SCOPE, view: 'rows', filters, rows: PAGE, before }))

/** Latency of the first page of each search, and by that of the newest page of all, which a keyset answers at once. */
const bySearch = async (database: Database, { decisions, rounds }: Size) => {
  const found: Record<string, { p50_ms: number; p99_ms: number; by_newest: number; rows: number }> = {}
  let newest = 1
  for (const [name, filters] of Object.entries(searches(decisions))) {
    const { p50, p99 } = await timed(rounds, () => search(database, filters))
    if (name === 'newest') newest = p50
    const { length: rows } = await search(database, filters)
    found[name] = { p50_ms: round(p50), p99_ms: round(p99), by_newest: round(p50 / newest), rows }
  }
  return found
}

/** How much dearer a page is deep in the past than the first one: a keyset must not grow. */
const pageDepth = async (database: Database, rounds: number) => {
  const first = await timed(rounds, () => search(database, {}))
  const [oldest] = await database.inScope(
    SCOPE,
    async (tx) => (await tx.query<{ id: string }>('SELECT id FROM decision ORDER BY id OFFSET 1000 LIMIT 1')).rows,
  )
  const deep = await timed(rounds, () => search(database, {}, oldest?.id ?? null))
  return { first_p50_ms: round(first.p50), deepest_p50_ms: round(deep.p50), ratio: round(deep.p50 / first.p50) }
}

/** Decisions a second, each with input and answer, by the walk that exports and replays take. */
const readThrough = async (database: Database): Promise<number> => {
  const start = performance.now()
  let read = 0
  for await (const { length } of pastDecisions(database, { scope: SCOPE, query: {}, after: null })) read += length
  return Math.round(read / ((performance.now() - start) / 1_000))
}

interface Size {
  readonly decisions: number
  readonly rounds: number
}

const measure = async (database: Database, ownerUrl: string, size: Size) => {
  await partitionMonths(ownerUrl)
  const start = performance.now()
  await fill(database, size.decisions)
  const seconds = (performance.now() - start) / 1_000
  await settle(ownerUrl)
  const settings = await database.inScope(
    SCOPE,
    async (tx) =>
      (
        await tx.query(
          `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
                (SELECT count(*)::int FROM decision_partitions() WHERE estimated_rows > 0) AS partitions`,
        )
      ).rows[0],
  )
  return {
    ...{ decisions: size.decisions, ...settings, recorded_per_second: Math.round(size.decisions / seconds) },
    searches: await bySearch(database, size),
    page_depth: await pageDepth(database, size.rounds),
    read_per_second: await readThrough(database),
    load: round(loadavg()[0]!),
  }
}

/** Runs on a throw-away data folder with the embedded database, set as it is for use. */
const main = async (size: Size, json: boolean): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-decisions-'))
  try {
    const server = await EmbeddedPostgres.start({ dataFolder: folder, notice: () => undefined })
    try {
      await migrate(server.ownerUrl, join(packageRoot(), 'prisma'), decodeURIComponent(new URL(server.url).username))
      const database = new Database(server.url)
      try {
        const { searches: found, ...figures } = await measure(database, server.ownerUrl, size)
        if (json) process.stdout.write(`${JSON.stringify({ ...figures, searches: found })}\n`)
        else {
          console.table(found)
          console.table({ ...figures, page_depth: JSON.stringify(figures.page_depth) })
        }
      } finally {
        await database.close()
      }
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '50' },
  },
})
const [decisions, rounds] = [Number(values.rows), Number(values.rounds)]
if (!(decisions >= 2_000) || !(rounds >= 1))
  throw new Error('usage: decisions.js [--rows N, from 2000 on] [--rounds N] [--json]')
await main({ decisions, rounds }, values.json)
