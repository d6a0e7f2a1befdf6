import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { AgentRecords } from './agents.repository.js'
import { KnownAgents } from './known-agents.service.js'
import { AgentReports } from './reports.service.js'

Logger.overrideLogger(false)

const REVISION = `sha256:${'a'.repeat(64)}`
let seeded: SeededPeople
let reports: AgentReports
let known: KnownAgents
let acme: Caller

const event = (change: object = {}) => ({
  labels: { id: 'agent-1' },
  decision_id: randomUUID(),
  timestamp: '2026-11-26T02:41:20.123456789Z',
  path: 'governance/admin/decision',
  bundles: { gatehouse: { revision: REVISION } },
  input: { action: 'tenant.create' },
  result: { outcome: 'allow', rules: ['admin.allowed'], reasons: [], obligations: [], approval: null },
  ...change,
})
const send = (events: readonly unknown[], caller = acme) =>
  reports.logs(caller, { body: Buffer.from(JSON.stringify(events)), encoding: undefined })
const decisions = (caller = acme, query: object = {}) => known.decisions(caller, { limit: 50, ...query })

beforeAll(async () => {
  seeded = await seededPeople()
  const { database } = seeded.postgres
  reports = new AgentReports(new AgentRecords(database.records), () => Date.now())
  const pointer = async () => ({
    ...{ seq: 1n, revision: `sha256:${'5'.repeat(64)}`, bundleRevision: REVISION, breakGlassUntil: null, before: null },
  })
  known = new KnownAgents(database, { pointer }, { revision: null })
  acme = await seeded.as('acme_owner')
}, 60_000)
afterAll(() => seeded.drop())

describe('what an agent decided', () => {
  it('is read while others have their turns', async () => {
    let turns = 0
    const others = setInterval(() => (turns += 1), 0)
    await send(Array.from({ length: 5_000 }, () => ({})))
    clearInterval(others)
    expect(turns).toBeGreaterThan(10)
  })

  it('is kept once, however often it is sent', async () => {
    const one = event()
    expect(await send([one, one])).toEqual({ kept: 2, refused: 0 })
    await send([one])
    const { items } = await decisions()
    expect(items.filter(({ decision_id }) => decision_id === one.decision_id)).toHaveLength(1)
    expect(items[0]).toMatchObject({
      source: 'agent',
      outcome: 'allow',
      replayable: true,
      at: '2026-11-26T02:41:20.123Z',
    })
  })

  it('is seen by its organisation and the platform alone', async () => {
    await send([event()])
    expect((await decisions(await seeded.as('globex_owner'))).items).toEqual([])
    expect((await decisions(await seeded.as('operator'))).items.length).toBeGreaterThan(0)
  })

  it.each<[string, object]>([
    ['masked', { erased: ['/input/subject'] }],
    ['without input', { input: undefined }],
    ['made by a policy of others', { bundles: {} }],
    ['made at a rule of others', { path: 'envoy/authz/allow' }],
  ])('can’t be replayed where it is %s', async (_what, change) => {
    const one = event(change)
    await send([one])
    const found = (await decisions()).items.find(({ decision_id }) => decision_id === one.decision_id)
    expect(found).toMatchObject({ replayable: false, masked: 'erased' in change })
  })

  it('is kept beside what is no decision, which is counted', async () => {
    const labels = { id: 'agent-2' }
    expect(await send([event({ labels }), { labels, nothing: true }, 7])).toEqual({ kept: 1, refused: 2 })
    const { items } = await known.list(acme, { limit: 50 })
    expect(items.find(({ id }) => id === 'agent-2')).toMatchObject({ refused_events: 1, reported_at: null })
  })

  it('comes in pages', async () => {
    await send([event(), event(), event()])
    const first = await decisions(acme, { limit: 2 })
    const second = await decisions(acme, { limit: 2, cursor: first.next_cursor })
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  it('permits nothing: PostgreSQL takes no governed write under it', async () => {
    await send([event()])
    const { id } = (await decisions(acme, { limit: 1 })).items[0]!
    const { database } = seeded.postgres
    const settings = { decisionId: id, scope: { platform: true }, tenantId: PLATFORM_TENANT_ID } as const
    const write = database.governedTransaction(settings, (tx) =>
      tx.query(`INSERT INTO tenant (id, slug, name, decision_id) VALUES ($1, 'agents', 'Agents', $2)`, [
        randomUUID(),
        id,
      ]),
    )
    await expect(write).rejects.toMatchObject({ code: 'GH002' })
    const owner = await seeded.postgres.owner()
    expect((await owner.query('SELECT FROM decision WHERE id = $1', [id])).rowCount).toBe(0)
  })

  it('stays as it was told, and is told by nobody else', async () => {
    const { records } = seeded.postgres.database
    await expect(records.query(`UPDATE agent_decision SET outcome = 'allow'`)).rejects.toMatchObject({ code: '42501' })
    await expect(records.query('DELETE FROM agent_decision')).rejects.toMatchObject({ code: '42501' })
  })

  it('of too many agents at once is refused', async () => {
    const many = Array.from({ length: 101 }, (_, at) => event({ labels: { id: `agent-${at}` } }))
    expect(await refusal(send(many))).toContain('request.invalid')
  })
})

describe('what an agent says of itself', () => {
  const report = (change: object = {}) => ({
    labels: { id: 'agent-9', version: '1.22.0', app: 'envoy' },
    bundles: { gatehouse: { active_revision: REVISION, ...change } },
  })
  const listed = async () => (await known.list(acme, { limit: 200 })).items.find(({ id }) => id === 'agent-9')

  it('stands in place of what it said before, until it says that all is well', async () => {
    const failed = { code: 'bundle_error', message: 'Bundle activation failed', errors: [{ message: 'bad signature' }] }
    await reports.status(acme, report(failed))
    expect((await listed())?.errors).toEqual([
      'gatehouse: bundle_error: Bundle activation failed',
      'gatehouse: bad signature',
    ])
    await reports.status(acme, report())
    expect(await listed()).toMatchObject({ errors: [], version: '1.22.0', active_revision: REVISION, follows: true })
  })

  it('tells when it decides by another policy than the one in force', async () => {
    await reports.status(acme, report({ active_revision: `sha256:${'b'.repeat(64)}` }))
    expect((await listed())?.follows).toBe(false)
  })

  it('comes in pages, each agent once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await known.list(acme, { limit: 1, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual([...new Set(seen)].toSorted())
    expect(seen.length).toBeGreaterThan(1)
    expect(await refusal(known.list(acme, { limit: 1, cursor: 'x' }))).toContain('request.invalid')
  })
})
