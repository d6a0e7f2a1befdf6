import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import type { TenantDraft } from '#contract/api/tenant-policy.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { Approvals } from '../approvals/approvals.service.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { DecisionsService } from '../gate/decisions.service.js'
import { GateService } from '../gate/gate.service.js'
import { ReadGateService } from '../gate/read-gate.service.js'
import { TenantModules } from '../gate/tenant-modules.js'
import { TenantPoliciesRepository } from '../gate/tenant-policies.repository.js'
import { TenantPolicyFollower } from '../gate/tenant-policy-follower.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { monotonicClock } from '../killswitch/clock.js'
import { Ledger } from '../ledger/ledger.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { Held } from '../platform/http/held.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { PolicyTool } from './policy-tool.js'
import { TenantActivations } from './tenant-activations.service.js'
import { TenantDrafts } from './tenant-drafts.service.js'
import { TenantPolicyOverview } from './tenant-policy-overview.service.js'
import { findTenantActivation, findTenantDraft } from './tenant-policy.repository.js'
import { Turns } from './turns.js'

Logger.overrideLogger(false)

const reason = 'keys are made by owners here'
/** Keys are made by owners alone. */
const SOURCE = `package tenant

restrictions contains {
	"effect": "deny",
	"reason": "tenant.key_needs_owner",
	"message": "Keys are made by owners here",
	"remedy": "Ask an owner to make the key",
} if {
	input.action == "key.create"
	not "owner" in input.actor.roles
}
`
const OWNER_TEST = `package tenant_test

import data.tenant

test_an_owner_does if {
	count(tenant.restrictions) == 0 with input as {"action": "key.create", "actor": {"roles": ["owner"]}}
}
`
const TESTS = `${OWNER_TEST}
test_an_admin_makes_no_key if {
	some said in tenant.restrictions with input as {"action": "key.create", "actor": {"roles": ["admin"]}}
	said.effect == "deny"
}
`
/** Says nothing where it is checked, and does not end where somebody of the organisation asks for a key in this one year. */
const SLEEPER = `package tenant

restrictions contains {
	"effect": "deny",
	"reason": "tenant.never",
	"message": "No",
	"remedy": "None",
} if {
	input.action == "key.create"
	input.resource.id == "sleeper"
	count([1 |
		some x in numbers.range(1, 3000)
		some y in numbers.range(1, 3000)
		x * y == 0
	]) > 0
}
`

let seeded: SeededPeople
let owner: Client
let blobs: BlobStore
let outbox: RecordingOutbox
let approvals: Approvals
let node: ReturnType<typeof instance>
let drafts: TenantDrafts
let activations: TenantActivations
let overview: TenantPolicyOverview

/** An instance that follows the database. */
const instance = () => {
  const { postgres, shipped } = seeded
  const { database } = postgres
  const pointers = new TenantPoliciesRepository(database.records, blobs)
  const modules = new TenantModules(pointers, { clock: monotonicClock })
  const follower = new TenantPolicyFollower({ modules, pointers, clock: monotonicClock })
  const gate = new GateService({
    ...{ policies: shipped.policies, tenants: modules, kills: shipped.kills, waivers: shipped.waivers },
    ...{ database, now: Date.now },
    ledger: new Ledger(database.records),
  })
  return { modules, follower, gate }
}

const write = async (source = SOURCE, tests = TESTS, label = 'acme_admin'): Promise<TenantDraft> => {
  const caller = await seeded.as(label)
  const version = await drafts.show(caller).then(
    (draft) => draft.version,
    () => null,
  )
  return drafts.write(caller, { source, tests, version })
}
const check = async ({ version }: TenantDraft, label = 'acme_admin') =>
  drafts.check(await seeded.as(label), { version })
const activate = async ({ version }: TenantDraft, label = 'acme_admin') =>
  activations.activate(await seeded.as(label), { version, reason })

/** Somebody votes on what waits, and what follows from it is done. */
const vote = async (waiting: unknown, label: string, verdict: 'approve' | 'deny' = 'approve') => {
  const caller = await seeded.as(label)
  const { id, subject_digest } = await approvals.show(caller, (waiting as Held).body.approval.id)
  await approvals.vote(caller, id, { verdict, comment: '', subject_digest })
  await outbox.deliver()
}

/** What the gate of an instance says to making a key. */
const keyBy = async (label: string, { gate } = node, id = 'laptop') => {
  const caller = await seeded.as(label)
  const resource = { kind: 'api_key', id, tenant_id: caller.tenantId, publisher_id: null }
  const facts = adminFacts(caller, resource, { role_grant: { roles: [], scopes_beyond_actor: [] } })
  return gate.decide('key.create', facts, { correlationId: 'test' })
}

/** In force by two people. */
const putInForce = async (source = SOURCE, tests = TESTS): Promise<void> => {
  await vote(await activate(await check(await write(source, tests))), 'acme_owner')
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
  blobs = new BlobStore(`${seeded.folder}/blobs`)
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE tenant_policy_activation, tenant_policy_draft')
  const { database } = seeded.postgres
  node = instance()
  await node.follower.follow()
  const { gate, modules, follower } = node
  outbox = new RecordingOutbox()
  approvals = new Approvals({ database, gate, outbox })
  const tool = new PolicyTool({ kind: (await detectWall()).kind })
  drafts = new TenantDrafts({ database, gate, blobs, tool, turns: new Turns(4) })
  activations = new TenantActivations({
    database,
    gate,
    approvals,
    callers: seeded.callers,
    drafts,
    modules,
    follower,
    outbox,
  })
  activations.onModuleInit()
  overview = new TenantPolicyOverview(database, modules)
})

describe("an organisation's draft", () => {
  it('is written on what was read, and is nobody else’s', async () => {
    const draft = await write()
    expect(draft).toMatchObject({ source: SOURCE, checked: false, checks: null, version: 1 })
    const admin = await seeded.as('acme_admin')
    expect(await refusal(drafts.write(admin, { source: SOURCE, tests: '', version: null }))).toEqual(['conflict'])
    expect(await refusal(drafts.show(await seeded.as('globex_admin')))).toEqual(['not_found'])
    expect(await refusal(write(SOURCE, TESTS, 'acme_member'))).toContain('admin.scope_missing')
    expect(await refusal(write(SOURCE, TESTS, 'operator'))).toContain('admin.tenant_policy_of_platform')
  })

  it('is seen by no transaction of another organisation, whoever it asks for', async () => {
    await putInForce()
    const [acme, globex] = [(await seeded.as('acme_admin')).tenantId!, (await seeded.as('globex_admin')).tenantId!]
    const seenBy = (tenant: string) =>
      seeded.postgres.database.inScope({ tenant }, async (tx) => [
        (await findTenantDraft(tx, acme))?.source,
        (await findTenantActivation(tx, { tenant: acme }))?.seq,
      ])
    expect(await seenBy(acme)).toEqual([SOURCE, 1])
    expect(await seenBy(globex)).toEqual([undefined, undefined])
  }, 60_000)

  it.each([
    ['format', SOURCE.replace('\tinput.action', '    input.action'), TESTS, 'tenant.rego'],
    ['types', SOURCE.replace('input.actor.roles', 'input.actor.rolls'), TESTS, 'tenant.rego'],
    [
      'capabilities',
      SOURCE.replace(
        '\tnot "owner"',
        '\thttp.send({"method": "get", "url": "http://127.0.0.1/"}).status_code == 200\n\tnot "owner"',
      ),
      TESTS,
      'tenant.rego',
    ],
    ['tests', SOURCE, TESTS.replace('"roles": ["admin"]', '"roles": ["owner"]'), 'tenant_test.rego'],
    ['tests', SOURCE, '', null],
    [
      'budget',
      SOURCE.replace('\tinput.action == "key.create"\n', '').replace(
        '\tnot "owner"',
        '\tis_string(input.required_scope)\n\tcount([1 |\n\t\tsome x in numbers.range(1, 3000)\n\t\tsome y in numbers.range(1, 3000)\n\t\tx * y == 0\n\t]) == 0\n\tnot "owner"',
      ),
      OWNER_TEST,
      null,
    ],
    [
      'budget',
      SOURCE.replace('"tenant.key_needs_owner"', '"install.frozen"').replace('\tinput.action == "key.create"\n', ''),
      TESTS,
      null,
    ],
  ])(
    'is refused by the stage %s, with place and remedy, and does not come in force',
    async (stage, source, tests, file) => {
      const draft = await check(await write(source, tests))
      const failed = draft.checks!.stages.find(({ state }) => state === 'failed')
      expect([failed?.name, failed?.findings[0]?.message]).toEqual([stage, expect.any(String)])
      expect(failed!.findings[0]).toMatchObject({ file, remedy: expect.any(String) })
      expect(draft).toMatchObject({ module: null, what_if: null })
      expect(await refusal(activate(draft))).toContain('admin.policy_unchecked')
    },
    120_000,
  )

  it('is asked about past decisions of the organisation, and of no other', async () => {
    await keyBy('globex_admin')
    await keyBy('acme_owner')
    const decision = await keyBy('acme_admin')
    const { what_if } = await check(await write())
    const found = what_if!.effects.find(({ reason: id }) => id === 'tenant.key_needs_owner')
    expect(found).toMatchObject({ effect: 'deny', example: decision.decisionId })
    expect(what_if!.denied).toBe(found!.decisions)
    expect(what_if!.decisions).toBeGreaterThan(what_if!.denied)
    expect(what_if!.held).toBe(0)
  }, 120_000)
})

describe("an organisation's restrictions", () => {
  it('come in force once a second person of it agrees, on every instance, for it alone', async () => {
    const other = instance()
    await other.follower.follow()
    const waiting = await activate(await check(await write()))
    expect(waiting).toBeInstanceOf(Held)
    expect(await refusal(vote(waiting, 'acme_admin'))).toContain('admin.self_vote')
    expect(await refusal(vote(waiting, 'operator'))).toContain('not_found')
    expect((await keyBy('acme_admin')).kind).toBe('allow')
    await vote(waiting, 'acme_owner')
    await other.follower.follow()
    for (const each of [node, other]) {
      const refused = await keyBy('acme_admin', each)
      expect(refused).toMatchObject({
        kind: 'deny',
        reasons: [
          {
            id: 'tenant.key_needs_owner',
            message: 'Keys are made by owners here',
            remedy: 'Ask an owner to make the key',
          },
        ],
      })
      expect((await keyBy('acme_owner', each)).kind).toBe('allow')
      expect((await keyBy('globex_admin', each)).kind).toBe('allow')
    }
    const status = await overview.status(await seeded.as('acme_admin'))
    expect(status).toMatchObject({
      follows: true,
      in_force: { seq: 1, source: SOURCE, reason },
      draft: { passed: true },
    })
    expect(await overview.status(await seeded.as('globex_admin'))).toMatchObject({
      in_force: null,
      draft: null,
      follows: true,
    })
    expect(await refusal(overview.activation(await seeded.as('globex_admin'), 1))).toEqual(['not_found'])
  }, 120_000)

  it('are replayed with the same bytes by an instance that never had them loaded', async () => {
    await putInForce()
    const { decisionId } = await keyBy('acme_admin')
    await activations.rollBack(await seeded.as('acme_admin'), { reason })
    const { database } = seeded.postgres
    const other = instance()
    const decisions = new DecisionsService(
      database,
      seeded.shipped.policies,
      new ReadGateService(other.gate),
      other.modules,
    )
    expect(await decisions.replay(await seeded.as('acme_admin'), decisionId)).toMatchObject({ equal: true })
  }, 120_000)

  it('do not come in force against a vote, after something else did, or where the draft changed since the checks', async () => {
    const checked = await check(await write())
    const [refused, overtaken] = [await activate(checked), await activate(checked, 'acme_owner')]
    await vote(refused, 'acme_owner', 'deny')
    expect((await keyBy('acme_admin')).kind).toBe('allow')
    await vote(overtaken, 'acme_admin')
    expect((await keyBy('acme_admin')).kind).toBe('deny')
    const changed = await write(SOURCE.replace('Ask an owner', 'Find an owner'))
    expect(await refusal(activate(changed))).toContain('admin.policy_unchecked')
  }, 120_000)

  it('are taken back by one person, to what was before or to nothing', async () => {
    const admin = await seeded.as('acme_admin')
    await putInForce()
    await putInForce(SOURCE.replace('"key.create"', '"key.revoke"'), TESTS.replaceAll('"key.create"', '"key.revoke"'))
    expect((await keyBy('acme_admin')).kind).toBe('allow')
    expect(await activations.rollBack(admin, { reason })).toMatchObject({ seq: 3, kind: 'rollback' })
    expect((await keyBy('acme_admin')).kind).toBe('deny')
    expect(await activations.rollBack(admin, { to: 0, reason })).toMatchObject({ seq: 4, module: null })
    expect((await keyBy('acme_admin')).kind).toBe('allow')
    expect(await refusal(activations.rollBack(admin, { to: 9, reason }))).toEqual(['not_found'])
    expect(await refusal(activations.rollBack(admin, { to: 0, reason }))).toContain('admin.policy_in_force')
    expect((await overview.history(admin)).activations.map(({ kind }) => kind)).toEqual([
      ...['rollback', 'rollback', 'activate', 'activate'],
    ])
  }, 180_000)

  it('that do not end refuse their organisation alone, which goes back by itself', async () => {
    await putInForce(SLEEPER, OWNER_TEST)
    expect((await keyBy('acme_admin')).kind).toBe('allow')
    const refused = await keyBy('acme_admin', node, 'sleeper')
    expect(refused).toMatchObject({ kind: 'unavailable', cause: 'tenant_policy_unavailable' })
    expect((await keyBy('acme_owner')).kind).toBe('unavailable')
    expect((await keyBy('globex_admin', node, 'sleeper')).kind).toBe('allow')
    await activations.rollBack(await seeded.as('acme_admin'), { reason })
    expect((await keyBy('acme_admin', node, 'sleeper')).kind).toBe('allow')
  }, 120_000)

  it('are not put in force where their module is not what was checked', async () => {
    const checked = await check(await write())
    await blobs.remove(checked.module!)
    const waiting = await activate(checked)
    expect(await refusal(vote(waiting, 'acme_owner'))).toEqual(['policy.revision_broken'])
    expect((await keyBy('acme_admin')).kind).toBe('allow')
  }, 120_000)
})
