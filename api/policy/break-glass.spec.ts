import { rm } from 'node:fs/promises'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import type { BundleFiles } from '#engine/bundle.js'
import { Approvals } from '../approvals/approvals.service.js'
import { DecisionsService } from '../gate/decisions.service.js'
import { GateService } from '../gate/gate.service.js'
import { ReadGateService } from '../gate/read-gate.service.js'
import { noTenantPolicy } from '../gate/testing/no-tenant-policy.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { Ledger } from '../ledger/ledger.service.js'
import { Held } from '../platform/http/held.js'
import { Activations } from './activations.service.js'
import { BreakGlass } from './break-glass.service.js'
import { bundleThatAsksNobody, bundleWithConsentOf } from './testing/other-bundle.js'
import { policyInstance } from './testing/policy-instance.js'

Logger.overrideLogger(false)

const reason = 'consent was too long'

let seeded: SeededPeople
let owner: Client
let shippedRevision: string

/** An instance whose decisions are made by the policy that is in force on it, as in service. */
const deciding = async (name: string) => {
  const node = await policyInstance(seeded, name)
  await node.follower.follow()
  const { database } = seeded.postgres
  const { kills, waivers } = seeded.shipped
  const tenants = noTenantPolicy()
  const ledger = new Ledger(database.records)
  const gate = new GateService({ policies: node.policies, tenants, kills, waivers, database, ledger, now: Date.now })
  const { outbox, follower } = node
  const approvals = new Approvals({ database, gate, outbox })
  const activations = new Activations({ ...node, approvals, database, gate, callers: seeded.callers })
  activations.onModuleInit()
  const announcements = { toAllWith: async () => undefined }
  const breakGlass = new BreakGlass({ database, gate, approvals, follower, outbox, announcements })
  const decisions = new DecisionsService(database, node.policies, new ReadGateService(gate), tenants)
  return { ...node, approvals, activations, breakGlass, decisions }
}
type Node = Awaited<ReturnType<typeof deciding>>

let node: Node

const seal = async (files: BundleFiles): Promise<string> => {
  const caller = await seeded.as('reviewer')
  const permit = await node.sealing.permit(caller, 'draft', true)
  const about = { base_revision: shippedRevision, draft_id: null, source_commit: null, tree: { a: 'b' } }
  return node.sealing.seal(permit, caller, { files, ...about })
}

const activate = async (revision: string, on = node) =>
  on.activations.activate(await seeded.as('reviewer'), revision, { reason })

const rollBack = async (revision?: string, on = node) =>
  on.activations.rollBack(await seeded.as('reviewer'), { reason, ...(revision !== undefined && { revision }) })

const vote = async (waiting: unknown, label: string) => {
  const caller = await seeded.as(label)
  const { id, subject_digest } = await node.approvals.show(caller, (waiting as Held).body.approval.id)
  await node.approvals.vote(caller, id, { verdict: 'approve', comment: '', subject_digest })
  await node.outbox.deliver()
}

/** Puts the policy that asks nobody in force by break-glass. */
const breakGlass = async (): Promise<string> => {
  const captured = await seal(await bundleThatAsksNobody())
  const request = { reason, break_glass: { expires_in_s: 3600 } }
  const waiting = await node.activations.activate(await seeded.as('reviewer'), captured, request)
  for (const voter of ['operator', 'security_lead']) await vote(waiting, voter)
  expect(node.policies.sealedAs).toBe(captured)
  return captured
}

/** The newest decision about an action. */
const decided = async (action: string) => {
  const { rows } = await owner.query<{ id: string; revision: string | null; decided_by: string; rules: string[] }>(
    'SELECT id, revision, decided_by, rules FROM decision WHERE action = $1 ORDER BY id DESC LIMIT 1',
    [action],
  )
  return rows[0]!
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  await owner.query('TRUNCATE policy_activation, policy_revision, policy_instance')
  node = await deciding('node-a')
  shippedRevision = node.policies.revision!
})

describe('while a captured policy is in force by break-glass', () => {
  it('the one before decides whether it stays for good, on record under its own revision, to be replayed', async () => {
    const captured = await breakGlass()
    const waiting = await activate(captured)
    expect(waiting).toBeInstanceOf(Held)
    const held = await decided('policy.activate')
    expect(held.revision).toBe(shippedRevision)
    const operator = await seeded.as('operator')
    expect(await node.decisions.replay(operator, held.id)).toMatchObject({ equal: true, revision: shippedRevision })

    await vote(waiting, 'operator')
    expect((await decided('approval.vote')).revision).toBe(shippedRevision)
    // Now it decides for good, about itself as well.
    const other = await seal(await bundleWithConsentOf(61))
    expect(await activate(other)).toMatchObject({ revision: other, kind: 'activate' })
  })

  it('another comes in force no more easily than before', async () => {
    const captured = await breakGlass()
    expect(await activate(await seal(await bundleWithConsentOf(61)))).toBeInstanceOf(Held)
    expect(node.policies.sealedAs).toBe(captured)
  })

  it('an instance that starts meanwhile asks the one before too', async () => {
    const captured = await breakGlass()
    expect(await activate(captured, await deciding('node-late'))).toBeInstanceOf(Held)
  })

  it('one person goes back, and then the policy before decides everything', async () => {
    await breakGlass()
    expect(await rollBack()).toMatchObject({ kind: 'rollback', revision: shippedRevision })
    expect(await decided('policy.rollback')).toMatchObject({ revision: shippedRevision, decided_by: 'policy' })
    expect([node.policies.sealedAs, node.policies.before]).toEqual([shippedRevision, undefined])
  })
})

describe('where the policy before cannot be loaded', () => {
  let captured: string
  let before: string
  let late: Node

  beforeEach(async () => {
    before = await seal(await bundleWithConsentOf(60))
    await vote(await activate(before), 'operator')
    captured = await breakGlass()
    const { rows } = await owner.query<{ files: { data: string } }>(
      'SELECT files FROM policy_revision WHERE revision = $1',
      [before],
    )
    await node.blobs.remove(rows[0]!.files.data)
    await rm(`${seeded.folder}/node-lost`, { recursive: true, force: true })
    late = await deciding('node-lost')
  })

  it('nothing comes in force for good, and the instance says why', async () => {
    expect(await refusal(activate(captured, late))).toEqual(['unavailable.policy_unavailable'])
    const { rows } = await owner.query(`SELECT fault FROM policy_instance WHERE node = 'node-lost'`)
    expect(rows).toEqual([{ fault: expect.stringContaining(before) }])
  })

  it('one person with the scope goes back by the floor, to what decided in ordinary ways alone', async () => {
    expect(await refusal(rollBack(captured, late))).toEqual(['policy.floor_refused'])
    expect(await rollBack(shippedRevision, late)).toMatchObject({ kind: 'rollback', revision: shippedRevision })
    expect(await decided('policy.rollback')).toMatchObject({ decided_by: 'floor', rules: ['policy.floor'] })
    expect(late.policies.sealedAs).toBe(shippedRevision)
    expect(await activate(captured, late)).toBeInstanceOf(Held)
  })

  it('its time runs out all the same, and the captured one that decides on here for want of another stays captive', async () => {
    const [ended] = late.outbox.payloads('policy.break_glass_ended').concat([{ seq: 2 }])
    expect(await refusal(late.breakGlass.onEnded(ended))).toEqual(['policy.floor_refused'])
    await owner.query('ALTER TABLE policy_activation DISABLE TRIGGER USER')
    await owner.query(`UPDATE policy_activation SET expires_at = now() - interval '1 s' WHERE expires_at IS NOT NULL`)
    await owner.query('ALTER TABLE policy_activation ENABLE TRIGGER USER')
    await late.breakGlass.onEnded(ended)
    expect(await decided('policy.expire')).toMatchObject({ decided_by: 'floor' })
    expect(await late.inForce.revision()).toBe(before)
    expect(await refusal(activate(captured, late))).toEqual(['unavailable.policy_unavailable'])
    expect(await rollBack(shippedRevision, late)).toMatchObject({ revision: shippedRevision })
  })
})
