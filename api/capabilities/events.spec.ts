import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { PublishedEvent } from '#contract/api/events.js'
import { eventCapabilities } from '#runtime/host-calls/events.capability.js'
import { actorOf } from '../gate/testing/test-gate.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { Invocation } from './invocation.js'
import { EventsRepository } from './events.repository.js'
import { PublishedEvents } from './published-events.service.js'
import { callTarget } from './testing/call-target.js'
import { invocationOf } from './testing/invocation.js'

const TYPE = 'com.example.probe.audited'

let database: TestDatabase
let owner: Client
let events: EventsRepository
let invocation: Invocation

beforeAll(async () => {
  database = await testDatabase()
  owner = await database.owner()
  events = new EventsRepository(database.database)
}, 60_000)
afterAll(() => database.drop())
beforeEach(async () => {
  invocation = await allowed()
})

/** A running invocation with the decision that allowed it. */
const allowed = async (decided: Partial<Record<'outcome' | 'action' | 'extension', string>> = {}) => {
  const running = invocationOf(callTarget())
  const { tenantId, installId, extension } = running.target
  const { outcome = 'allow', action = 'extension.invoke' } = decided
  await owner.query(
    `INSERT INTO decision (id, tenant_id, instance, gate, action, outcome, decided_by, actor, resource_kind, resource_id,
      install_id, extension, reasons, rules, engine, input, input_digest, correlation_id, at, expires_at)
     VALUES ($1, $2, 'test', 'call', $3, $4, 'policy', 'a', 'install', 'x', $5, $6, '{}', '{}', 'test', '', '', 'c', now(), now())`,
    [running.executionId, tenantId, action, outcome, installId, decided.extension ?? extension],
  )
  return running
}
const callerOf = (tenantId: string) => ({
  ...invocation.caller,
  tenantId,
  actor: actorOf(tenantId, { scopes: ['executions:read'] }),
})
const list = (query: object = {}, tenantId = invocation.target.tenantId) =>
  new PublishedEvents(database.database).list(callerOf(tenantId), { limit: 10, ...query })
const outbox = async (id: string) => (await owner.query('SELECT topic, payload FROM outbox WHERE id = $1', [id])).rows

describe('a published event', () => {
  it('is kept as CloudEvents has it, and lies in the outbox', async () => {
    const id = await events.publish(invocation, { type: TYPE, data: { files: 3 } })
    const { items } = await list()
    expect(items).toHaveLength(1)
    expect(PublishedEvent.parse(items[0])).toMatchObject({
      specversion: '1.0',
      id,
      source: `/v1/installs/${invocation.target.installId}`,
      type: TYPE,
      data: { files: 3 },
      extensionid: 'com.example.probe',
      executionid: invocation.executionId,
      hops: 1,
    })
    expect(await outbox(id)).toMatchObject([{ topic: 'extension.event', payload: { event_id: id, type: TYPE } }])
  })

  it('is seen by its own organisation alone, newest first and page by page', async () => {
    for (const files of [1, 2, 3]) await events.publish(invocation, { type: TYPE, data: { files } })
    const first = await list({ limit: 2 })
    expect(first.items.map(({ data }) => data['files'])).toEqual([3, 2])
    const rest = await list({ limit: 2, cursor: first.next_cursor! })
    expect([rest.items.map(({ data }) => data['files']), rest.next_cursor]).toEqual([[1], null])
    expect((await list({ type: 'com.example.probe.other' })).items).toEqual([])
    expect((await list({}, randomUUID())).items).toEqual([])
  })

  it.each([
    ['no decision', async () => ({ ...(await allowed()), executionId: randomUUID() })],
    ['a denial', () => allowed({ outcome: 'deny' })],
    ['another action', () => allowed({ action: 'install.create' })],
    ['the invocation of another extension', () => allowed({ extension: 'com.example.other' })],
  ])('is refused by PostgreSQL under %s, and nothing is sent', async (_what, of) => {
    const running = await of()
    await expect(events.publish(running, { type: TYPE, data: {} })).rejects.toMatchObject({ code: 'GH008' })
    const { rows } = await owner.query('SELECT FROM outbox WHERE tenant_id = $1', [running.target.tenantId])
    expect(rows).toHaveLength(0)
  })

  it('is changed by nobody', async () => {
    await events.publish(invocation, { type: TYPE, data: { files: 3 } })
    const { tenantId } = invocation.target
    const change = database.database.extensionData(tenantId, (tx) => tx.query(`UPDATE extension_event SET data = '{}'`))
    await expect(change).rejects.toMatchObject({ code: '42501' })
  })
})

describe('what policy is shown of an event', () => {
  const shown = async (type: string, data: string) => {
    const [publish] = eventCapabilities(events)
    return (await publish!.plan({ type, data }, invocation)).facts.event
  }

  it('is its type, its size and whether it fits, never its data', async () => {
    expect(await shown(TYPE, '{"files":3,"who":"Jane"}')).toEqual({
      type: TYPE,
      own: true,
      declared: true,
      misfit: null,
      size_bytes: 24,
      published: 0,
      hops: 1,
    })
    expect(await shown(TYPE, '{"files":"three"}')).toMatchObject({ declared: true, misfit: '/files' })
    expect(await shown('com.example.probe.other', '{}')).toMatchObject({ own: true, declared: false })
    expect(await shown('com.example.probed', '{}')).toMatchObject({ own: false, declared: false })
  })

  it.each(['', '[]', '7', '{', '{"a":"\\u0000"}', '{"\\ud800":1}'])('does not come as far with %s', async (data) => {
    await expect((async () => shown(TYPE, data))()).rejects.toMatchObject({ code: 'events.data_invalid' })
  })

  it('counts what was published before', async () => {
    const [publish] = eventCapabilities(events)
    const plan = await publish!.plan({ type: TYPE, data: '{"files":1}' }, invocation)
    await plan.run()
    expect(await shown(TYPE, '{"files":1}')).toMatchObject({ published: 1 })
  })
})
