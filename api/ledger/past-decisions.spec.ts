import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { PastDecision } from '#engine/what-if/past-decision.js'
import { digestOf } from '#runtime/digest.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { DecisionEntry } from './decision-entry.js'
import { newDecisionId } from './decision-id.js'
import { Ledger } from './ledger.service.js'
import { pastDecisions, type PastDecisionQuery } from './past-decisions.repository.js'

const [ONE, OTHER] = [randomUUID(), randomUUID()]
const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const input = Buffer.from('{"a":"ü"}')

const entryOf = (number: number): DecisionEntry => {
  // Three of a millisecond, so that the id has to tell them apart.
  const at = START + Math.floor(number / 3)
  return {
    ...{ id: newDecisionId(at), tenant_id: number % 4 === 0 ? OTHER : ONE, workspace_id: null },
    ...{ publisher_id: null, instance: 'node', gate: 'call', action: 'extension.invoke', outcome: 'deny' },
    ...{ decided_by: number % 5 === 0 ? 'kill' : 'policy', cause: null, actor: 'p', resource_kind: 'endpoint' },
    ...{ resource_id: 'run', extension: 'com.example.one', install_id: null, execution_id: null },
    ...{ reasons: ['call.x'], rules: ['call.x'], revision: `sha256:${'1'.repeat(64)}`, engine: 'engine/1' },
    ...{ tenant_module: null, input, answer: number % 5 === 0 ? null : Buffer.from('{"b":2}') },
    ...{ input_digest: digestOf(input), fuel: 1, count: 1, correlation_id: 'c', at, expires_at: at + 60_000 },
  }
}

let held: TestDatabase
const entries = Array.from({ length: 100 }, (_, number) => entryOf(number))

beforeAll(async () => {
  held = await testDatabase()
  const ledger = new Ledger(held.database.records)
  await Promise.all(entries.map((entry) => ledger.record(entry)))
}, 60_000)
afterAll(() => held.drop())

const collect = async (
  query: PastDecisionQuery,
  { scope = { platform: true }, after = null }: Partial<Parameters<typeof pastDecisions>[1]> = {},
): Promise<PastDecision[]> => {
  const all: PastDecision[] = []
  for await (const batch of pastDecisions(held.database, { scope, query, after })) {
    expect(batch.length).toBeLessThanOrEqual(query.batch ?? 1_000)
    all.push(...batch)
  }
  return all
}
const idsOf = (decisions: readonly { id: string }[]): string[] => decisions.map(({ id }) => id)
const ofOne = entries.filter(({ tenant_id }) => tenant_id === ONE)

describe('past decisions', () => {
  it('come whole, with their exact bytes', async () => {
    const [killed, decided] = await collect({ limit: 2 })
    const { id, at, revision } = entries[1]!
    expect(decided).toEqual({
      ...{ id, gate: 'call', action: 'extension.invoke', tenant: ONE, extension: 'com.example.one', publisher: null },
      ...{ at, revision, decidedBy: 'policy', source: 'gate', masked: false },
      ...{ input, inputDigest: digestOf(input), answer: Buffer.from('{"b":2}') },
    })
    expect(killed).toMatchObject({ decidedBy: 'kill', answer: null })
  })

  it.each([1, 7, 100, 1_000])('come all and once, oldest first, in batches of %i', async (batch) => {
    expect(idsOf(await collect({ batch }))).toEqual(idsOf(entries))
    expect(idsOf(await collect({ batch, tenant: ONE }))).toEqual(idsOf(ofOne))
  })

  it.each([undefined, ONE])('go on after any of them (organisation: %s)', async (tenant) => {
    const all = await collect({ tenant })
    for (const at of [0, 1, 2, 40, all.length - 1])
      expect(idsOf(await collect({ tenant, batch: 9 }, { after: all[at]! }))).toEqual(idsOf(all.slice(at + 1)))
  })

  it('keep within their bounds', async () => {
    const [since, until] = [START + 5, START + 20]
    const within = entries.filter(({ at }) => at >= since && at < until)
    expect(idsOf(await collect({ since, until, batch: 4 }))).toEqual(idsOf(within))
    expect(idsOf(await collect({ since, until, batch: 4, limit: 10 }))).toEqual(idsOf(within.slice(0, 10)))
  })

  it('are those of the scope, whatever is asked for', async () => {
    expect(idsOf(await collect({}, { scope: { tenant: ONE } }))).toEqual(idsOf(ofOne))
    expect(await collect({ tenant: OTHER }, { scope: { tenant: ONE } })).toEqual([])
  })
})
