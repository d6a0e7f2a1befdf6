import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { OutboxDispatcher } from './dispatcher.service.js'
import type { EventHandler } from './outbox.port.js'
import { OutboxRepository } from './outbox.repository.js'
import { PostgresOutbox } from './outbox.service.js'

Logger.overrideLogger(false)

const tenantId = randomUUID()
const outbox = new PostgresOutbox()
let postgres: TestDatabase
let running: OutboxDispatcher[]

interface Row {
  topic: string
  attempts: number
  delivered: boolean
  last_error: string | null
  waits_s: number
}

const rows = async () =>
  (
    await (
      await postgres.owner()
    ).query<Row>(
      `SELECT topic, attempts, delivered_at IS NOT NULL AS delivered, last_error,
         extract(epoch FROM available_at - clock_timestamp())::float8 AS waits_s FROM outbox ORDER BY id`,
    )
  ).rows

const emit = (payload: object, availableAt?: Date) =>
  outbox.emit(postgres.database.records, { topic: 'told', tenantId, payload, ...(availableAt && { availableAt }) })

/** One instance of the service, as far as events go. */
const instance = async (handlers: EventHandler[], retryAfterMs?: () => number, topic = 'told') => {
  const own = new PostgresOutbox()
  for (const handler of handlers) own.subscribe(topic, handler)
  const repository = new OutboxRepository(postgres.database.records)
  const dispatcher = new OutboxDispatcher({ outbox: own, rows: repository, ...(retryAfterMs && { retryAfterMs }) })
  running.push(dispatcher)
  await dispatcher.onApplicationBootstrap()
  return dispatcher
}

/** A handler that keeps what it is told, and a promise of the nth time. */
const listener = (times: number, act: EventHandler = async () => {}) => {
  const told: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const handler: EventHandler = async (payload) => {
    told.push(payload)
    if (told.length === times) resolve()
    await act(payload)
  }
  return { told, handler, heard: promise }
}

/** Stopping waits for what is under way, so that its outcome can be looked at. */
const stopAll = async () => {
  for (const dispatcher of running.splice(0)) await dispatcher.beforeApplicationShutdown()
}

beforeEach(async () => {
  postgres = await testDatabase()
  running = []
})

afterEach(async () => {
  await stopAll()
  await postgres.drop()
})

describe('delivery', () => {
  it('tells every handler of a topic, once the transaction has committed', async () => {
    const [first, second] = [listener(1), listener(1)]
    await instance([first.handler, second.handler])
    const client = await postgres.database.records.connect()
    await client.query('BEGIN')
    await outbox.emit(client, { topic: 'told', tenantId, payload: { kept: false } })
    await client.query('ROLLBACK; BEGIN')
    await outbox.emit(client, { topic: 'told', tenantId, payload: { kept: true } })
    expect(first.told).toEqual([])
    await client.query('COMMIT')
    client.release()
    await Promise.all([first.heard, second.heard])
    await stopAll()
    expect([first.told, second.told]).toEqual([[{ kept: true }], [{ kept: true }]])
    expect(await rows()).toMatchObject([{ delivered: true, attempts: 1, last_error: null }])
  })

  it('takes events from governed transactions', async () => {
    const { told, handler, heard } = listener(1)
    await instance([handler])
    const settings = { decisionId: randomUUID(), scope: { tenant: tenantId } }
    const event = { topic: 'told', tenantId, payload: { governed: true } }
    await postgres.database.governedTransaction(settings, (tx) => outbox.emit(tx, event))
    await heard
    expect(told).toEqual([{ governed: true }])
  })

  it('delivers again what a handler failed at, keeps why, and spares no other handler', async () => {
    const failsOnce = listener(2, async () => {
      if (failsOnce.told.length === 1) throw new TypeError('not today')
    })
    const other = listener(2)
    await instance([failsOnce.handler, other.handler], () => 0)
    await emit({ n: 1 })
    await Promise.all([failsOnce.heard, other.heard])
    await stopAll()
    expect(await rows()).toMatchObject([{ delivered: true, attempts: 2, last_error: 'TypeError: not today' }])
  })

  it('waits longer after a failure, and delivers nothing early', async () => {
    const { handler, heard } = listener(1, () => Promise.reject(new Error('still down')))
    await instance([handler], () => 60_000)
    await emit({ late: true }, new Date(Date.now() + 3_600_000))
    await emit({ due: true })
    await heard
    await stopAll()
    const [late, due] = await rows()
    expect(late).toMatchObject({ delivered: false, attempts: 0 })
    expect(due).toMatchObject({ delivered: false, attempts: 1, last_error: 'Error: still down' })
    expect(due?.waits_s).toBeGreaterThan(15)
  })

  it('leaves topics alone that it does not know', async () => {
    const { handler, heard, told } = listener(1)
    await instance([handler], undefined, 'known')
    await emit({ n: 1 })
    await outbox.emit(postgres.database.records, { topic: 'known', tenantId, payload: {} })
    await heard
    await stopAll()
    expect(told).toHaveLength(1)
    expect(await rows()).toMatchObject([
      { topic: 'told', attempts: 0 },
      { topic: 'known', attempts: 1 },
    ])
  })
})

describe('several instances', () => {
  it('share the work: each event goes to one of them', async () => {
    const events = Array.from({ length: 60 }, (_, n) => ({ n }))
    const all = listener(events.length)
    await Promise.all([instance([all.handler]), instance([all.handler]), instance([all.handler])])
    await Promise.all(events.map((event) => emit(event)))
    await all.heard
    await stopAll()
    expect(all.told).toHaveLength(events.length)
    expect(new Set(all.told.map((payload) => (payload as { n: number }).n)).size).toBe(events.length)
    expect((await rows()).every(({ delivered, attempts }) => delivered && attempts === 1)).toBe(true)
  })

  it('take over what an instance that died had claimed, and not before its claim lapses', async () => {
    await emit({ orphan: true })
    const repository = new OutboxRepository(postgres.database.records)
    const wanted = { topics: ['told'], limit: 1 }
    expect(await repository.claim({ ...wanted, leaseMs: 60_000 })).toHaveLength(1)
    expect(await repository.claim({ ...wanted, leaseMs: 60_000 })).toEqual([])
    await postgres.database.records.query('UPDATE outbox SET available_at = clock_timestamp()')
    const { handler, heard } = listener(1)
    await instance([handler])
    await heard
    await stopAll()
    expect(await rows()).toMatchObject([{ delivered: true, attempts: 2 }])
  })

  it('do not let one that lost its claim undo what another settled', async () => {
    await emit({ n: 1 })
    const repository = new OutboxRepository(postgres.database.records)
    const [slow] = await repository.claim({ topics: ['told'], limit: 1, leaseMs: 0 })
    const [quick] = await repository.claim({ topics: ['told'], limit: 1, leaseMs: 60_000 })
    await repository.failed(slow!, 'too late', 0)
    await repository.extend(slow!, 0)
    expect((await rows())[0]).toMatchObject({ last_error: null })
    expect((await rows())[0]?.waits_s).toBeGreaterThan(15)
    await repository.delivered(quick!)
    await repository.failed(quick!, 'too late', 0)
    expect(await rows()).toMatchObject([{ delivered: true, last_error: null }])
  })
})

describe('stopping', () => {
  it('waits for the handler under way and takes nothing more', async () => {
    const { promise: finish, resolve: letFinish } = Promise.withResolvers<void>()
    const slow = listener(1, () => finish)
    const dispatcher = await instance([slow.handler])
    await emit({ n: 1 })
    await slow.heard
    const stopped = dispatcher.beforeApplicationShutdown()
    await emit({ n: 2 })
    letFinish()
    await stopped
    expect(slow.told).toEqual([{ n: 1 }])
    expect((await rows()).map(({ delivered }) => delivered)).toEqual([true, false])
  })
})
