import { createHash } from 'node:crypto'
import pg from 'pg'
import type { DecisionEntry } from '#api/ledger/decision-entry.js'
import { newDecisionId } from '#api/ledger/decision-id.js'
import { Ledger } from '#api/ledger/ledger.service.js'
import type { Database } from '#api/platform/database/database.service.js'
import { digestOf } from '#runtime/digest.js'

/** Rows that are handed to the ledger at once: fewer than may wait there. */
const TOGETHER = 5_000
/** The months that rows are spread over, the current one among them. */
const MONTHS = 6

const INPUT = Buffer.from(JSON.stringify({ action: 'extension.invoke', facts: 'x'.repeat(700) }))
const ANSWER = Buffer.from('{"outcome":"allow","reasons":[],"rules":["call.allowed"]}')
const INPUT_DIGEST = digestOf(INPUT)

/** A UUID that the same kind and number always give. */
export const idOf = (kind: string, n: number): string =>
  createHash('sha256')
    .update(`${kind} ${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-8$3-8$4-$5')

/** Decision `n` of a platform of many organisations: mostly calls that are allowed, now and then a refusal, seldom a deed. */
const decision = (n: number, at: number): DecisionEntry => {
  const tenant = n % 200
  const refused = n % 50 === 0
  const deed = n % 400 === 7
  return {
    ...{ id: newDecisionId(at), tenant_id: idOf('tenant', tenant), workspace_id: null, instance: 'bench' },
    ...{ publisher_id: idOf('publisher', n % 300), gate: deed ? 'admin' : 'call' },
    ...{ action: deed ? 'key.create' : 'extension.invoke', outcome: refused ? 'deny' : 'allow', decided_by: 'policy' },
    ...{ cause: null, actor: `u_${n % 20_000}`, resource_kind: 'endpoint', resource_id: `run-${n % 5_000}` },
    ...{
      extension: `com.example.e${n % 1_000}`,
      install_id: idOf('install', n % 10_000),
      execution_id: idOf('run', n),
    },
    ...{ reasons: refused ? [n % 20_000 === 0 ? 'call.rare' : 'call.throttled'] : [], rules: ['call.allowed'] },
    ...{
      revision: `sha256:${String(Math.floor(n / 100_000)).padStart(64, '0')}`,
      engine: 'bench',
      tenant_module: null,
    },
    ...{ input: INPUT, answer: ANSWER, input_digest: INPUT_DIGEST, fuel: 7, count: 1 },
    ...{ correlation_id: `c-${Math.floor(n / 3)}`, at, expires_at: at + 60_000 },
  } as DecisionEntry
}

const monthsAgo = (months: number): number => {
  const now = new Date()
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)
}

/** Makes monthly partitions of the months past, by the ledger's own function, as of a platform that ran all the while. */
export const partitionMonths = async (ownerUrl: string): Promise<void> => {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT name FROM decision_partitions() WHERE until IS NOT NULL`,
    )
    const first = new Date(monthsAgo(MONTHS - 1)).toISOString()
    for (const { name } of rows) await owner.query(`ALTER TABLE decision DETACH PARTITION ${name}`)
    for (const { name } of rows) if (name !== 'decision_first') await owner.query(`DROP TABLE ${name}`)
    const bound = await owner.query<{ id: string }>('SELECT decision_id_from($1::timestamptz)::text AS id', [first])
    await owner.query(
      `ALTER TABLE decision ATTACH PARTITION decision_first FOR VALUES FROM (MINVALUE) TO ('${bound.rows[0]!.id}')`,
    )
    await owner.query('SELECT decision_partitions_ahead(3)')
  } finally {
    await owner.end()
  }
}

/** Keeps so many decisions of the months past, oldest first, by the ledger's own writer. */
export const fill = async (database: Database, decisions: number): Promise<void> => {
  const ledger = new Ledger(database.records)
  const first = monthsAgo(MONTHS - 1)
  const step = (Date.now() - first) / decisions
  for (let n = 0; n < decisions; n += TOGETHER)
    await Promise.all(
      Array.from({ length: Math.min(TOGETHER, decisions - n) }, (_, more) =>
        ledger.record(decision(n + more, Math.floor(first + (n + more) * step))),
      ),
    )
}

/** What autovacuum does in the course of days: statistics, visibility, and the summaries of the Bloom filters. */
export const settle = async (ownerUrl: string): Promise<void> => {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('VACUUM ANALYZE decision')
  await owner.end()
}
