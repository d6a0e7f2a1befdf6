import type { Client } from 'pg'
import { Logger } from '@nestjs/common'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { KillChanged } from '#contract/api/kills.js'
import { Approvals } from '../approvals/approvals.service.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { monotonicClock } from '../killswitch/clock.js'
import { KillListRepository } from '../killswitch/kill-list.repository.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { LeaseRenewal } from '../killswitch/lease-renewal.service.js'
import { Held } from '../platform/http/held.js'
import { Engagement } from './engagement.service.js'
import { JournalEntry } from './journal-entry.service.js'
import { KillJournal } from './kill-journal.js'
import { Orders } from './orders.service.js'
import { Reached } from './reach.service.js'
import { Release } from './release.service.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let owner: Client
let parts: ReturnType<typeof wired>
let stopRenewing: (() => Promise<void>)[]

/** This node, wired to the seeded platform. */
const wired = () => {
  const { postgres, shipped, callers, folder } = seeded
  const { database } = postgres
  const { gate, kills: state } = shipped
  const list = new KillListRepository(database.records)
  const renewal = new LeaseRenewal({ state, list, clock: monotonicClock })
  const journal = new KillJournal(`${folder}/journal`)
  const reached = new Reached({ state, renewal, list, clock: monotonicClock })
  const outbox = new RecordingOutbox()
  const approvals = new Approvals({ database, gate, outbox })
  const release = new Release({ database, gate, approvals, callers, reached, outbox })
  release.onModuleInit()
  const engagement = new Engagement({ database, gate, state, journal, reached })
  const journalEntry = new JournalEntry({ gate, state, renewal, journal })
  return {
    state,
    renewal,
    journal,
    journalEntry,
    engagement,
    release,
    approvals,
    outbox,
    orders: new Orders(database, journal),
  }
}

/** Another node on the same database, as another process would be. */
const otherNode = async (name: string) => {
  const state = new KillState(name, monotonicClock)
  const list = new KillListRepository(seeded.postgres.database.records)
  const renewal = new LeaseRenewal({ state, list, clock: monotonicClock })
  await renewal.onApplicationBootstrap()
  stopRenewing.push(() => renewal.beforeApplicationShutdown())
  return state
}

beforeAll(async () => {
  seeded = await seededPeople()
  owner = await seeded.postgres.owner()
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(async () => {
  stopRenewing = []
  parts = wired()
  const { renewal } = parts
  await renewal.onApplicationBootstrap()
  stopRenewing.push(() => renewal.beforeApplicationShutdown())
})
afterEach(async () => {
  for (const stop of stopRenewing) await stop()
})

const engage = async (label: string, scope: 'tenant' | 'global', target: string): Promise<KillChanged> => {
  const body =
    scope === 'global' ? { scope, target: '*' as const, reason: 'a leak' } : { scope, target, reason: 'a leak' }
  return parts.engagement.engage(await seeded.as(label), body)
}
const listed = async (label: string) =>
  (await parts.orders.list(await seeded.as(label), { limit: 50, state: 'engaged' })).items

/** Releases by the second person that policy asks for. */
const released = async (id: string): Promise<void> => {
  const answer = await parts.release.release(await seeded.as('operator'), id, { reason: 'it is over' })
  if (!(answer instanceof Held)) throw new Error('the release was not held')
  const approval = await parts.approvals.show(await seeded.as('reviewer'), answer.body.approval.id)
  const vote = { verdict: 'approve' as const, comment: '', subject_digest: approval.subject_digest }
  await parts.approvals.vote(await seeded.as('reviewer'), approval.id, vote)
  await parts.outbox.deliver()
}

describe('engaging', () => {
  it('stands at once on every node, by slug or id', async () => {
    const other = await otherNode('node-b')
    const acme = (await seeded.as('acme_admin')).tenantId!
    const { order, nodes } = await engage('acme_admin', 'tenant', 'acme')
    expect(order).toMatchObject({ scope: 'tenant', target: acme, tenant_id: acme, local: false, reason: 'a leak' })
    expect(nodes.not_reached).toEqual([])
    expect(nodes.acknowledged.toSorted()).toEqual(['node-b', 'test-node'])
    for (const state of [parts.state, other])
      expect(state.check({ tenantId: acme })).toMatchObject({ engaged: { id: order.id } })
    expect(other.check({ tenantId: (await seeded.as('globex_admin')).tenantId })).toBeNull()
    await released(order.id)
    expect(parts.state.check({ tenantId: acme })).toBeNull()
  })

  it('is refused beyond the own reach, and leaves nothing in force', async () => {
    expect(await refusal(engage('acme_admin', 'tenant', 'globex'))).toEqual(['request.invalid'])
    expect(await refusal(engage('acme_admin', 'global', '*'))).toEqual(['killswitch.not_platform'])
    expect(await refusal(engage('acme_member', 'tenant', 'acme'))).toEqual(['killswitch.scope_missing'])
    expect(parts.state.check({})).toBeNull()
  })

  it('works by the floor while policy is broken, and releasing does not', async () => {
    await seeded.shipped.breakPolicy(true)
    const { order } = await engage('operator', 'tenant', 'globex')
    const { rows } = await owner.query('SELECT decided_by, outcome FROM decision WHERE id = $1', [order.decision_id])
    expect(rows).toEqual([{ decided_by: 'floor', outcome: 'allow' }])
    const release = parts.release.release(await seeded.as('operator'), order.id, { reason: 'over' })
    expect(await refusal(release)).not.toContain('nothing was refused')
    expect(await refusal(engage('acme_member', 'tenant', 'acme'))).not.toContain('nothing was refused')
    await seeded.shipped.breakPolicy(false)
    await released(order.id)
  })
})

describe('releasing', () => {
  it('waits for a second person, who decides for what was shown', async () => {
    const { order } = await engage('acme_owner', 'tenant', 'acme')
    const acmeOwner = await seeded.as('acme_owner')
    const answer = await parts.release.release(acmeOwner, order.id, { reason: 'fixed' })
    expect(answer).toBeInstanceOf(Held)
    const { approval } = (answer as Held).body
    const { subject, subject_digest } = await parts.approvals.show(acmeOwner, approval.id)
    expect(subject).toMatchObject({ order_id: order.id, engaged_because: 'a leak', release_because: 'fixed' })
    const own = parts.approvals.vote(acmeOwner, approval.id, { verdict: 'approve', comment: '', subject_digest })
    expect(await refusal(own)).toEqual(['admin.self_vote'])
    expect(await listed('acme_owner')).toHaveLength(1)

    await parts.approvals.vote(await seeded.as('reviewer'), approval.id, {
      verdict: 'approve',
      comment: '',
      subject_digest,
    })
    const settled = parts.outbox.payloads('approval.settled')[0]
    await parts.outbox.deliver()
    expect(await listed('acme_owner')).toEqual([])
    await parts.release.onSettled(settled)
  })

  it('stays engaged where the second person denies', async () => {
    const { order } = await engage('acme_owner', 'tenant', 'acme')
    const answer = (await parts.release.release(await seeded.as('acme_owner'), order.id, { reason: 'fixed' })) as Held
    const reviewer = await seeded.as('reviewer')
    const { id, subject_digest } = await parts.approvals.show(reviewer, answer.body.approval.id)
    await parts.approvals.vote(reviewer, id, { verdict: 'deny', comment: 'not yet', subject_digest })
    await parts.outbox.deliver()
    expect(await listed('acme_owner')).toHaveLength(1)
    await released(order.id)
  })

  it('is hidden from other organisations', async () => {
    const { order } = await engage('operator', 'tenant', 'acme')
    const release = parts.release.release(await seeded.as('globex_owner'), order.id, { reason: 'mine' })
    expect(await refusal(release)).toEqual(['not_found'])
    expect(await listed('globex_admin')).toEqual([])
    await released(order.id)
  })
})

describe('a database that cannot be written', () => {
  it('keeps the order in the journal, says so, and enters it before the lease is renewed', async () => {
    const globex = (await seeded.as('globex_admin')).tenantId!
    await otherNode('node-c')
    await parts.renewal.refresh()
    await owner.query('ALTER TABLE decision RENAME TO decision_away')
    const { order, nodes } = await engage('operator', 'tenant', 'globex')
    expect(order).toMatchObject({ local: true, decision_id: null, target: globex })
    expect(nodes).toMatchObject({ acknowledged: ['test-node'], not_reached: expect.arrayContaining(['node-c']) })
    expect(parts.state.check({ tenantId: globex })).toMatchObject({ engaged: { id: order.id } })
    expect(await listed('operator')).toMatchObject([{ id: order.id, local: true }])

    expect(await refusal(engage('acme_member', 'tenant', 'acme'))).toEqual(['ledger.unavailable'])
    expect(await parts.journal.entries()).toHaveLength(1)

    // The node starts anew while the database is still as it was: the order stands, and the lease is not renewed.
    const again = wired()
    await again.journalEntry.onModuleInit()
    expect(again.state.check({ tenantId: globex })).toMatchObject({ engaged: { id: order.id } })
    expect(await again.renewal.refresh()).toBe(false)

    await owner.query('ALTER TABLE decision_away RENAME TO decision')
    expect(await again.renewal.refresh()).toBe(true)
    expect(await again.journal.entries()).toEqual([])
    expect(await listed('operator')).toMatchObject([{ id: order.id, local: false }])
    expect(again.state.check({ tenantId: globex })).toMatchObject({ engaged: { id: order.id } })
    parts = again
    await released(order.id)
    expect(again.state.check({ tenantId: globex })).toBeNull()
  })
})
