import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DecisionFilters } from '#contract/api/decisions.js'
import { verifyCheckpoint } from '#sdk/audit/checkpoint.rules.js'
import { verifyInclusion } from '#sdk/audit/merkle.rules.js'
import { verifyExport } from '#sdk/audit/verify-export.js'
import { findEvidence, listDecisions } from '../ledger/decisions.repository.js'
import { Ledger } from '../ledger/ledger.service.js'
import { LedgerLog } from '../ledger/log.service.js'
import { ledgerKey } from '../ledger/origin.js'
import { sequence } from '../ledger/sequencer.js'
import { decisionAt } from '../ledger/testing/decisions.js'
import { letTimePass } from '../ledger/testing/let-time-pass.js'
import { releaseBefore, type ReleaseBefore } from '../testing/release-before.js'
import { Retention } from './retention.service.js'
import { shippedGate } from './testing/shipped-gate.js'

const DAY = 86_400_000
const NOW = Date.now()
const key = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const old = decisionAt(NOW - 40 * DAY, { actor: 'p_old', resource_id: 'a' })
const recent = decisionAt(NOW - 1_000, { actor: 'p_recent', outcome: 'allow', reasons: [] })
/** Its id holds no moment that was, so that it lies where strays are. */
const stray = decisionAt(Date.UTC(9_000, 0), { actor: 'p_stray' })
/** Recorded by the release before, and not in the log yet when the database was brought to this one. */
const waiting = decisionAt(NOW, { actor: 'p_waiting' })
/** Recorded after, over a connection that was open before. */
const later = decisionAt(NOW + 1, { actor: 'p_later' })

let held: ReleaseBefore
let ledger: Ledger
let log: LedgerLog
/** The checkpoint that the release before signed last, as a witness keeps it. */
let witnessed: string

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')
const sequenced = () => sequence({ ...key, records: held.database.records, now: () => Date.now() })
async function* lines(): AsyncGenerator<string> {
  for await (const line of await log.export({ platform: true })) yield JSON.stringify(line)
}
const audit = () => verifyExport(lines(), { verifiers: [key.verifier], previous: witnessed })

beforeAll(async () => {
  held = await releaseBefore()
  ledger = new Ledger(held.database.records)
  log = new LedgerLog(held.database, key)
  for (const entry of [old, recent, stray]) await ledger.record(entry)
  await sequenced()
  const { rows } = await (await held.owner()).query('SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1')
  witnessed = rows[0].note
  await ledger.record(waiting)
  await held.upgrade()
  await ledger.record(later)
}, 60_000)
afterAll(() => held.drop())

describe('decisions of the release before', () => {
  it('have the proofs that they had, and the log goes on where it was', async () => {
    expect(await audit()).toMatchObject({ ok: true, size: 3, findings: [], unsequenced: [waiting.id, later.id] })
    expect(await sequenced()).toBe(2)
    expect(await audit()).toMatchObject({ ok: true, size: 5, recomputed: 5, gone: 0, findings: [], unsequenced: [] })
    for (const { id } of [old, recent, stray, waiting, later]) {
      const { leaf_hash, leaf_index, proof, checkpoint } = await log.inclusion(id)
      const tree = verifyCheckpoint(checkpoint, [key.verifier])
      expect(verifyInclusion({ hash: bytes(leaf_hash), index: leaf_index }, tree, proof.map(bytes))).toBe(true)
    }
  })

  it('are found by what indexes answer and by what Bloom filters do', async () => {
    const found = (filters: DecisionFilters): Promise<string[]> =>
      held.database.inScope({ platform: true }, async (tx) => {
        const search = { scope: { platform: true }, view: 'rows', filters, rows: 10, before: null } as const
        return (await listDecisions(tx, search)).map(({ id }) => id)
      })
    expect(await found({})).toEqual([stray, later, waiting, recent, old].map(({ id }) => id))
    expect(await found({ outcome: 'allow' })).toEqual([recent.id])
    expect(await found({ reason: 'call.throttled' })).toEqual([stray, later, waiting, old].map(({ id }) => id))
    for (const { actor, id } of [old, recent, stray, waiting, later]) expect(await found({ actor })).toEqual([id])
    expect(await found({ resource: 'a' })).toEqual([old.id])
    expect(await found({ tenant: old.tenant_id })).toEqual([old.id])
  })

  it('are shown to their organisation alone, with the bytes that they were made from', async () => {
    const evidence = (tenant: string) => held.database.inScope({ tenant }, (tx) => findEvidence(tx, old.id))
    expect(await evidence(old.tenant_id)).toMatchObject({ input: old.input, answer: old.answer, leaf_index: 0 })
    expect(await evidence(recent.tenant_id)).toBeNull()
  })

  it('are let go like any others, and what stays is proven', async () => {
    const owner = await held.owner()
    const until = await letTimePass(owner)
    const { gate } = await shippedGate(held.database)
    const retention = new Retention({ database: held.database, gate, ledger, days: 1, now: () => Date.now() })
    expect(await retention.run()).toEqual([{ since: null, until }])
    await sequenced()
    const { rows } = await owner.query(`SELECT id FROM decision WHERE action = 'extension.invoke' ORDER BY id`)
    expect(rows.map(({ id }) => id)).toEqual([recent, waiting, later, stray].map(({ id }) => id))
    expect(await audit()).toMatchObject({ ok: true, gone: 1, findings: [] })
  })
})
