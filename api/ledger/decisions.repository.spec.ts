import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DecisionFilters } from '#contract/api/decisions.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { DecisionEntry } from './decision-entry.js'
import { momentOf } from './decision-filters.rules.js'
import { listDecisions, type DecisionSearch } from './decisions.repository.js'
import { Ledger } from './ledger.service.js'
import { decisionAt } from './testing/decisions.js'

const START = Date.now() - 3_600_000
/** More than the first stretch of a search by Bloom filters holds, so that the others are walked as well. */
const FILLER = 20_500
const pick = <T>(values: readonly T[], at: number): T => values[at % values.length]!
const [tenants, publishers, installs] = [3, 3, 4].map((count) => Array.from({ length: count }, () => randomUUID()))
const executions = Array.from({ length: 60 }, () => randomUUID())

/** Decisions of every kind, two of each millisecond. */
const various = Array.from({ length: 240 }, (_, at): DecisionEntry => {
  const outcome = pick(['allow', 'allow', 'deny', 'hold', 'unavailable'] as const, at)
  const [gate, action] = pick(
    [
      ['call', 'extension.invoke'],
      ['capability', 'capability.use'],
      ['admin', 'policy.activate'],
      ['killswitch', 'kill.engage'],
    ] as const,
    at >> 1,
  )
  return decisionAt(START + (at >> 1), {
    ...{ gate, action, outcome, cause: outcome === 'unavailable' ? 'budget_exhausted' : null },
    ...{ decided_by: outcome === 'unavailable' ? outcome : action === 'kill.engage' ? 'floor' : 'policy' },
    ...{
      tenant_id: pick(tenants!, at),
      publisher_id: pick([...publishers!, null], at),
      install_id: pick(installs!, at),
    },
    ...{ extension: pick(['com.example.one', 'com.example.two', null], at), execution_id: pick(executions, at) },
    ...{ actor: pick(['p_1', 'p_2', 'p_3'], at), resource_id: pick(['a', 'b', 'c', 'd', 'e'], at) },
    ...{ reasons: outcome === 'allow' ? [] : [pick(['call.x', 'call.y'], at), 'call.z'], rules: ['call.x', 'call.w'] },
    ...{ revision: pick([`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`], at), correlation_id: `c-${at % 50}` },
  })
})

let held: TestDatabase
beforeAll(async () => {
  held = await testDatabase()
  const ledger = new Ledger(held.database.records)
  await Promise.all(various.map((entry) => ledger.record(entry)))
  const [tenant_id] = [randomUUID()]
  for (let done = 0; done < FILLER; done += 2_000)
    await Promise.all(
      Array.from({ length: Math.min(2_000, FILLER - done) }, (_, at) =>
        ledger.record(
          decisionAt(START + 1_000 + done + at, { tenant_id, outcome: 'allow', reasons: [], actor: 'p_9' }),
        ),
      ),
    )
}, 120_000)
afterAll(() => held.drop())

const search = (filters: DecisionFilters, part: Partial<DecisionSearch> = {}): Promise<string[]> => {
  const asked = { scope: { platform: true }, view: 'rows', filters, rows: 1_000, before: null, ...part } as const
  return held.database.inScope(asked.scope, async (tx) => (await listDecisions(tx, asked)).map(({ id }) => id))
}
const expected = (fits: (entry: DecisionEntry) => boolean): string[] =>
  various
    .filter(fits)
    .map(({ id }) => id)
    .toReversed()
const sample = various[6]!

/** Each filter by itself, and what it means said a second time. */
const FILTERS: [DecisionFilters, (entry: DecisionEntry) => boolean][] = [
  [{ gate: 'killswitch' }, ({ gate }) => gate === 'killswitch'],
  [{ gate: 'capability' }, ({ gate }) => gate === 'capability'],
  [{ action: 'policy.activate' }, ({ action }) => action === 'policy.activate'],
  [{ outcome: 'hold' }, ({ outcome }) => outcome === 'hold'],
  [{ decided_by: 'floor' }, ({ decided_by }) => decided_by === 'floor'],
  [{ decided_by: 'unavailable' }, ({ decided_by }) => decided_by === 'unavailable'],
  [{ cause: 'budget_exhausted' }, ({ cause }) => cause !== null],
  [{ tenant: tenants![1] }, ({ tenant_id }) => tenant_id === tenants![1]],
  [{ publisher: publishers![0] }, ({ publisher_id }) => publisher_id === publishers![0]],
  [{ extension: 'com.example.two' }, ({ extension }) => extension === 'com.example.two'],
  [{ install: installs![2] }, ({ install_id }) => install_id === installs![2]],
  [{ execution: executions[5] }, ({ execution_id }) => execution_id === executions[5]],
  [{ actor: 'p_2' }, ({ actor }) => actor === 'p_2'],
  [{ resource: 'd', resource_kind: 'endpoint' }, ({ resource_id }) => resource_id === 'd'],
  [{ reason: 'call.y' }, ({ reasons }) => reasons.includes('call.y')],
  [{ rule: 'call.w' }, ({ rules }) => rules.includes('call.w')],
  [{ revision: sample.revision! }, ({ revision }) => revision === sample.revision],
  [{ correlation_id: 'c-7' }, ({ correlation_id }) => correlation_id === 'c-7'],
  [
    { actor: 'p_2', outcome: 'deny', gate: 'call' },
    (e) => e.actor === 'p_2' && e.outcome === 'deny' && e.gate === 'call',
  ],
  [
    { actor: 'p_1', since: new Date(START + 20).toISOString(), until: new Date(START + 70).toISOString() },
    ({ actor, at }) => actor === 'p_1' && at >= START + 20 && at < START + 70,
  ],
]

describe('a search in the decisions', () => {
  it.each(FILTERS)('by %j finds all that fit, newest first', async (filters, fits) => {
    const found = expected(fits)
    expect(found.length).toBeGreaterThan(0)
    expect(await search(filters)).toEqual(found)
  })

  it.each(FILTERS)('by %j goes on where the page before ended', async (filters, fits) => {
    const pages: string[] = []
    for (let before: string | null = null; ;) {
      const page: string[] = await search(filters, { rows: 7, before })
      pages.push(...page)
      if (page.length < 7) break
      before = page.at(-1)!
    }
    expect(pages).toEqual(expected(fits))
  })

  it.each(FILTERS)('by %j stays within the organisation', async (filters, fits) => {
    const scope = { tenant: tenants![0]! }
    expect(await search(filters, { scope })).toEqual(
      expected((entry) => entry.tenant_id === scope.tenant && fits(entry)),
    )
  })

  it('shows a publisher what is about its extensions', async () => {
    const scope = { publisher: publishers![1]! }
    const seen = (entry: DecisionEntry): boolean =>
      entry.publisher_id === scope.publisher && ['publish', 'call', 'capability'].includes(entry.gate)
    expect(await search({}, { scope, view: 'publisher' })).toEqual(expected(seen))
    const extension = 'com.example.one'
    expect(await search({ extension }, { scope, view: 'publisher' })).toEqual(
      expected((entry) => seen(entry) && entry.extension === extension),
    )
  })
})

describe('partitions of decisions', () => {
  it('are there for months ahead, and are made once', async () => {
    const { database } = held
    const list = () =>
      database.inScope({ platform: true }, (tx) =>
        tx.query<{ name: string; until: Date | null }>('SELECT * FROM decision_partitions()'),
      )
    const before = await list()
    const last = before.rows.findLast(({ until }) => until !== null)!
    expect(last.until!.getTime()).toBeGreaterThan(Date.now() + 75 * 86_400_000)
    const make = () => database.records.query<{ made: number }>('SELECT decision_partitions_ahead(5) AS made')
    const made = await Promise.all([make(), make()])
    expect(made.reduce((sum, { rows }) => sum + rows[0]!.made, 0)).toBe(2)
    expect((await list()).rows).toHaveLength(before.rows.length + 2)
  })

  it('hold what strayed once there is one of its month', async () => {
    const owner = await held.owner()
    const { rows } = await held.database.inScope({ platform: true }, (tx) =>
      tx.query<{ until: Date }>('SELECT max(until) AS until FROM decision_partitions()'),
    )
    const stray = decisionAt(rows[0]!.until.getTime() + 1_000)
    await new Ledger(held.database.records).record(stray)
    const inDefault = async () => (await owner.query('SELECT FROM decision_default WHERE id = $1', [stray.id])).rowCount
    expect(await inDefault()).toBe(1)
    await held.database.records.query('SELECT decision_partitions_ahead(6)')
    expect(await inDefault()).toBe(0)
    expect((await owner.query('SELECT FROM decision WHERE id = $1', [stray.id])).rowCount).toBe(1)
    expect(momentOf(stray.id)).toBe(stray.at)
  })

  it('are not reached around row-level security', async () => {
    const direct = held.database.inScope({ platform: true }, (tx) => tx.query('SELECT FROM decision_first'))
    await expect(direct).rejects.toMatchObject({ code: '42501' })
    await expect(held.database.records.query('SELECT FROM decision_default')).rejects.toMatchObject({ code: '42501' })
  })
})
