import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { inTransaction, type Transaction } from './transaction.js'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
}, 60_000)
afterAll(() => test.drop())

describe('transactions', () => {
  const emitted = (topic: string) => ({
    text: 'INSERT INTO outbox (id, tenant_id, topic, payload) VALUES ($1, $2, $3, $4)',
    values: [randomUUID(), randomUUID(), topic, {}],
  })
  const written = <T>(work: (tx: Transaction) => Promise<T>) =>
    inTransaction(test.database.records, { mode: 'READ WRITE', settings: [] }, work)
  const ofTopic = async (topic: string): Promise<number> =>
    test.database.inScope({ platform: true }, async (tx) => {
      const { rows } = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox WHERE topic = $1', [topic])
      return rows[0]!.n
    })
  const refused = { text: 'SELECT 1/0' }

  it('does with the commit what nobody waits for', async () => {
    const topic = randomUUID()
    await written((tx) => Promise.resolve(tx.lastly(emitted(topic))))
    expect(await ofTopic(topic)).toBe(1)
  })

  it('commits nothing where that fails, and raises its failure', async () => {
    const topic = randomUUID()
    const work = written(async (tx) => {
      await tx.query(emitted(topic))
      tx.lastly(refused)
    })
    await expect(work).rejects.toMatchObject({ code: '22012' })
    expect(await ofTopic(topic)).toBe(0)
  })

  it('commits nothing where that cannot even be sent', async () => {
    const topic = randomUUID()
    const endless: Record<string, unknown> = {}
    endless['self'] = endless
    const work = written(async (tx) => {
      await tx.query(emitted(topic))
      tx.lastly({ text: 'SELECT $1::jsonb', values: [endless] })
    })
    await expect(work).rejects.toThrow('circular')
    expect(await ofTopic(topic)).toBe(0)
  })

  it('takes nothing more once its work is over, whoever has the connection then', async () => {
    const topic = randomUUID()
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    let late: Promise<unknown> = Promise.resolve()
    const work = written((tx) => {
      late = over.then(() => tx.query(emitted(topic)))
      return Promise.reject(new Error('another part failed'))
    })
    await expect(work).rejects.toThrow('another part failed')
    end()
    await expect(late).rejects.toThrow('is over')
    expect(await ofTopic(topic)).toBe(0)
  })

  it('does not pass for committed where the work kept a failure to itself', async () => {
    const topic = randomUUID()
    const work = written(async (tx) => {
      await tx.query(emitted(topic))
      await tx.query(refused).catch(() => undefined)
    })
    await expect(work).rejects.toThrow('rolled back')
    expect(await ofTopic(topic)).toBe(0)
  })

  it('answers side by side what is asked side by side', async () => {
    const asked = [1, 2, 3].map((n) => ({ text: 'SELECT $1::int AS n', values: [n] }))
    const answers = await written((tx) => Promise.all(asked.map((statement) => tx.query<{ n: number }>(statement))))
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3])
  })

  it('raises what a work throws before it asks for anything', async () => {
    const work = written(() => {
      throw new Error('at once')
    })
    await expect(work).rejects.toThrow('at once')
  })
})
