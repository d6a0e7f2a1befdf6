import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { anonymousCaller } from './http/caller.js'
import { rehearsal, rehearse } from './rehearsal.js'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
}, 60_000)
afterAll(() => test.drop())

const READ_ONLY = '25006'
const asked = { caller: anonymousCaller('c') }
const add = () =>
  test.database.records.query(
    "INSERT INTO outbox (id, tenant_id, topic, payload) VALUES (gen_random_uuid(), gen_random_uuid(), 'none', '{}')",
  )

describe('a rehearsal', () => {
  it('has every statement refused that would write, in a transaction or by itself', async () => {
    await rehearse(asked, async () => {
      await expect(add()).rejects.toMatchObject({ code: READ_ONLY })
      const governed = test.database.governedTransaction(
        { decisionId: '0198c0de-0000-7000-8000-000000000001', scope: { platform: true } },
        (tx) => tx.query('DELETE FROM tenant'),
      )
      await expect(governed).rejects.toMatchObject({ code: READ_ONLY })
      expect((await test.database.records.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    })
  })

  it('binds nothing beside it, nor what outlives it', async () => {
    let later: (() => void) | undefined
    const started = new Promise<void>((resolve) => (later = resolve))
    let outlives: Promise<unknown> | undefined
    await rehearse(asked, async () => {
      expect(rehearsal()).toBe(asked)
      outlives = started.then(() => rehearsal())
    })
    expect(rehearsal()).toBeUndefined()
    later!()
    expect(await outlives).toBeUndefined()
  })
})
