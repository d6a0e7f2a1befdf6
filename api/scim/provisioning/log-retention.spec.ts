import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { LogRetention } from './log-retention.js'

Logger.overrideLogger(false)

let database: TestDatabase
let owner: Client

beforeAll(async () => {
  database = await testDatabase()
  owner = await database.owner()
}, 60_000)
afterAll(() => database.drop())

const layDown = (days: number, times = 1) =>
  owner.query(
    `INSERT INTO scim_log (id, tenant_id, connection_id, token_id, method, path, status, effects, effect_count, would, duration_ms, correlation_id, at)
     SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'POST', '/Users', 201, '[]', 0, false, 1, 'c',
       now() - make_interval(days => $1) FROM generate_series(1, $2)`,
    [days, times],
  )
const ages = async (): Promise<number[]> =>
  (
    await owner.query<{ age: number }>(`SELECT date_part('day', now() - at)::int AS age FROM scim_log ORDER BY at DESC`)
  ).rows.map(({ age }) => age)

describe('the provisioning log', () => {
  it('lets requests go when they are older than they are kept, more than a batch of them too, and none younger', async () => {
    for (const days of [0, 6, 8]) await layDown(days)
    await layDown(20, 2_500)
    await new LogRetention(database.database, 7).sweep()
    expect(await ages()).toEqual([0, 6])
  })

  it('never rejects: what could not be deleted stays for the next time', async () => {
    await layDown(9)
    const broken = { records: { query: () => Promise.reject(new Error('down')) } }
    await new LogRetention(broken as never, 7).sweep()
    expect(await ages()).toEqual([0, 6, 9])
  })
})
