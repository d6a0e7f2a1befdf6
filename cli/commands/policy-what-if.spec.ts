import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { WhatIfRun } from '#contract/api/what-if-runs.js'
import type { FlipSample } from '#contract/api/what-if.js'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const DRAFT = '0198c0de-0000-7000-8000-000000000002'
const REVISION = `sha256:${'1'.repeat(64)}`
const RULE = 'call.quota_exceeded'

const sample: FlipSample = {
  ...{ decision_id: DRAFT, at: 1, gate: 'call', action: 'extension.invoke', revision: REVISION, kind: 'outcome' },
  before: { outcome: 'allow', rules: ['call.allowed'], reasons: [], cause: null },
  after: { outcome: 'deny', rules: [RULE], reasons: [RULE], cause: null },
}
const group = { flips: 12, outcome: 12, reasons: 0, rate: 0.25, samples: [sample] }
const waiting: WhatIfRun = WhatIfRun.parse({
  ...{ id: ID, draft_id: DRAFT, revision: null, state: 'waiting', since: null, until: 5, limit: null, tenant: null },
  ...{
    budget: null,
    follow: false,
    decisions: 0,
    flips: 0,
    report: null,
    report_digest: null,
    verdict: null,
    fault: null,
  },
  ...{ attempts: 0, started_by: 'p', decision_id: ID, started_at: '2026-01-31T09:30:00.000Z', ended_at: null },
})
const running: WhatIfRun = { ...waiting, state: 'running', decisions: 20, flips: 3 }
const done: WhatIfRun = WhatIfRun.parse({
  ...{ ...running, state: 'done', revision: REVISION, decisions: 50, flips: 12, report_digest: REVISION },
  ended_at: '2026-01-31T09:31:00.000Z',
  report: {
    ...{ candidate: REVISION, decisions: 50, replayed: 48, flips: 12, outcome_flips: 12, reason_flips: 0 },
    ...{ differs_otherwise: 0, not_replayable: { kill: 2 }, no_answer: {}, flip_rate: 0.25 },
    flips_by_rule: [{ key: RULE, appeared: 12, vanished: 0, ...group }],
    flips_by_reason: [{ key: RULE, appeared: 12, vanished: 0, ...group }],
    flips_by_extension: [{ key: 'com.example.one', ...group }],
    flips_by_publisher: [],
    flips_by_tenant: [{ key: DRAFT, ...group }],
  },
})
const exceeded = { within: false, exceeded: [{ bound: 'max_flips', rule: null, allowed: 10, found: 12 }] } as const

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

describe('gatehouse policy what-if', () => {
  it('watches a run of a draft, tells how far it is, and shows its flips in groups', async () => {
    service.tell(waiting, running, done)
    const { stdout, stderr, code } = await service.gatehouse(
      'policy',
      'what-if',
      DRAFT,
      '--since',
      '2026-01-01',
      '--limit',
      '50',
    )
    expect(code).toBe(0)
    expect(service.asked[0]).toEqual({
      request: `POST /v1/policy/drafts/${DRAFT}/what-if`,
      body: { since: '2026-01-01T00:00:00Z', limit: 50 },
    })
    expect(service.asked.slice(1).map(({ request }) => request)).toEqual(Array(2).fill(`GET /v1/policy/what-ifs/${ID}`))
    expect(stderr).toContain('waits for its turn')
    expect(stderr).toContain('20 decisions, 3 flips')
    expect(stdout).toContain('12 of 48 decisions would flip (25.00 %)')
    expect(stdout).toContain('2 of 50 could not be replayed: 2 kill')
    expect(stdout).toMatch(/call\.quota_exceeded +12 +25\.00 % +12 +0 +0 +12 +0/)
    expect(stdout).toMatch(/com\.example\.one +12/)
    expect(stdout).toContain(`${RULE}: allow → deny (${RULE})`)
    expect(stdout).toContain(`gatehouse why ${DRAFT}`)
  })

  it('ends with 1 where a revision is over its flip budget', async () => {
    service.tell({ ...done, verdict: exceeded })
    const budget = ['--max-flips', '10', '--max-flips-percent', '2.5', '--max-flips-of', `${RULE}=3`]
    const { stdout, code } = await service.gatehouse('policy', 'what-if', REVISION, ...budget)
    expect(code).toBe(1)
    expect(service.asked[0]).toEqual({
      request: `POST /v1/policy/revisions/${encodeURIComponent(REVISION)}/what-if`,
      body: { budget: { max_flips: 10, max_flips_percent: 2.5, per_rule: { [RULE]: 3 } } },
    })
    expect(stdout).toContain('max_flips: 12, at most 10')
  })

  it('ends with 0 within it, and gives the run as JSON on one line', async () => {
    service.tell({ ...done, verdict: { within: true, exceeded: [] } })
    const { stdout, code } = await service.gatehouse('--json', 'policy', 'what-if', DRAFT, '--max-flips', '20')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ id: ID, verdict: { within: true }, report: { flips: 12 } })
  })

  it.each(['failed', 'cancelled'])('ends with 1 where the run is %s', async (state) => {
    service.tell({ ...waiting, state, fault: 'call.rego:3: rego_parse_error', ended_at: done.ended_at })
    const { stdout, code } = await service.gatehouse('policy', 'what-if', DRAFT)
    expect(code).toBe(1)
    expect(stdout).toContain('rego_parse_error')
  })

  it.each([
    ['neither a draft nor a revision', ['current']],
    ['a time that is none', [DRAFT, '--since', 'yesterday']],
    ['a number that is none', [DRAFT, '--max-flips', 'few']],
    ['a rule without its number', [DRAFT, '--max-flips-of', RULE]],
  ])('ends with 2 and asks nothing: %s', async (_, args) => {
    service.tell(done)
    expect((await service.gatehouse('policy', 'what-if', ...args)).code).toBe(2)
    expect(service.asked).toEqual([])
  })
})

describe('gatehouse policy what-ifs', () => {
  it('lists them, shows one, and cancels one', async () => {
    service.tell({ items: [{ ...done, verdict: exceeded }], next_cursor: null })
    expect((await service.gatehouse('policy', 'what-ifs')).stdout).toMatch(new RegExp(`${ID} +done +50 +12 +exceeded`))
    service.tell(running, done)
    expect((await service.gatehouse('policy', 'what-ifs', ID)).stdout).toContain('12 of 48 decisions would flip')
    service.tell({ ...waiting, state: 'cancelled', ended_at: done.ended_at })
    expect((await service.gatehouse('policy', 'what-ifs', ID, '--cancel')).stdout).toContain('cancelled')
    expect(service.asked.at(-1)!.request).toBe(`POST /v1/policy/what-ifs/${ID}/cancel`)
  })
})

it('gatehouse policy shadow begins one and does not wait; what it found is service.asked for with its id', async () => {
  service.tell({ ...waiting, follow: true })
  const { stdout, code } = await service.gatehouse('policy', 'shadow', DRAFT, '--for', '12h')
  expect([code, service.asked.length]).toEqual([0, 1])
  expect(service.asked[0]!.body).toEqual({ follow: true, until: expect.any(String) })
  expect(stdout).toContain(`gatehouse policy what-ifs ${ID}`)
  service.tell({ ...running, follow: true, report: done.report })
  const found = await service.gatehouse('policy', 'what-ifs', ID)
  expect(found.stdout).toContain('12 of 48 decisions would flip')
  expect(found.code).toBe(0)
  expect((await service.gatehouse('policy', 'shadow', DRAFT, '--for', 'long')).code).toBe(2)
})
