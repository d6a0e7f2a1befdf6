import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { verifyExport } from '#sdk/audit/verify-export.js'
import { Ledger } from '../ledger/ledger.service.js'
import { LedgerLog } from '../ledger/log.service.js'
import { ledgerKey } from '../ledger/origin.js'
import { sequence } from '../ledger/sequencer.js'
import { leastIdOf } from '../ledger/decision-filters.rules.js'
import { countDecisions } from '../ledger/retention.repository.js'
import { decisionAt } from '../ledger/testing/decisions.js'
import { letTimePass } from '../ledger/testing/let-time-pass.js'
import type { Queryable } from '../platform/database/queryable.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { DecisionsService } from './decisions.service.js'
import { noTenantPolicy } from './testing/no-tenant-policy.js'
import { ReadGateService } from './read-gate.service.js'
import { Retention } from './retention.service.js'
import { shippedGate, type ShippedGate } from './testing/shipped-gate.js'
import { actorOf } from './testing/test-gate.js'

const DAY = 86_400_000
const key = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const old = decisionAt(Date.now() - 40 * DAY)
const recent = decisionAt(Date.now())

let held: TestDatabase
let owner: Client
let made: ShippedGate
let log: LedgerLog
let until: number

beforeAll(async () => {
  held = await testDatabase()
  owner = await held.owner()
  made = await shippedGate(held.database)
  log = new LedgerLog(held.database, key)
  const ledger = new Ledger(held.database.records)
  await Promise.all([old, recent].map((entry) => ledger.record(entry)))
  until = await letTimePass(owner)
}, 60_000)
afterAll(() => held.drop())

const retention = (days?: number): Retention =>
  new Retention({
    ...{ database: held.database, gate: made.gate, ledger: new Ledger(held.database.records) },
    ...{ days, now: () => Date.now() },
  })
const sequenced = () => sequence({ ...key, records: held.database.records, now: () => Date.now() })
async function* lines(): AsyncGenerator<string> {
  for await (const line of await log.export({ platform: true })) yield JSON.stringify(line)
}
const audit = () => verifyExport(lines(), { verifiers: [key.verifier] })

describe('retention', () => {
  it('keeps everything where no setting says otherwise, and what is too young', async () => {
    expect(await retention().run()).toEqual([])
    expect(await retention(30).run()).toEqual([])
  })

  it('counts step by step what is too much for one statement', async () => {
    const read = <T>(work: (tx: Queryable) => Promise<T>) => held.database.inScope({ platform: true }, work)
    const all = { from: leastIdOf(0), before: leastIdOf(Date.now() + DAY) }
    const { rows } = await owner.query<{ count: number }>('SELECT count(*)::int FROM decision')
    for (const step of [1, 2, rows[0]!.count, 1000]) expect(await countDecisions(read, all, step)).toBe(rows[0]!.count)
  })

  it('lets nothing go that is not in the log yet, and leaves the decision about it on record', async () => {
    await expect(retention(1).run()).rejects.toMatchObject({ code: 'ledger.not_sequenced' })
    expect((await owner.query('SELECT FROM decision WHERE id = $1', [old.id])).rowCount).toBe(1)
  })

  it('drops what is older, under a decision and a leaf, while every proof still holds', async () => {
    await sequenced()
    await owner.query('BEGIN')
    await owner.query('SELECT FROM decision')
    for (const _ of [1, 2]) await expect(retention(1).run()).rejects.toMatchObject({ code: '55P03' })
    await owner.query('COMMIT')
    const told = await owner.query("SELECT FROM ledger_entry WHERE kind = 'retention'")
    expect(told.rowCount).toBe(1)
    await sequenced()
    const before = await log.checkpoint()
    expect(await retention(1).run()).toEqual([{ since: null, until }])
    await sequenced()
    const { rows } = await owner.query('SELECT id FROM decision WHERE id = ANY($1)', [[old.id, recent.id]])
    expect(rows).toEqual([{ id: recent.id }])
    expect(await audit()).toMatchObject({ ok: true, gone: 1, findings: [] })
    expect((await verifyExport(lines(), { verifiers: [key.verifier], previous: before.note })).ok).toBe(true)
    expect(await log.inclusion(old.id)).toMatchObject({ entry: old.id })
    const decided = await owner.query(
      `SELECT d.outcome, d.actor FROM decision_retention r JOIN decision d ON d.id = r.decision_id WHERE d.action = 'audit.retain'`,
    )
    expect(decided.rows).toEqual([{ outcome: 'allow', actor: 'system' }])
    expect(await retention(1).run()).toEqual([])
  })

  it('is told to whoever asks for what went', async () => {
    const reads = new ReadGateService(made.gate)
    const decisions = new DecisionsService(held.database, made.policies, reads, noTenantPolicy())
    const actor = actorOf(PLATFORM_TENANT_ID, { platform: true })
    const caller = {
      principalId: 'p',
      keyId: 'k',
      tenantId: PLATFORM_TENANT_ID,
      tenant: null,
      actor,
      correlationId: 'c',
    }
    await expect(decisions.replay(caller, old.id)).rejects.toMatchObject({ code: 'decision.gone', status: 410 })
    await expect(decisions.show(caller, old.id, false)).rejects.toMatchObject({ code: 'decision.gone' })
    const never = decisionAt(Date.now()).id
    await expect(decisions.show(caller, never, false)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is found out where rows went without it, or the claim names no leaf', async () => {
    await owner.query('BEGIN')
    await owner.query('DELETE FROM decision WHERE id = $1', [recent.id])
    await owner.query('COMMIT')
    expect(await audit()).toMatchObject({ ok: false, first_tampered: recent.id })
    async function* forged(): AsyncGenerator<string> {
      for await (const line of lines())
        yield line.replace(
          /"retentions":\[\{"leaf":"[^"]+","since":null,"until":\d+/,
          `"retentions":[{"leaf":"${old.id}","since":null,"until":${Date.now() + DAY}`,
        )
    }
    const report = await verifyExport(forged(), { verifiers: [key.verifier] })
    expect(report).toMatchObject({ ok: false, findings: [{ fault: 'record_missing', ids: [old.id, recent.id] }] })
  })

  it('is not to be had by anybody around the gate', async () => {
    const row = `INSERT INTO decision_retention (id, tenant_id, until, decisions, decision_id)
      VALUES (gen_random_uuid(), '${PLATFORM_TENANT_ID}', now(), 0, gen_random_uuid())`
    await expect(held.database.records.query(row)).rejects.toMatchObject({ code: '42501' })
    const governed = held.database.governedTransaction({ decisionId: recent.id, scope: { platform: true } }, (tx) =>
      tx.query(row),
    )
    await expect(governed).rejects.toMatchObject({ code: 'GH001' })
  })
})
