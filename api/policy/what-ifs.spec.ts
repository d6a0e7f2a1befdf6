import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import type { WhatIfRun, WhatIfStart } from '#contract/api/what-if-runs.js'
import { soundCases } from '#engine/author/cases.js'
import { readPolicyFolder } from '#engine/author/index.js'
import { readShippedBundle, shippedBundleFolder } from '#engine/bundle.js'
import { loadPolicy } from '#engine/load.js'
import { goldenDecisions } from '#engine/testing/golden-decisions.js'
import { Approvals } from '../approvals/approvals.service.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { monotonicClock } from '../killswitch/clock.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import { newDecisionId } from '../ledger/decision-id.js'
import { Ledger } from '../ledger/ledger.service.js'
import type { Held } from '../platform/http/held.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Activations } from './activations.service.js'
import type { Candidates } from './candidates.js'
import type { Drafts } from './drafts.service.js'
import { policyInstance } from './testing/policy-instance.js'
import { WhatIfRunner, type RunnerParts } from './what-if-runner.service.js'
import { foretold, WhatIfsRepository } from './what-ifs.repository.js'
import { shownRun } from './what-ifs.rules.js'
import { WhatIfs } from './what-ifs.service.js'

Logger.overrideLogger(false)

const DECISIONS = 400
const BATCH = 40
const CALL = 'governance/call/call.rego'
const QUOTA = 'input.quota.used < input.quota.limit'
const TIGHTER = 'input.quota.used + 100 < input.quota.limit'
const bounds = { since: '2026-10-01T00:00:00Z', until: '2026-10-02T00:00:00Z' } satisfies WhatIfStart

let seeded: SeededPeople
let owner: Client
let drafts: Drafts
let node: Awaited<ReturnType<typeof policyInstance>>
let policies: PolicySet
let candidates: Candidates
let runs: WhatIfsRepository
let whatIfs: WhatIfs
const lead = () => seeded.as('reviewer')

/** An instance that takes runs up; progress is kept after each batch, as far as one write at a time lets it. */
const instance = (other: Partial<RunnerParts> = {}): WhatIfRunner => {
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  return new WhatIfRunner({
    ...{ database, runs, candidates, gate, callers: seeded.callers, clock: monotonicClock, batch: BATCH, saveMs: 0 },
    ...other,
  })
}

/** The database as one instance sees it: told of each batch that is read of the past, before it is. */
const watched = (onRead: (number: number) => Promise<void>): RunnerParts['database'] => {
  let number = 0
  return {
    inScope: async (scope, work) => {
      await onRead(++number)
      return seeded.postgres.database.inScope(scope, work)
    },
  }
}

const tightDraft = async (text = TIGHTER): Promise<string> => {
  const { id, version } = await drafts.create(await lead(), { name: 'less quota' })
  const rego = (await drafts.read(await lead(), id, CALL)).text
  expect(rego).toContain(QUOTA)
  await drafts.write(await lead(), { id, path: CALL }, { text: rego.replace(QUOTA, text), version })
  return id
}
const begin = async (draft: string, start: WhatIfStart = {}): Promise<WhatIfRun> =>
  whatIfs.ofDraft(await lead(), draft, { ...bounds, ...start })
const show = async ({ id }: Pick<WhatIfRun, 'id'>): Promise<WhatIfRun> => whatIfs.show(await lead(), id)
const lapse = () => owner.query(`UPDATE policy_what_if SET claimed_until = now() - interval '1 second'`)

/** Puts on record what the shipped policy answers to golden inputs; `other` replaces columns of each row. */
const rememberGolden = async (other: () => Partial<DecisionEntry> = () => ({})): Promise<void> => {
  const engine = await loadPolicy(await readShippedBundle())
  const ledger = new Ledger(seeded.postgres.database.records)
  const cases = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
  const entries = [...goldenDecisions(engine, cases, DECISIONS)].map((past) =>
    ledger.record({
      ...{ id: past.id, tenant_id: past.tenant, workspace_id: null, publisher_id: past.publisher, instance: 'node' },
      ...{ gate: past.gate, action: past.action, outcome: 'allow', decided_by: 'policy', cause: null, actor: 'p' },
      ...{ resource_kind: 'x', resource_id: 'x', extension: past.extension, install_id: null, execution_id: null },
      ...{ reasons: [], rules: [], revision: past.revision, engine: 'engine/1', tenant_module: null },
      ...{ input: Buffer.from(past.input), answer: Buffer.from(past.answer), input_digest: past.inputDigest },
      ...{ fuel: past.fuel, count: 1, correlation_id: 'c', at: past.at, expires_at: past.at + 60_000, ...other() },
    }),
  )
  await Promise.all(entries)
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
  await rememberGolden()
}, 120_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE policy_what_if, policy_activation, policy_revision')
  node = await policyInstance(seeded, 'node')
  ;({ drafts, policies, candidates } = node)
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  runs = new WhatIfsRepository(database.records)
  whatIfs = new WhatIfs({ database, gate, drafts, candidates, runs, onChange: () => undefined })
})

describe('a what-if of a draft', () => {
  it('says what would have changed, whether that is taken, and is on record', async () => {
    const begun = await begin(await tightDraft(), { budget: { max_flips: 1 } })
    expect(begun).toMatchObject({ state: 'waiting', decisions: 0, report: null, verdict: null, revision: null })
    await instance().work()
    const done = await show(begun)
    expect(done).toMatchObject({ state: 'done', decisions: DECISIONS, fault: null, attempts: 1 })
    expect(done.flips).toBeGreaterThan(1)
    expect(done.report).toMatchObject({ decisions: DECISIONS, flips: done.flips, candidate: done.revision })
    expect(done.report!.flips_by_rule.map(({ key }) => key)).toContain('call.quota_exceeded')
    expect(done.report!.flips_by_tenant[0]!.samples.length).toBeGreaterThan(0)
    expect(done.verdict).toEqual({
      within: false,
      exceeded: [{ bound: 'max_flips', rule: null, allowed: 1, found: done.flips }],
    })
    const { rows } = await owner.query('SELECT action, outcome, resource_id FROM decision WHERE id = $1', [
      begun.decision_id,
    ])
    expect(rows).toEqual([{ action: 'policy.what_if', outcome: 'allow', resource_id: begun.id }])
  }, 120_000)

  it('keeps within its bounds, and a budget that is kept is said to be', async () => {
    const draft = await tightDraft()
    const half = await begin(draft, { limit: 90, budget: { max_flips: DECISIONS } })
    await instance().work()
    expect(await show(half)).toMatchObject({ state: 'done', decisions: 90, verdict: { within: true } })
    const { items } = await whatIfs.list(await lead(), { limit: 50, draft })
    expect(items.map(({ id }) => id)).toEqual([half.id])
    expect(items[0]).not.toHaveProperty('report')
  }, 120_000)

  it('fails with the place where the draft does not compile', async () => {
    const begun = await begin(await tightDraft('input.quota.used <'))
    await instance().work()
    const failed = await show(begun)
    expect(failed).toMatchObject({ state: 'failed', report: null })
    expect(failed.fault).toContain('call.rego')
  }, 60_000)

  it('is nothing to people of an organisation', async () => {
    const draft = await tightDraft()
    const begun = await begin(draft)
    const outsider = await seeded.as('acme_owner')
    expect(await refusal(whatIfs.show(outsider, begun.id))).toEqual(['not_found'])
    expect(await refusal(whatIfs.cancel(outsider, begun.id))).toEqual(['not_found'])
    expect(await refusal(whatIfs.ofRevision(outsider, policies.revision!, bounds))).toContain('not_found')
    expect((await whatIfs.list(outsider, { limit: 50 })).items).toEqual([])
    expect(await show(begun)).toMatchObject({ state: 'waiting' })
  })

  it('is refused while too many wait', async () => {
    const draft = await tightDraft()
    for (let waiting = 0; waiting < 16; waiting += 1) await begin(draft)
    expect(await refusal(begin(draft))).toEqual(['overloaded'])
  })
})

describe('a what-if whose instance died in the middle', () => {
  /** Cut after five batches: from then on the database is gone for that instance. */
  const dieInTheMiddle = async (draft: string): Promise<WhatIfRun> => {
    const begun = await begin(draft)
    const dying = instance({
      database: watched(async (number) => {
        if (number > 5) throw new Error('the instance is gone')
      }),
    })
    await dying.work()
    return begun
  }

  it('is gone on with by another, from where it was, to the same report', async () => {
    const draft = await tightDraft()
    const whole = await begin(draft)
    await instance().work()
    const cut = await dieInTheMiddle(draft)
    const left = await show(cut)
    expect(left).toMatchObject({ state: 'running', report: null })
    expect(left.decisions).toBeGreaterThan(0)
    expect(left.decisions).toBeLessThan(DECISIONS)

    let reads = 0
    const other = instance({ database: watched(async () => void (reads += 1)) })
    await other.work()
    expect(reads).toBe(0)
    await lapse()
    await other.work()
    const done = await show(cut)
    expect(done).toMatchObject({ state: 'done', decisions: DECISIONS, attempts: 2 })
    expect(done.report_digest).toBe((await show(whole)).report_digest)
    // Whole batches of what was left, and the empty one that ends it.
    expect(reads).toBe((DECISIONS - left.decisions) / BATCH + 1)
  }, 180_000)

  it('ends where whoever began it may no longer', async () => {
    const cut = await dieInTheMiddle(await tightDraft())
    await lapse()
    const callers = {
      callerOf: async () => {
        const caller = await lead()
        return { ...caller, actor: { ...caller.actor, scopes: [] } }
      },
    }
    await instance({ callers }).work()
    const ended = await show(cut)
    expect(ended).toMatchObject({ state: 'failed', report: null })
    expect(ended.fault).toContain('admin.scope_missing')
  }, 120_000)

  it('is given up after some attempts', async () => {
    const cut = await dieInTheMiddle(await tightDraft())
    await owner.query('UPDATE policy_what_if SET attempts = 5')
    await lapse()
    await instance().work()
    expect(await show(cut)).toMatchObject({ state: 'failed', fault: expect.stringContaining('5 times') })
  }, 120_000)

  it('is given back at once by an instance that stops as it should', async () => {
    const begun = await begin(await tightDraft())
    const stopping: WhatIfRunner = instance({
      database: watched(async (number) => {
        if (number === 4) void stopping.beforeApplicationShutdown()
      }),
    })
    await stopping.work()
    expect(await show(begun)).toMatchObject({ state: 'waiting', report: null })
    await instance().work()
    expect(await show(begun)).toMatchObject({ state: 'done', decisions: DECISIONS })
  }, 120_000)
})

describe('cancelling', () => {
  it.each(['the instance that works at it', 'another instance'])(
    'by %s ends it without a report',
    async (by) => {
      const begun = await begin(await tightDraft())
      const runner: WhatIfRunner = instance({
        database: watched(async (number) => {
          if (number === 4) await cancelling.cancel(await lead(), begun.id)
        }),
      })
      const { database } = seeded.postgres
      const onChange = by.startsWith('another') ? () => undefined : runner.onChange.bind(runner)
      const cancelling = new WhatIfs({ database, gate: seeded.shipped.gate, drafts, candidates, runs, onChange })
      await runner.work()
      expect(await show(begun)).toMatchObject({ state: 'cancelled', report: null, fault: null })
      expect(await whatIfs.cancel(await lead(), begun.id)).toMatchObject({ state: 'cancelled' })
    },
    120_000,
  )
})

it('an instance that stops while the draft compiles does not wait for it, and gives the run back', async () => {
  const begun = await begin(await tightDraft())
  const stopping: WhatIfRunner = instance({
    candidates: {
      files: (run, signal) => {
        void stopping.beforeApplicationShutdown()
        return candidates.files(run, signal)
      },
    },
  })
  await stopping.work()
  expect(await show(begun)).toMatchObject({ state: 'waiting', revision: null, fault: null })
}, 60_000)

describe('a revision', () => {
  it('is held against the past by its name, and by no other', async () => {
    const begun = await whatIfs.ofRevision(await lead(), policies.revision!, bounds)
    await instance().work()
    expect(await show(begun)).toMatchObject({ state: 'done', flips: 0, decisions: DECISIONS })
    const unknown = whatIfs.ofRevision(await lead(), `sha256:${'0'.repeat(64)}`, bounds)
    expect(await refusal(unknown)).toEqual(['not_found'])
  }, 60_000)

  it('is approved by people who see what the newest what-if of it found', async () => {
    const { database } = seeded.postgres
    const { gate } = seeded.shipped
    const outbox = new RecordingOutbox()
    const approvals = new Approvals({ database, gate, outbox })
    const { sealing } = node
    const activations = new Activations({ ...node, database, gate, approvals, callers: seeded.callers, outbox })
    const draft = await tightDraft()
    const { tree } = await drafts.find(await lead(), draft)
    const files = await candidates.files({ tree, revision: null }, new AbortController().signal)
    const permit = await sealing.permit(await lead(), draft, true)
    const revision = await sealing.seal(permit, await lead(), {
      ...{ files, base_revision: policies.revision!, draft_id: draft, source_commit: null, tree },
    })
    const ask = async () => {
      const waiting = (await activations.activate(await lead(), revision, { reason: 'quota' })) as Held
      return (await approvals.show(await seeded.as('operator'), waiting.body.approval.id)).subject
    }
    expect(await ask()).toMatchObject({ revision, what_if: null })

    await begin(draft, { budget: { max_flips: 0 } })
    await instance().work()
    const newest = await begin(draft, { limit: 200 })
    await instance().work()
    const { report_digest, flips } = await show(newest)
    expect(await ask()).toMatchObject({
      what_if: { id: newest.id, report_digest, flips, decisions: 200, within_budget: null, tenant: null },
    })
  }, 180_000)
})

it('a report names organisations and their decisions to operators of the platform only', async () => {
  const begun = await begin(await tightDraft())
  await instance().work()
  const run = await show(begun)
  expect(shownRun(run, true)).toEqual(run)
  const bare = shownRun(run, false)
  expect(bare.report).toMatchObject({ flips: run.flips, flips_by_tenant: [] })
  const text = JSON.stringify(bare)
  for (const { key, samples } of run.report!.flips_by_tenant)
    for (const hidden of [key, ...samples.map(({ decision_id }) => decision_id)]) expect(text).not.toContain(hidden)
}, 120_000)

describe('a shadow', () => {
  it('judges what is decided from now on, tells what it found while it runs, and keeps it when it is ended', async () => {
    const tenant = randomUUID()
    const decideSome = () =>
      rememberGolden(() => {
        const at = Date.now()
        return { id: newDecisionId(at), tenant_id: tenant, at, expires_at: at + 60_000 }
      })
    const begun = await whatIfs.ofDraft(await lead(), await tightDraft(), { follow: true, tenant })
    expect(begun.until).toBeGreaterThan(Date.now())
    const shown: WhatIfRun[] = []
    let rounds = 0
    const pause = async (): Promise<void> => {
      const now = await show(begun)
      if (now.decisions < rounds * DECISIONS) return
      shown.push(now)
      if (rounds === 2) return void (await cancelling.cancel(await lead(), begun.id))
      rounds += 1
      await decideSome()
    }
    await instance({ follow: false }).work()
    expect(await show(begun)).toMatchObject({ state: 'waiting' })
    const runner = instance({ follow: true, pace: { settleMs: -1_000, pause } })
    const { database } = seeded.postgres
    const onChange = runner.onChange.bind(runner)
    const cancelling = new WhatIfs({ database, gate: seeded.shipped.gate, drafts, candidates, runs, onChange })
    await runner.work()
    expect(shown.map(({ state, decisions, report }) => [state, decisions, report?.decisions])).toEqual([
      ['running', 0, undefined],
      ['running', DECISIONS, DECISIONS],
      ['running', 2 * DECISIONS, 2 * DECISIONS],
    ])
    const ended = await show(begun)
    expect(ended.report!.flips).toBeGreaterThan(0)
    expect(ended).toMatchObject({ state: 'cancelled', follow: true, report: shown.at(-1)!.report })
  }, 120_000)

  it('ends at its time with a report, and is not what an activation is held against', async () => {
    const until = new Date(Date.now() - 1).toISOString()
    const begun = await begin(await tightDraft(), { follow: true, until, since: bounds.since, tenant: randomUUID() })
    await instance({ follow: true, pace: { settleMs: 0 } }).work()
    const done = await show(begun)
    expect(done).toMatchObject({ state: 'done', decisions: 0 })
    expect(await seeded.postgres.database.inScope({ platform: true }, (tx) => foretold(tx, done.revision!))).toBeNull()
  }, 120_000)
})
