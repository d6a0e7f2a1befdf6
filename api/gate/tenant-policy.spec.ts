import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Action } from '#contract/actions.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Scope } from '#contract/scopes.js'
import { splitAnswers } from '#engine/tenant/answers.js'
import { FakeClock } from '../killswitch/testing/fake-clock.js'
import { pastDecisions } from '../ledger/past-decisions.repository.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { DecisionsService } from './decisions.service.js'
import { ReadGateService } from './read-gate.service.js'
import { TenantModules } from './tenant-modules.js'
import { allow, deny, hold } from './testing/fake-policy.js'
import { denying, endless, holding, ModuleShelf } from './testing/tenant-modules.js'
import { about, actorOf, callFacts, factsOf, killFacts, testGate, type TestGate } from './testing/test-gate.js'

const [ACME, GLOBEX] = [randomUUID(), randomUUID()]
const shelf = new ModuleShelf()
const clock = new FakeClock()
let held: TestDatabase
let made: TestGate
let modules: TenantModules
let decisions: DecisionsService

const give = (tenant: string, module: string | null) => void modules.follow([{ tenant, module }], false)
const ask = (action: Action, tenant = ACME) => made.gate.decide(action as 'person.create', factsOf(tenant), about)

const AUDITOR: Scope[] = ['decisions:read', 'audit:read', 'decision:explain', 'decisions:replay']
const auditor: Caller = {
  ...{ principalId: randomUUID(), keyId: null, tenantId: ACME, tenant: null, correlationId: 'reader' },
  actor: actorOf(ACME, { scopes: AUDITOR }),
}

interface Row {
  outcome: string
  cause: string | null
  reasons: string[]
  tenant_module: string | null
  answer: Buffer | null
}
const rowOf = async (id: string): Promise<Row> => {
  const { rows } = await (await held.owner()).query<Row>('SELECT * FROM decision WHERE id = $1', [id])
  return rows[0]!
}

let frozen: string
let manyEyes: string
let runaway: string
beforeAll(async () => {
  held = await testDatabase()
  frozen = await shelf.put(denying('person.create'))
  manyEyes = await shelf.put(holding('person.create', 3))
  runaway = await shelf.put(endless('person.create'))
}, 300_000)
afterAll(() => held.drop())
beforeEach(async () => {
  modules = new TenantModules(shelf, { clock, maxLoaded: 2 })
  await modules.follow([], true)
  made = await testGate(held.database, undefined, modules)
  decisions = new DecisionsService(held.database, made.policies, new ReadGateService(made.gate), modules)
})

describe("an organisation's own policy", () => {
  it('denies on top of an allow, in its own words, and nobody else', async () => {
    give(ACME, frozen)
    const outcome = await ask('person.create')
    expect(outcome).toMatchObject({
      ...{ kind: 'deny', decidedBy: 'policy', bundleRevision: made.policy.revision },
      reasons: [{ id: 'tenant.frozen', message: 'It is frozen', remedy: 'Wait' }],
    })
    expect(await ask('person.update')).toMatchObject({ kind: 'allow' })
    expect(await ask('person.create', GLOBEX)).toMatchObject({ kind: 'allow' })
    const row = await rowOf(outcome.decisionId)
    expect(row).toMatchObject({ outcome: 'deny', reasons: ['tenant.frozen'], tenant_module: frozen })
    const { platform, restrictions } = splitAnswers(row.answer!)
    expect(JSON.parse(Buffer.from(platform).toString())).toEqual(allow)
    expect(JSON.parse(Buffer.from(restrictions).toString())).toMatchObject([{ effect: 'deny' }])
  })

  it('raises what a hold asks for, and leaves what it is', async () => {
    give(ACME, manyEyes)
    expect(await ask('person.create')).toMatchObject({ kind: 'hold', demand: { kind: 'review', quorum: 3 } })
    made.policy.answer = () => hold
    expect(await ask('person.create')).toMatchObject({
      kind: 'hold',
      demand: { ...hold.approval!, quorum: 3 },
      reasons: [{ id: 'test.refused' }, { id: 'tenant.many_eyes' }],
    })
  })

  it('is not asked where the platform denies, and has no say over its people', async () => {
    give(ACME, frozen)
    made.policy.answer = () => deny()
    const denied = await ask('person.create')
    expect(denied).toMatchObject({ kind: 'deny', reasons: [{ id: 'test.refused' }] })
    expect((await rowOf(denied.decisionId)).tenant_module).toBeNull()
    made.policy.answer = () => allow
    const operator = actorOf(PLATFORM_TENANT_ID, { platform: true })
    const theirs = { ...about, tenantId: ACME }
    expect(await made.gate.decide('person.create', factsOf(ACME, 'thing', operator), theirs)).toMatchObject({
      kind: 'allow',
    })
  })

  it('has its say over what runs in the organisation, whoever started it', async () => {
    give(ACME, await shelf.put(denying('extension.invoke')))
    const operator = actorOf(PLATFORM_TENANT_ID, { platform: true })
    const facts = { ...callFacts(ACME, randomUUID()), actor: operator }
    const outcome = await made.gate.decide('extension.invoke', facts, { ...about, tenantId: ACME })
    expect(outcome).toMatchObject({ kind: 'deny', reasons: [{ id: 'tenant.frozen' }] })
  }, 60_000)

  it('is explained in its words, and replayed with the same bytes, also once another one is in force', async () => {
    give(ACME, frozen)
    const { decisionId } = await ask('person.create')
    give(ACME, null)
    const shown = await decisions.show(auditor, decisionId, false)
    expect(shown).toMatchObject({
      tenant_module: frozen,
      reasons: [{ id: 'tenant.frozen', message: 'It is frozen', remedy: 'Wait' }],
      rules: [{ id: 'test.allowed' }, { id: 'tenant.frozen', description: 'It is frozen' }],
    })
    expect(await decisions.replay(auditor, decisionId)).toMatchObject({ equal: true, engine_same: true })
    const allowed = await ask('person.update')
    expect(await decisions.replay(auditor, allowed.decisionId)).toMatchObject({ equal: true })
  })

  it('stays out of what another platform policy is compared with', async () => {
    give(ACME, frozen)
    const { decisionId } = await ask('person.create')
    const query = { scope: { platform: true as const }, query: { tenant: ACME }, after: null }
    for await (const batch of pastDecisions(held.database, query)) {
      const past = batch.find(({ id }) => id === decisionId)
      if (past) return expect(JSON.parse(Buffer.from(past.answer!).toString())).toEqual(allow)
    }
    throw new Error('the decision is not among the past ones')
  })
})

describe('a policy that gives no answer', () => {
  const UNAVAILABLE = { kind: 'unavailable', cause: 'tenant_policy_unavailable' }

  it('refuses its own organisation alone where it does not end, and rests then', async () => {
    give(ACME, runaway)
    const outcome = await ask('person.create')
    expect(outcome).toMatchObject({ ...UNAVAILABLE, bundleRevision: made.policy.revision })
    expect(await rowOf(outcome.decisionId)).toMatchObject({
      cause: UNAVAILABLE.cause,
      tenant_module: runaway,
      answer: null,
    })
    expect(await ask('person.create', GLOBEX)).toMatchObject({ kind: 'allow' })
    // While it rests nothing is asked, and nothing passes.
    expect(await ask('person.update')).toMatchObject(UNAVAILABLE)
    await clock.advance(1_001)
    expect(await ask('person.update')).toMatchObject({ kind: 'allow' })
    expect(made.gate.refusal(outcome as never).code).toBe('tenant_policy.unavailable')
  })

  it('refuses where it cannot be loaded, and where it answers something else', async () => {
    give(ACME, `sha256:${'0'.repeat(64)}`)
    expect(await ask('person.update')).toMatchObject(UNAVAILABLE)
    give(GLOBEX, await shelf.put('restrictions := [{"effect": "allow"}]'))
    expect(await ask('person.update', GLOBEX)).toMatchObject(UNAVAILABLE)
  }, 60_000)

  it('refuses a hold that nobody would act on', async () => {
    give(ACME, await shelf.put(holding('install.create', 1, 'kill_release')))
    const { extension, version, publisher_standing: _, ...rest } = callFacts(ACME, randomUUID())
    const facts = {
      ...{ actor: rest.actor, tenant: rest.tenant, resource: rest.resource, extension, signature: rest.signature },
      publisher: { id: ACME, tenant_id: ACME, verified: true, standing: {} },
      version: { ...version, deprecated: false },
      certification: { state: 'completed' as const, findings: [] },
      manifest: { permissions: [], unbuilt_features: [], platform_compatible: true, secrets_missing: [] },
      grant: { permissions: [], beyond_manifest: [], widened: [] },
      consent: { given: true, covers: true },
      ...{ certification_mode: 'warn' as const, listed: null, previous: null },
      limits: { installs: null, grant_risk: null },
    }
    expect(await made.gate.decide('install.create', facts, about)).toMatchObject(UNAVAILABLE)
  }, 60_000)

  it('refuses everybody until it is known who has one', async () => {
    modules = new TenantModules(shelf, { clock })
    made = await testGate(held.database, undefined, modules)
    expect(await ask('person.update')).toMatchObject(UNAVAILABLE)
    await modules.follow([], true)
    expect(await ask('person.update')).toMatchObject({ kind: 'allow' })
  })

  it('locks nobody out of stopping, of mending it, and of agreeing on what mends it', async () => {
    give(
      ACME,
      await shelf.put(
        `restrictions := [1 | some x in numbers.range(1, 3000); some y in numbers.range(1, 3000); x * y == 0]`,
      ),
    )
    expect(await ask('person.update')).toMatchObject(UNAVAILABLE)
    const mending: Action[] = [
      'tenant_policy.draft',
      'tenant_policy.activate',
      'tenant_policy.rollback',
      'policy.read',
      'approval.read',
    ]
    for (const action of mending) expect([action, (await ask(action)).kind]).toEqual([action, 'allow'])
    expect(await made.gate.decide('kill.engage', killFacts(actorOf(ACME)), about)).toMatchObject({ kind: 'allow' })
    const vote = (kind: 'tenant_policy' | 'consent') =>
      made.gate.decide(
        'approval.vote',
        {
          ...factsOf(ACME),
          approval: {
            ...{ kind, state: 'open', opened_by_actor: false, voter_made_by_opener: false, voted_already: false },
            ...{ eligible_scope: 'tenant_policy:activate', subject_publisher_id: null, subject_tenant_id: ACME },
            digest_matches: true,
          },
        },
        about,
      )
    expect(await vote('tenant_policy')).toMatchObject({ kind: 'allow' })
    expect(await vote('consent')).toMatchObject(UNAVAILABLE)
  }, 60_000)
})

describe('modules that are not loaded', () => {
  it('are loaded before they are asked, however many there are, and none is passed over', async () => {
    const third = await shelf.put(denying('person.create', 'third'))
    const organisations = [frozen, manyEyes, third].map((module) => ({ tenant: randomUUID(), module }))
    await modules.follow(organisations, true)
    for (let round = 0; round < 2; round += 1)
      for (const { tenant } of organisations)
        expect((await ask('person.create', tenant)).kind).not.toMatch(/allow|unavailable/)
    const { tenant } = organisations[0]!
    const weighed = () => made.gate.weigh('person.create', factsOf(tenant), about).outcome
    // Whoever cannot wait is refused; whoever waits is not.
    expect(weighed()).toMatchObject({ kind: 'unavailable' })
    await made.gate.pending(factsOf(tenant), about)
    expect(weighed()).toMatchObject({ kind: 'deny' })
  }, 60_000)

  it('are not read for organisations without one', async () => {
    give(ACME, frozen)
    const before = shelf.reads
    expect(made.gate.pending(factsOf(GLOBEX), about)).toBeUndefined()
    await ask('person.create', GLOBEX)
    expect(shelf.reads).toBe(before)
  })
})
