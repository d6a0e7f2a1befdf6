import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { decisionLeaf } from '#sdk/audit/decision-leaf.rules.js'
import { leafHash } from '#sdk/audit/merkle.rules.js'
import { monotonicClock } from '../killswitch/clock.js'
import { FakeClock, settle } from '../killswitch/testing/fake-clock.js'
import { Ledger } from '../ledger/ledger.service.js'
import { ledgerKey } from '../ledger/origin.js'
import { sequence, type SequencerParts } from '../ledger/sequencer.js'
import { decisionAt } from '../ledger/testing/decisions.js'
import { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { DecisionFeed } from './decision-feed.service.js'
import { LogWatch } from './log-watch.js'
import { actorOf } from './testing/test-gate.js'

const TENANT = randomUUID()
const key = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const nobody = new AbortController().signal
const callerOf = (tenantId: string): Caller => ({
  ...{ principalId: 'p', keyId: 'k', tenantId, tenant: null, correlationId: 'c' },
  actor: actorOf(tenantId, { platform: tenantId === PLATFORM_TENANT_ID, id: 'p_siem' }),
})
const operator = callerOf(PLATFORM_TENANT_ID)

let held: TestDatabase
let other: Database
let watch: LogWatch
let feed: DecisionFeed
const feedOf = (log: LogWatch): DecisionFeed => new DecisionFeed(held.database, { check: async () => {} }, log)
const partsOf = ({ records }: Database): SequencerParts => ({ ...key, records, now: () => Date.now() })
const append = async (...entries: ReturnType<typeof decisionAt>[]): Promise<string[]> => {
  const ledger = new Ledger(held.database.records)
  await Promise.all(entries.map((entry) => ledger.record(entry)))
  await sequence(partsOf(held.database))
  return entries.map(({ id }) => id)
}
const page = async (after: string, part: { wait?: number; limit?: number; actor?: string } = {}, caller = operator) => {
  const { items, next_cursor } = await feed.page(caller, { limit: 200, after, ...part }, nobody)
  return { ids: items.map(({ id }) => id), next: next_cursor }
}

beforeAll(async () => {
  held = await testDatabase()
  other = new Database(held.url)
  watch = new LogWatch(held.database.records, monotonicClock)
  feed = feedOf(watch)
}, 60_000)
afterAll(async () => {
  watch.onModuleDestroy()
  await other.close()
  await held.drop()
})

describe('a feed', () => {
  it('gives everything at least once while two instances decide, sequence and are asked at once', async () => {
    const made: string[] = []
    const ledgers = [held.database, other].map(({ records }) => new Ledger(records))
    let isOver = false
    const deciding = ledgers.map(async (ledger, instance) => {
      for (let turn = 0; turn < 60; turn++) {
        // Ids of the one instance lie before those of the other, so that a feed by id would miss them.
        const entries = Array.from({ length: 5 }, () => decisionAt(Date.now() - instance * 60_000))
        await Promise.all(entries.map((entry) => ledger.record(entry)))
        made.push(...entries.map(({ id }) => id))
      }
    })
    const sequencing = [held.database, other].map(async (database) => {
      while (!isOver) await sequence(partsOf(database)).catch(() => undefined)
    })
    const seen: string[] = []
    let [after, decided] = ['begin', false]
    const reading = (async () => {
      for (;;) {
        const wasDecided = decided
        const { ids, next } = await page(after, { limit: 37 })
        seen.push(...ids)
        after = next
        if (wasDecided && ids.length === 0) return
      }
    })()
    await Promise.all(deciding)
    isOver = true
    await Promise.all(sequencing)
    await sequence(partsOf(held.database))
    decided = true
    await reading
    expect(seen.toSorted()).toEqual(made.toSorted())
  })

  it('wakes whoever waits once something was appended, wherever that was', async () => {
    const { next } = await page('end')
    const waiting = page(next, { wait: 50 })
    const entry = decisionAt(Date.now())
    await new Ledger(other.records).record(entry)
    await sequence(partsOf(other))
    expect((await waiting).ids).toEqual([entry.id])
  })

  it("is not woken by its reader's own exports, and gives them with what comes next", async () => {
    const { next } = await page('end')
    const waiting = page(next, { wait: 50 })
    const own = decisionAt(Date.now(), { action: 'audit.export', gate: 'admin', actor: 'p_siem' })
    await append(own)
    const [ofOther] = await append(decisionAt(Date.now(), { action: 'audit.export', gate: 'admin' }))
    expect((await waiting).ids).toEqual([own.id, ofOther])
  })

  it('answers with nothing and a cursor once the time is over, the service stops, or too many wait', async () => {
    const clock = new FakeClock()
    const slow = new LogWatch(held.database.records, clock)
    const ask = (caller = operator) => feedOf(slow).page(caller, { limit: 10, after: 'end', wait: 30 }, nobody)
    const waiting = Array.from({ length: 20 }, () => ask())
    await Promise.all(waiting.map(() => settle()))
    await expect(ask()).rejects.toMatchObject({ code: 'overloaded' })
    // One organisation leaves room for others; all together have no more of it than there is.
    const others = [1, 2, 3, 4].map(() => callerOf(randomUUID()))
    for (const each of others) waiting.push(...Array.from({ length: 20 }, () => ask(each)))
    await Promise.all(waiting.map(() => settle()))
    await expect(ask(callerOf(randomUUID()))).rejects.toMatchObject({ code: 'overloaded' })
    await clock.advance(30_000)
    for (const answer of await Promise.all(waiting))
      expect(answer).toEqual({ items: [], next_cursor: expect.any(String) })
    const stopped = ask()
    slow.onModuleDestroy()
    expect(await stopped).toMatchObject({ items: [] })
  })

  it('goes on behind what does not fit or is not shown', async () => {
    const { next } = await page('end')
    const [mine] = await append(decisionAt(Date.now(), { tenant_id: TENANT }), decisionAt(Date.now(), { actor: 'p_7' }))
    const own = await page(next, {}, callerOf(TENANT))
    expect(own.ids).toEqual([mine])
    expect((await page(own.next, {}, callerOf(TENANT))).ids).toEqual([])
    const { ids, next: end } = await page(next, { actor: 'p_nobody' })
    expect([ids, (await page(end)).ids]).toEqual([[], []])
  })

  it.each(['x', 'MS4x.', Buffer.from('1.999999').toString('base64url'), ''])(
    'refuses %j for a cursor',
    async (after) => {
      await expect(page(after)).rejects.toMatchObject({ code: 'request.invalid' })
    },
  )
})

type Line = { record: { id: string }; input: unknown; leaf_hash: string; cursor: string; error?: unknown }

describe('an export', () => {
  const lines = async (format: 'jsonl' | 'opa', after: string): Promise<Line[]> => {
    const { lines: made } = await feed.export(operator, { format, after }, nobody)
    let all = ''
    for await (const some of made) all += some
    return all.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]))
  }

  it('as JSON lines has each decision as it is logged, and resumes behind any line', async () => {
    const { next } = await page('end')
    const entries = [1, 2, 3].map((count) => decisionAt(Date.now(), { count }))
    await append(...entries)
    const all = await lines('jsonl', next)
    expect(all.map(({ record }) => record.id).toSorted()).toEqual(entries.map(({ id }) => id).toSorted())
    for (const line of all) {
      const entry = entries.find(({ id }) => id === line.record.id)!
      expect(line.input).toEqual({ a: 'ü' })
      expect(line.leaf_hash).toBe(Buffer.from(leafHash(decisionLeaf(entry))).toString('base64'))
    }
    expect(await lines('jsonl', all[0]!.cursor)).toEqual(all.slice(1))
  })

  it('is written in turns, so that a long one leaves the process to others meanwhile', async () => {
    const { next } = await page('end')
    await append(...Array.from({ length: 250 }, () => decisionAt(Date.now())))
    const { lines: made } = await feed.export(operator, { format: 'jsonl', after: next }, nobody)
    const turns: number[] = []
    for await (const some of made) turns.push(some.split('\n').length - 1)
    expect(turns).toEqual([100, 100, 50])
  })

  it("has the form of OPA's decision log", async () => {
    const { next } = await page('end')
    const decided = decisionAt(Date.now(), {
      gate: 'admin',
      action: 'key.create',
      answer: null,
      cause: 'input_invalid',
    })
    await append(decisionAt(Date.now()), { ...decided, outcome: 'unavailable', input: Buffer.from('null') })
    const [plain, failed] = (await lines('opa', next)).toSorted((a, b) => (a.error ? 1 : b.error ? -1 : 0))
    expect(plain).toMatchObject({
      path: 'governance/call/decision',
      bundles: { gatehouse: { revision: `sha256:${'1'.repeat(64)}` } },
    })
    expect(plain).toMatchObject({
      input: { a: 'ü' },
      result: { b: 2 },
      requested_by: 'p_1',
      custom: { outcome: 'deny' },
    })
    expect(failed).toMatchObject({ path: 'governance/admin/decision', erased: ['/input'] })
    expect(failed).toMatchObject({ error: { code: 'input_invalid' } })
    expect(failed).not.toHaveProperty('result')
  })
})
