import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import type { ExportLine } from '#contract/api/ledger.js'
import { verifyCheckpoint } from '#sdk/audit/checkpoint.rules.js'
import { GrowingTree } from '#sdk/audit/growing-tree.js'
import { decisionLeaf } from '#sdk/audit/decision-leaf.rules.js'
import { leafHash, verifyConsistency, verifyInclusion } from '#sdk/audit/merkle.rules.js'
import { verifyExport, type AuditReport } from '#sdk/audit/verify-export.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { DecisionEntry } from './decision-entry.js'
import { newDecisionId } from './decision-id.js'
import { Ledger } from './ledger.service.js'
import { LedgerLog } from './log.service.js'
import { ledgerKey } from './origin.js'
import { LogCorrupt, sequence, type SequencerParts } from './sequencer.js'

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')
const key = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const TENANT = randomUUID()

const entryOf = (part: Partial<DecisionEntry> = {}): DecisionEntry => ({
  ...{ id: newDecisionId(Date.now()), tenant_id: TENANT, workspace_id: randomUUID(), publisher_id: randomUUID() },
  ...{ instance: 'node', gate: 'call', action: 'extension.invoke', outcome: 'deny', decided_by: 'policy', cause: null },
  ...{ actor: 'p_1', resource_kind: 'endpoint', resource_id: 'run “ü”', extension: 'com.example.one' },
  ...{
    install_id: randomUUID(),
    execution_id: randomUUID(),
    reasons: ['call.throttled'],
    rules: ['call.throttled', 'call.x'],
  },
  ...{ revision: `sha256:${'1'.repeat(64)}`, engine: 'engine/1', tenant_module: null },
  ...{ input: Buffer.from('{"a":1}'), answer: Buffer.from('{"b":2}') },
  input_digest: 'sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
  ...{ fuel: 12_345, count: 2, correlation_id: 'c-1', at: Date.now(), expires_at: Date.now() + 60_000 },
  ...part,
})

interface Fixture {
  readonly held: TestDatabase
  readonly owner: Client
  readonly ledger: Ledger
  readonly log: LedgerLog
  readonly parts: SequencerParts
}
let made: Fixture

beforeAll(async () => {
  const held = await testDatabase()
  const owner = await held.owner()
  const { database } = held
  made = {
    ...{ held, owner, ledger: new Ledger(database.records), log: new LedgerLog(database, key) },
    parts: { ...key, records: database.records, now: () => Date.now() },
  }
}, 60_000)
afterAll(() => made.held.drop())

const record = async (count: number): Promise<DecisionEntry[]> => {
  const entries = Array.from({ length: count }, () => entryOf())
  await Promise.all(entries.map((entry) => made.ledger.record(entry)))
  return entries
}
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
async function* linesOf(export_: AsyncIterable<ExportLine>): AsyncGenerator<string> {
  for await (const line of export_) yield JSON.stringify(line)
}
const audit = async (options: Parameters<typeof verifyExport>[1] = {}): Promise<AuditReport> =>
  verifyExport(linesOf(await made.log.export({ platform: true })), { verifiers: [key.verifier], ...options })

/** Changes rows as somebody with the owner's rights would, looks, and puts everything back. */
const tampered = async (statements: readonly string[], look: () => Promise<void>): Promise<void> => {
  const tables = ['decision', 'ledger_entry', 'ledger_node', 'ledger_head', 'ledger_checkpoint']
  for (const table of tables) await made.owner.query(`CREATE TEMP TABLE kept_${table} AS TABLE ${table}`)
  try {
    for (const statement of statements) await made.owner.query(statement)
    await look()
  } finally {
    for (const table of tables) {
      await made.owner.query(
        `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`,
      )
    }
  }
}

describe('the log', () => {
  it('has no checkpoint before the first pass, and an empty one after it', async () => {
    await expect(made.log.checkpoint()).rejects.toMatchObject({ code: 'ledger.empty' })
    expect(await sequence(made.parts)).toBe(0)
    expect(await made.log.checkpoint()).toMatchObject({ size: 0, origin: key.origin, unsequenced: 0 })
    expect(await audit()).toMatchObject({ ok: true, size: 0, findings: [] })
  })

  it('takes what waits, in batches of any size, and keeps a checkpoint of each', async () => {
    for (const count of [1, 2, 5, 700, 3]) {
      await record(count)
      expect(await sequence(made.parts)).toBe(count)
      const { note, size } = await made.log.checkpoint()
      expect(verifyCheckpoint(note, [key.verifier]).size).toBe(size)
    }
    expect(await audit()).toMatchObject({
      ok: true,
      size: 711,
      recomputed: 711,
      sealed: 0,
      unsequenced: [],
      current: true,
    })
  })

  it('is sequenced once when several instances try at once', async () => {
    await record(40)
    const appended = await Promise.all(Array.from({ length: 4 }, () => sequence(made.parts)))
    expect(appended.reduce((sum, one) => sum + one)).toBe(40)
    expect(await audit()).toMatchObject({ ok: true, size: 751 })
  })

  it('keeps leaves that are no decisions, and shows their bodies to the platform alone', async () => {
    const id = randomUUID()
    await made.ledger.recordLeaf('registry.event', id, { event: 'yanked', of: 'com.example.one' })
    await sequence(made.parts)
    expect(await audit()).toMatchObject({ ok: true, size: 752 })
    const own = await collect(await made.log.export({ tenant: TENANT }))
    expect(own.find((line) => line.type === 'entry' && line.id === id)).not.toHaveProperty('body')
  })

  it('tells a durable entry that is not sequenced yet as the tail', async () => {
    const [entry] = await record(1)
    expect(await audit()).toMatchObject({ ok: true, size: 752, unsequenced: [entry!.id] })
    const { lagMs, ...progress } = await made.log.progress()
    expect(progress).toEqual({ size: 752, unsequenced: 1 })
    expect(lagMs).toBeGreaterThan(0)
    await expect(made.log.inclusion(entry!.id)).rejects.toMatchObject({ code: 'ledger.not_sequenced' })
    await sequence(made.parts)
    expect(await audit()).toMatchObject({ ok: true, size: 753, unsequenced: [] })
  })

  it('gives another tenant hashes only, which still make the signed root', async () => {
    const foreign = linesOf(await made.log.export({ tenant: randomUUID() }))
    const report = await verifyExport(foreign, { verifiers: [key.verifier] })
    expect(report).toMatchObject({ ok: true, recomputed: 0, sealed: 753, size: 753 })
    const own = linesOf(await made.log.export({ tenant: TENANT }))
    expect(await verifyExport(own, { verifiers: [key.verifier] })).toMatchObject({
      ok: true,
      recomputed: 752,
      sealed: 1,
    })
  })

  it('proves inclusion of an entry in the newest checkpoint', async () => {
    const [entry] = await record(1)
    await sequence(made.parts)
    const { proof, leaf_hash, leaf_index, checkpoint } = await made.log.inclusion(entry!.id)
    const tree = verifyCheckpoint(checkpoint, [key.verifier])
    expect(verifyInclusion({ hash: bytes(leaf_hash), index: leaf_index }, tree, proof.map(bytes))).toBe(true)
    await expect(made.log.inclusion(randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })

  it('proves that every older log is a prefix of the newest', async () => {
    const { size } = await made.log.checkpoint()
    for (const from of [1, 8, 100, 512, size]) {
      const { from_root, to_root, to, proof } = await made.log.consistency(from)
      const older = { size: from, root: bytes(from_root) }
      expect(verifyConsistency(older, { size: to, root: bytes(to_root) }, proof.map(bytes))).toBe(true)
    }
    for (const [from, to] of [[0], [size + 1], [2, 1], [1, size + 1]] as const) {
      await expect(made.log.consistency(from, to)).rejects.toMatchObject({ code: 'request.invalid' })
    }
  })

  it('signs its newest checkpoint again before it expires, without growing', async () => {
    const before = await made.log.checkpoint()
    const later = Date.now() + 13 * 60 * 60 * 1000
    expect(await sequence({ ...made.parts, now: () => later })).toBe(0)
    const after = await made.log.checkpoint()
    expect(after).toMatchObject({ size: before.size, root: before.root })
    expect(Date.parse(after.expires_at)).toBeGreaterThan(Date.parse(before.expires_at))
    expect(await audit({ now: Date.parse(after.expires_at) + 1 })).toMatchObject({ ok: true, current: false })
  })

  it('may not give a size another root', async () => {
    const change = made.held.database.records.query('UPDATE ledger_checkpoint SET root = $1', [Buffer.alloc(32)])
    await expect(change).rejects.toMatchObject({ code: '42501' })
  })
})

describe('an altered log', () => {
  const VICTIM = 500
  let victim: string
  beforeAll(async () => {
    const { rows } = await made.owner.query<{ id: string }>('SELECT id FROM ledger_entry WHERE leaf_index = $1', [
      VICTIM,
    ])
    victim = rows[0]!.id
  })
  const changes: [string, string][] = [
    ['id', 'gen_random_uuid()'],
    ...['tenant_id', 'workspace_id', 'publisher_id', 'install_id', 'execution_id'].map((name): [string, string] => [
      name,
      'gen_random_uuid()',
    ]),
    ...['instance', 'action', 'decided_by', 'actor', 'resource_kind', 'resource_id', 'extension', 'engine', 'gate'].map(
      (name): [string, string] => [name, `${name} || 'x'`],
    ),
    ...['revision', 'input_digest', 'correlation_id'].map((name): [string, string] => [name, `'sha256:x'`]),
    ...['input', 'answer'].map((name): [string, string] => [name, String.raw`${name} || '\x20'`]),
    ['answer', 'NULL'],
    ['outcome', `'allow'`],
    ['cause', `'budget_exhausted'`],
    ['tenant_module', `'sha256:x'`],
    ['reasons', `'{}'`],
    ['rules', `array_append(rules, 'call.more')`],
    ['fuel', 'fuel + 1'],
    ['count', 'count + 1'],
    ['at', `at + interval '1 millisecond'`],
    ['expires_at', `expires_at + interval '1 millisecond'`],
  ]

  it.each(changes)('is found by the id of the decision whose %s was set to %s', async (column, value) => {
    await tampered([`UPDATE decision SET ${column} = ${value} WHERE id = '${victim}'`], async () => {
      expect(await audit()).toMatchObject({ ok: false, first_tampered: victim })
    })
    expect(await audit()).toMatchObject({ ok: true })
  })

  it('has each column of a decision under its leaf', async () => {
    const { rows } = await made.owner.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'decision'`,
    )
    expect([...new Set(changes.map(([name]) => name))].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  it('is found where a decision, or a decision with its leaf, was deleted', async () => {
    await tampered([`DELETE FROM decision WHERE id = '${victim}'`], async () => {
      expect(await audit()).toMatchObject({ ok: false, first_tampered: victim })
    })
    await tampered(
      [`DELETE FROM decision WHERE id = '${victim}'`, `DELETE FROM ledger_entry WHERE id = '${victim}'`],
      async () => expect((await audit()).findings[0]).toMatchObject({ fault: 'leaf_missing' }),
    )
  })

  it('is narrowed down by the checkpoints where row and leaf were altered together', async () => {
    const [entry] = await record(1)
    await sequence(made.parts)
    const leaf = Buffer.from(leafHash(decisionLeaf({ ...entry!, count: 3 }))).toString('hex')
    await record(2)
    await sequence(made.parts)
    const changes = [
      `UPDATE decision SET count = 3 WHERE id = '${entry!.id}'`,
      String.raw`UPDATE ledger_entry SET leaf_hash = '\x${leaf}' WHERE id = '${entry!.id}'`,
    ]
    await tampered(changes, async () => {
      const { findings, first_tampered } = await audit()
      expect(findings).toMatchObject([{ fault: 'root_mismatch', ids: [entry!.id] }])
      expect(first_tampered).toBe(entry!.id)
    })
  })

  it('is found where the whole log was rewritten under another key, or cut back behind an older checkpoint', async () => {
    const { note: previous } = await made.log.checkpoint()
    await record(1)
    await sequence(made.parts)
    expect(await audit({ previous })).toMatchObject({ ok: true })
    const other = ledgerKey(generateKeyPairSync('ed25519').privateKey)
    const forged = new LedgerLog(made.held.database, other)
    await tampered(['DELETE FROM ledger_checkpoint'], async () => {
      await made.owner.query('DELETE FROM ledger_checkpoint')
      await sequence({ ...made.parts, ...other })
      const lines = linesOf(await forged.export({ platform: true }))
      expect((await verifyExport(lines, { verifiers: [key.verifier] })).findings[0]).toMatchObject({
        fault: 'checkpoint_refused',
      })
    })
    const empty = [
      'DELETE FROM ledger_node',
      'DELETE FROM ledger_checkpoint',
      'UPDATE ledger_entry SET leaf_index = NULL',
      `UPDATE ledger_head SET size = 0, root = sha256('')`,
      `UPDATE decision SET outcome = 'allow' WHERE id = '${victim}'`,
      `DELETE FROM decision WHERE id <> '${victim}'`,
      `DELETE FROM ledger_entry WHERE id <> '${victim}'`,
    ]
    await tampered(empty, async () => {
      await sequence(made.parts)
      expect((await audit({ previous })).findings.map(({ fault }) => fault)).toContain('history_rewritten')
    })
  })

  it('is found where the export was cut short', async () => {
    const lines = await collect(linesOf(await made.log.export({ platform: true })))
    async function* cut(): AsyncGenerator<string> {
      yield* lines.slice(0, -20)
    }
    const faults = (await verifyExport(cut(), { verifiers: [key.verifier] })).findings.map(({ fault }) => fault)
    expect(faults).toContain('export_truncated')
  })

  it('is not built upon', async () => {
    await tampered([`UPDATE ledger_node SET hash = sha256('x') WHERE level = 9`], async () => {
      await record(1)
      await expect(sequence(made.parts)).rejects.toThrow(LogCorrupt)
    })
  })
})

describe('batches of decisions', () => {
  it('keep every column exactly', async () => {
    const entry = entryOf({ workspace_id: null, answer: null, reasons: [], extension: null, resource_id: '"\\\'—😀' })
    await made.ledger.record(entry)
    const { rows } = await made.owner.query<Record<string, unknown>>('SELECT * FROM decision WHERE id = $1', [entry.id])
    expect({ ...rows[0], fuel: Number(rows[0]!.fuel), input: rows[0]!.input }).toEqual({
      ...entry,
      ...{ at: new Date(entry.at), expires_at: new Date(entry.expires_at) },
    })
  })

  it('are refused as an outage, all rows alike, while the database cannot be reached', async () => {
    const gone = new Ledger(new (await import('pg')).Pool({ connectionString: 'postgres://x@127.0.0.1:1/x' }))
    const settled = await Promise.allSettled([entryOf(), entryOf()].map((entry) => gone.record(entry)))
    for (const one of settled) expect(one).toMatchObject({ status: 'rejected', reason: { fault: 'outage' } })
  })

  it('have a tree that agrees with one grown from the leaves in their order', async () => {
    await sequence(made.parts)
    const { rows } = await made.owner.query<{ leaf_hash: Buffer }>(
      'SELECT leaf_hash FROM ledger_entry ORDER BY leaf_index',
    )
    const tree = new GrowingTree()
    for (const { leaf_hash } of rows) tree.append(leaf_hash)
    expect((await made.log.checkpoint()).root).toBe(Buffer.from(tree.root).toString('base64'))
  })
})
