import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { WaiverRequest } from '#contract/api/policy-waivers.js'
import type { Client } from 'pg'
import { Approvals } from '../approvals/approvals.service.js'
import { DecisionsService } from '../gate/decisions.service.js'
import type { FactsFor } from '../gate/gate.types.js'
import { ReadGateService } from '../gate/read-gate.service.js'
import { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import { about, actorOf, callFacts } from '../gate/testing/test-gate.js'
import { shippedGate } from '../gate/testing/shipped-gate.js'
import { denying, ModuleShelf } from '../gate/testing/tenant-modules.js'
import { TenantModules } from '../gate/tenant-modules.js'
import { monotonicClock } from '../killswitch/clock.js'
import { noTenantPolicy } from '../gate/testing/no-tenant-policy.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { Held } from '../platform/http/held.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Waivers } from './waivers.service.js'

Logger.overrideLogger(false)

const HOUR_MS = 3_600_000
const EXTENSION = 'com.example.one'
let seeded: SeededPeople
let owner: Client
let outbox: RecordingOutbox
let approvals: Approvals
let waivers: Waivers
let acme: string
let follow: () => Promise<void>

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
  acme = (await seeded.as('acme_owner')).tenantId!
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM publisher LIMIT 1')
  await owner.query('ALTER TABLE extension_registry DISABLE TRIGGER USER')
  await owner.query(
    `INSERT INTO extension_registry (id, tenant_id, publisher_id, name, title, type, categories, decision_id)
     VALUES ($1, $2, $3, $4, 'One', 'workflow-step', '{}', $1)`,
    [randomUUID(), acme, rows[0]!.id, EXTENSION],
  )
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE policy_waiver')
  const { database } = seeded.postgres
  const { gate, policies, waivers: list } = seeded.shipped
  outbox = new RecordingOutbox()
  approvals = new Approvals({ database, gate, outbox })
  const sealed = new SealedPoliciesRepository({
    ...{ records: database.records, blobs: { read: () => Promise.reject(new Error('nothing is read')) } },
    sealing: { keys: () => Promise.reject(new Error('nothing is sealed')) },
  })
  follow = async () => list.apply(await sealed.waivers())
  await follow()
  waivers = new Waivers({
    ...{ database, gate, approvals, callers: seeded.callers, policies, outbox },
    follower: { follow },
  })
  waivers.onModuleInit()
})

/** A moment so many milliseconds from now. */
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString()

const wanted = (part: Partial<WaiverRequest> = {}): WaiverRequest => ({
  reason: 'call.health_critical',
  subject: { kind: 'tenant', id: acme },
  until: inMs(HOUR_MS),
  why: 'the payroll of this week runs through it',
  ...part,
})

const request = async (part: Partial<WaiverRequest> = {}, label = 'reviewer') =>
  waivers.request(await seeded.as(label), wanted(part))

const vote = async (waiting: unknown, label: string, verdict: 'approve' | 'deny' = 'approve') => {
  const caller = await seeded.as(label)
  const { id, subject_digest } = await approvals.show(caller, (waiting as Held).body.approval.id)
  await approvals.vote(caller, id, { verdict, comment: '', subject_digest })
  await outbox.deliver()
}

const granted = async (part: Partial<WaiverRequest> = {}) => {
  await vote(await request(part), 'operator')
  const { items } = await waivers.list(await seeded.as('operator'), { limit: 1 })
  return items[0]!
}

/** A call of an install in critical health. */
const call = async (part: Partial<FactsFor<'extension.invoke'>> = {}, gate = seeded.shipped.gate) => {
  const facts = callFacts(acme, randomUUID())
  const install = { ...facts.install, standing: { health: { value: 'critical', until: null } } }
  const actor = actorOf(acme, { scopes: ['extensions:invoke'] })
  const resource = { ...facts.resource, kind: 'install' }
  return gate.decide('extension.invoke', { ...facts, actor, resource, install, ...part }, about)
}

const reasonsOf = (outcome: Awaited<ReturnType<typeof call>>): readonly string[] =>
  outcome.kind === 'deny' ? outcome.reasons.map(({ id }) => id) : [outcome.kind]

describe('a waiver', () => {
  it('acts once a second person agrees, and says so on the decision', async () => {
    expect(reasonsOf(await call())).toEqual(['call.health_critical'])
    const waiting = await request()
    expect(waiting).toBeInstanceOf(Held)
    expect(reasonsOf(await call())).toEqual(['call.health_critical'])
    await vote(waiting, 'operator')

    const outcome = await call()
    expect(outcome.kind).toBe('allow')
    const { database } = seeded.postgres
    const decisions = new DecisionsService(
      database,
      seeded.shipped.policies,
      new ReadGateService(seeded.shipped.gate),
      noTenantPolicy(),
    )
    const lead = await seeded.as('reviewer')
    const { items } = await waivers.list(lead, { limit: 10 })
    expect(items).toMatchObject([
      { state: 'in_force', reason: 'call.health_critical', approval_id: expect.any(String) },
    ])
    const waived = [{ reason: 'call.health_critical', waiver: items[0]!.id }]
    const shown = await decisions.show(await seeded.as('acme_owner'), outcome.decisionId, false)
    expect(shown).toMatchObject({ outcome: 'allow', waived, reasons: [] })
    expect(await decisions.replay(lead, outcome.decisionId)).toMatchObject({ equal: true, input_intact: true })
    const { acted } = await waivers.show(lead, items[0]!.id)
    expect(acted.map(({ decision_id }) => decision_id)).toEqual([outcome.decisionId])
  })

  it('shows where it acted also where the organisation has restrictions of its own', async () => {
    const { id } = await granted()
    const shelf = new ModuleShelf()
    const modules = new TenantModules(shelf, { clock: monotonicClock })
    await modules.follow([{ tenant: acme, module: await shelf.put(denying('person.create')) }], true)
    const { gate, waivers: list } = await shippedGate(seeded.postgres.database, monotonicClock, modules)
    list.apply([{ ...(await waivers.show(await seeded.as('operator'), id)), until: Date.now() + HOUR_MS }])
    const outcome = await call({}, gate)
    expect(outcome.kind).toBe('allow')
    const { acted } = await waivers.show(await seeded.as('operator'), id)
    expect(acted.map(({ decision_id }) => decision_id)).toEqual([outcome.decisionId])
  }, 60_000)

  it('leaves what it does not name, and whom it is not for', async () => {
    await granted()
    const version = { ...callFacts(acme, acme).version, review_state: 'denied' as const }
    expect(reasonsOf(await call({ version }))).toEqual(['call.not_approved'])
    const { id, tenantId } = { id: randomUUID(), tenantId: randomUUID() }
    const facts = callFacts(tenantId, id)
    const install = { ...facts.install, standing: { health: { value: 'critical', until: null } } }
    const actor = actorOf(tenantId, { scopes: ['extensions:invoke'] })
    const elsewhere = await seeded.shipped.gate.decide('extension.invoke', { ...facts, actor, install }, about)
    expect(reasonsOf(elsewhere)).toEqual(['call.health_critical'])
  })

  it('for an extension acts in every organisation', async () => {
    await granted({ subject: { kind: 'extension', id: EXTENSION } })
    expect((await call()).kind).toBe('allow')
    const extension = { id: 'com.example.two', publisher_id: acme, standing: {} }
    expect(reasonsOf(await call({ extension }))).toEqual(['call.health_critical'])
  })

  it('ends by its moment, also on a node that hears of nothing more', async () => {
    const waiver = await granted({ until: inMs(HOUR_MS) })
    expect((await call()).kind).toBe('allow')
    // The node's own list still has it; only its moment has passed.
    const until = Date.now() - 1
    seeded.shipped.waivers.apply([{ id: waiver.id, reason: waiver.reason, subject: waiver.subject, until }])
    expect(reasonsOf(await call())).toEqual(['call.health_critical'])
  })

  it('is ended by one person, and then acts no more', async () => {
    const { id } = await granted()
    expect((await call()).kind).toBe('allow')
    const lead = await seeded.as('reviewer')
    expect(await waivers.revoke(lead, id, { why: 'it was repaired' })).toMatchObject({ state: 'revoked' })
    expect(reasonsOf(await call())).toEqual(['call.health_critical'])
    expect(await refusal(waivers.revoke(lead, id, { why: 'again' }))).toEqual(['conflict'])
  })

  it('is granted once for an approval, however often that is told', async () => {
    await granted()
    for (const settled of outbox.payloads('approval.settled')) await waivers.onSettled(settled)
    expect((await waivers.list(await seeded.as('operator'), { limit: 10 })).items).toHaveLength(1)
  })
})

describe('a request for a waiver', () => {
  it.each([
    ['a reason that its rule does not let be waived', { reason: 'call.rung_blocks' }, ['admin.waiver_not_waivable']],
    ['malware', { reason: 'publish.malware' }, ['admin.waiver_not_waivable']],
    ['a reason that no rule gives', { reason: 'call.nonsense' }, ['admin.waiver_not_waivable']],
    ['an organisation that is not there', { subject: { kind: 'tenant', id: randomUUID() } }, ['request.invalid']],
    ['a name that nobody has', { subject: { kind: 'extension', id: 'com.example.free' } }, ['request.invalid']],
  ] as const)('is refused for %s', async (_, part, reasons) => {
    expect(await refusal(request(part))).toEqual([...reasons])
  })

  it('is refused without a near end', async () => {
    expect(await refusal(request({ until: inMs(-1000) }))).toEqual(['admin.waiver_term'])
    expect(await refusal(request({ until: inMs(400 * 24 * HOUR_MS) }))).toEqual(['admin.waiver_term'])
  })

  it('is not settled by whoever asked, or against a vote, or by people of an organisation', async () => {
    const waiting = await request()
    expect(await refusal(vote(waiting, 'reviewer'))).toContain('admin.self_vote')
    expect(await refusal(request({}, 'acme_owner'))).toContain('not_found')
    await vote(waiting, 'operator', 'deny')
    expect(reasonsOf(await call())).toEqual(['call.health_critical'])
  })

  it('is not granted where the rule that people were shown is another one by the time they agree', async () => {
    const waiting = await request()
    const { policies } = seeded.shipped
    const active = policies.active!
    const reasons = { ...active.reasons }
    reasons['call.health_critical'] = { ...reasons['call.health_critical']!, title: 'Health is worse than that' }
    const { revision, sealedAs } = active
    policies.swap({ revision, sealedAs, reasons, evaluate: (gate, input) => active.evaluate(gate, input) })
    try {
      await vote(waiting, 'operator')
      expect((await waivers.list(await seeded.as('operator'), { limit: 10 })).items).toEqual([])
    } finally {
      policies.swap(active)
    }
  })

  it('shows people the rule that would not count', async () => {
    const waiting = (await request()) as Held
    const { subject } = await approvals.show(await seeded.as('operator'), waiting.body.approval.id)
    expect(subject).toMatchObject({ why: expect.any(String), rule: { title: 'Health is critical' } })
  })
})
