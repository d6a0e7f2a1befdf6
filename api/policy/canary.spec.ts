import { dirname } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import type { PolicyCanary } from '#contract/api/policy-canaries.js'
import { soundCases } from '#engine/author/cases.js'
import { openOpa } from '#engine/author/opa.js'
import { readPolicyFolder } from '#engine/author/policy-files.js'
import { shippedBundleFolder, type BundleFiles } from '#engine/bundle.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { alteredPolicy } from '../../engine/testing/altered-policy.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { GateService, type GateParts } from '../gate/gate.service.js'
import type { FactsFor } from '../gate/gate.types.js'
import { noTenantPolicy } from '../gate/testing/no-tenant-policy.js'
import { refusal } from '../gate/testing/refusal.js'
import { WaiverList } from '../gate/waiver-list.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { monotonicClock } from '../killswitch/clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import type { Held } from '../platform/http/held.js'
import type { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Activations } from './activations.service.js'
import { Canaries } from './canaries.service.js'
import { CanaryGuard } from './canary-guard.service.js'
import { PolicyOverview } from './policy-overview.service.js'
import { policyInstance } from './testing/policy-instance.js'

Logger.overrideLogger(false)

/** Nobody comes so close to a quota in the shipped policy. */
const QUOTA = { file: 'governance/call/call.rego', from: 'input.quota.used < input.quota.limit' }
const LEFT = 100

type Instance = Awaited<ReturnType<typeof policyInstance>>

let seeded: SeededPeople
let owner: Client
let tighter: BundleFiles
let facts: FactsFor<'extension.invoke'>
let node: Instance
let shipped: string
let outbox: RecordingOutbox
let approvals: Approvals
let activations: Activations
let canaries: Canaries
let guard: CanaryGuard
let told: string[]
const reason = 'fewer calls at the end of a quota'

const lead = () => seeded.as('reviewer')

const guardOf = ({ policies }: Instance, name: string, records = seeded.postgres.database.records): CanaryGuard =>
  new CanaryGuard({ node: name, policies, canaries, records, clock: monotonicClock })

/** What an instance decides on a call, so many of the quota used. */
const callOn = ({ policies }: Instance, used: number, begunUnder?: string) => {
  const kills = new KillState('node', monotonicClock)
  kills.extend(monotonicClock.now())
  const parts = { policies, kills, tenants: noTenantPolicy(), waivers: new WaiverList(), now: Date.now }
  const gate = new GateService(parts as unknown as GateParts)
  const asked = { ...facts, quota: { limit: 1_000, used } }
  const about = { correlationId: 'test', ...(begunUnder !== undefined && { begunUnder }) }
  return gate.weigh('extension.invoke', asked, about).outcome
}

/** Lets every decision that waits for the base be held against it. */
const judged = async ({ policies }: Instance, pairs: number): Promise<void> => {
  while (policies.course!.pairs.counts().pairs < pairs) await turn()
}

const seal = async (files = tighter): Promise<string> => {
  const caller = await lead()
  const permit = await node.sealing.permit(caller, 'draft', true)
  const about = { base_revision: shipped, draft_id: null, source_commit: null, tree: { a: 'b' } }
  return node.sealing.seal(permit, caller, { files, ...about })
}

const agree = async (waiting: unknown): Promise<void> => {
  const caller = await seeded.as('operator')
  const { id, subject_digest } = await approvals.show(caller, (waiting as Held).body.approval.id)
  await approvals.vote(caller, id, { verdict: 'approve', comment: '', subject_digest })
  await outbox.deliver()
}

const statusOf = async () =>
  new PolicyOverview(seeded.postgres.database, node.inForce).status(await seeded.as('operator'))

/** A canary of the tighter policy, agreed to by two and gone on to this share. */
const running = async (percent: 1 | 10 | 100 = 1): Promise<{ canary: PolicyCanary; revision: string }> => {
  const revision = await seal()
  await agree(await activations.startCanary(await lead(), revision, { reason }))
  let canary = (await statusOf()).canary!
  while (canary.percent < percent) canary = await canaries.advance(await lead(), canary.id, { reason })
  return { canary, revision }
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
  const tool = await openOpa(await findOpa())
  tighter = await alteredPolicy(tool, [{ ...QUOTA, to: `input.quota.used + ${LEFT} < input.quota.limit` }])
  const cases = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
  const { input } = cases.find(({ gate, name }) => gate === 'call' && name === 'within scope and quota')!
  const { action: _action, now: _now, required_scope: _scope, ...rest } = input as Record<string, unknown>
  facts = rest as unknown as FactsFor<'extension.invoke'>
}, 300_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE policy_activation, policy_revision, policy_instance, policy_canary, policy_canary_report')
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  node = await policyInstance(seeded, 'node-a')
  shipped = node.policies.revision!
  ;({ outbox, approvals } = node)
  const plans = { plan: async () => ({ foretold: {}, changed: ['call'] }) }
  activations = new Activations({ ...node, database, gate, plans, callers: seeded.callers })
  activations.onModuleInit()
  told = []
  canaries = new Canaries({
    ...{ database, gate, approvals, follower: node.follower, outbox },
    announcements: { toAllWith: async (scope, { subject }) => void told.push(`${scope} ${subject}`) },
  })
  canaries.onModuleInit()
  guard = guardOf(node, 'node-a')
})

describe('a canary', () => {
  it('begins where a second person agrees to what it is held against, and comes in force by its pairs', async () => {
    const { canary, revision } = await running(100)
    expect(canary).toMatchObject({ state: 'running', unit: 'install', base_revision: shipped, what_if: null, reason })
    expect(await statusOf()).toMatchObject({ in_force: shipped, canary: { id: canary.id, revision } })
    for (let call = 1; call <= 500; call++) {
      expect(callOn(node, 12)).toMatchObject({ kind: 'allow', bundleRevision: revision })
      // One organisation alone does not have the whole queue.
      if (call % 100 === 0) await judged(node, call)
    }
    await guard.look()
    expect(await statusOf()).toMatchObject({
      in_force: revision,
      canary: null,
      activation: { kind: 'activate', seq: 1 },
    })
    const ended = await canaries.show(await lead(), canary.id)
    expect(ended).toMatchObject({
      state: 'finished',
      ended_by: 'system',
      breach: null,
      pairs: { pairs: 500, flips: [] },
    })
    expect(callOn(node, 12).bundleRevision).toBe(revision)
    expect(node.policies.course).toBeNull()
  }, 60_000)

  it('decides nobody’s matters but its share’s', async () => {
    const { canary, revision } = await running()
    const share = node.policies.course!
    const [tenantId, installId] = [facts.resource.tenant_id!, facts.install.id]
    const isIn = share.takes('call', { tenantId, installId })
    expect(callOn(node, 12).bundleRevision).toBe(isIn ? revision : shipped)
    expect(canary.percent).toBe(1)
  })

  it('is taken back by itself for a flip that was not foretold, with what shows it', async () => {
    const { canary, revision } = await running(100)
    const other = await policyInstance(seeded, 'node-b')
    await other.follower.follow()
    expect(callOn(other, 12).bundleRevision).toBe(revision)
    const flipped = callOn(other, 950)
    expect(flipped).toMatchObject({ kind: 'deny', reasons: [{ id: 'call.quota_exceeded' }] })
    await judged(other, 2)
    await guardOf(other, 'node-b').look()
    const ended = await canaries.show(await lead(), canary.id)
    expect(ended).toMatchObject({
      state: 'reverted',
      ended_by: 'system',
      breach: { kind: 'flips', rule: 'call.quota_exceeded', bound: 0, found: 1, seen_by: 'node-b', step: { pairs: 2 } },
    })
    expect(ended.breach!.samples).toMatchObject([
      { decision_id: flipped.decisionId, before: { outcome: 'allow' }, after: { outcome: 'deny' } },
    ])
    for (const each of [node, other]) {
      await each.follower.follow()
      expect(callOn(each, 950)).toMatchObject({ kind: 'allow', bundleRevision: shipped })
    }
    await outbox.deliver()
    expect(told).toEqual(['policy:activate A canary of the policy was taken back'])
    // The guard of the other instance comes late, and changes nothing.
    await guard.look()
    expect((await canaries.list(await lead(), { limit: 10 })).items.map(({ state }) => state)).toEqual(['reverted'])
  }, 60_000)

  it('decides nothing more on an instance that saw too much, though nobody can be told', async () => {
    await running(100)
    callOn(node, 950)
    await judged(node, 1)
    const silent = { query: () => Promise.reject(new Error('the database is gone')) }
    await guardOf(node, 'node-a', silent as never).look()
    expect(callOn(node, 950)).toMatchObject({ kind: 'allow', bundleRevision: shipped })
    await node.follower.follow()
    expect(callOn(node, 950)).toMatchObject({ kind: 'allow', bundleRevision: shipped })
    await guard.look()
    expect((await statusOf()).canary).toBeNull()
  }, 60_000)

  it('is taken back for what a step showed that has ended meanwhile', async () => {
    const { canary } = await running(10)
    const { course } = node.policies
    // This call is within the share, whatever the hash says.
    course!.takes = () => true
    callOn(node, 950)
    await judged(node, 1)
    await canaries.advance(await lead(), canary.id, { reason })
    expect(node.policies.course).toMatchObject({ pointer: { percent: 100 }, before: course })
    await guard.look()
    expect(node.policies.course).toBeNull()
    expect(await canaries.show(await lead(), canary.id)).toMatchObject({
      ...{ state: 'reverted', percent: 100 },
      breach: { kind: 'flips', rule: 'call.quota_exceeded', found: 1 },
    })
  }, 60_000)

  it('voids, once taken back by itself, what waits to put the same in force', async () => {
    const { canary, revision } = await running(100)
    const again = await activations.activate(await lead(), revision, { reason: 'all at once' })
    callOn(node, 950)
    await judged(node, 1)
    await guard.look()
    const { id } = (again as Held).body.approval
    expect(await approvals.show(await seeded.as('operator'), id)).toMatchObject({ state: 'voided' })
    expect(await canaries.show(await lead(), canary.id)).toMatchObject({ state: 'reverted' })
  }, 60_000)

  it('runs only where its base decides', async () => {
    const { revision } = await running(100)
    const other = await policyInstance(seeded, 'node-b')
    // A release of its own, which ships another policy.
    other.policies.swap(Object.assign(Object.create(other.policies.active!), { sealedAs: `sha256:${'9'.repeat(64)}` }))
    await other.follower.follow()
    expect(other.policies.course).toBeNull()
    const { instances } = await statusOf()
    expect(instances.find((each) => each.node === 'node-b')!.fault).toContain(`${revision} decides nothing here`)
  }, 60_000)

  it('begins on nothing that goes out of force by itself', async () => {
    const other = await seal()
    await owner.query(
      `ALTER TABLE policy_activation DISABLE TRIGGER USER;
       INSERT INTO policy_activation (id, tenant_id, seq, revision, replaces, kind, reason, by, expires_at, decision_id)
       VALUES (gen_random_uuid(), '${PLATFORM_TENANT_ID}', 1, '${shipped}', '${shipped}', 'break_glass', 'an emergency', 'somebody',
         clock_timestamp() + interval '1 hour', gen_random_uuid());
       ALTER TABLE policy_activation ENABLE TRIGGER USER`,
    )
    expect(await refusal(activations.startCanary(await lead(), other, { reason }))).toEqual(['conflict'])
  }, 60_000)

  it('ends the step that a person saw, and no other', async () => {
    const { canary } = await running(1)
    expect(await refusal(canaries.advance(await lead(), canary.id, { reason, from: 10 }))).toEqual(['conflict'])
    expect(await canaries.advance(await lead(), canary.id, { reason, from: 1 })).toMatchObject({ percent: 10 })
  }, 60_000)

  it('ends where another policy comes in force, and another one can begin then', async () => {
    const { canary } = await running(100)
    await agree(await activations.activate(await lead(), canary.revision, { reason }))
    await node.follower.follow()
    expect(await canaries.show(await lead(), canary.id)).toMatchObject({ state: 'overtaken' })
    expect(await refusal(canaries.advance(await lead(), canary.id, { reason }))).toContain('admin.canary_ended')
    expect(node.policies.course).toBeNull()
    await agree(await activations.startCanary(await lead(), shipped, { reason }))
    expect(await statusOf()).toMatchObject({ in_force: canary.revision, canary: { revision: shipped, percent: 1 } })
  }, 60_000)

  it('runs alone, and is the matter of those who may activate', async () => {
    const { canary, revision } = await running(10)
    await agree(await activations.startCanary(await lead(), revision, { reason: 'another one' }))
    expect((await canaries.list(await lead(), { limit: 10 })).items).toHaveLength(1)
    const acme = await seeded.as('acme_owner')
    expect(await refusal(canaries.show(acme, canary.id))).toEqual(['not_found'])
    expect(await refusal(canaries.revert(acme, canary.id, { reason }))).toEqual(['not_found'])
    const ended = await canaries.revert(await seeded.as('operator'), canary.id, { reason: 'not today' })
    expect(ended).toMatchObject({ state: 'reverted', ended_because: 'not today', breach: null })
    expect(await refusal(canaries.revert(await lead(), canary.id, { reason }))).toContain('admin.canary_ended')
    await Promise.allSettled([canaries.complete(canary.id, 10), canaries.complete(canary.id, 10)])
    expect((await statusOf()).canary).toBeNull()
  }, 60_000)

  it('leaves what was begun under one policy to that policy', async () => {
    const { canary, revision } = await running(100)
    const begun = callOn(node, 12).bundleRevision!
    expect(begun).toBe(revision)
    await canaries.revert(await lead(), canary.id, { reason })
    expect(callOn(node, 12).bundleRevision).toBe(shipped)
    expect(callOn(node, 950, begun)).toMatchObject({ kind: 'deny', bundleRevision: revision })
    expect(callOn(node, 950, shipped)).toMatchObject({ kind: 'allow', bundleRevision: shipped })
    const unknown = `sha256:${'0'.repeat(64)}`
    expect(callOn(node, 12, unknown)).toMatchObject({ kind: 'unavailable', cause: 'policy_unavailable' })
  }, 60_000)
})
