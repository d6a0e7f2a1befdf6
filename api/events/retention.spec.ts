import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { ExtensionRetention } from './retention.js'
import { RetentionRecords } from './retention.repository.js'

let database: TestDatabase
let owner: Client

beforeAll(async () => {
  database = await testDatabase()
  owner = await database.owner()
  // Nobody invoked anything here: events of any age are laid down as they would lie there.
  await owner.query('ALTER TABLE extension_event DISABLE TRIGGER USER')
}, 60_000)
afterAll(() => database.drop())

const layDown = async (days: number): Promise<void> => {
  const [event, install] = [randomUUID(), randomUUID()]
  await owner.query(
    `INSERT INTO extension_event (id, tenant_id, workspace_id, publisher_id, install_id, extension, semver, type, data, execution_id, at)
     VALUES ($1, $2, $2, $2, $2, 'com.example.old', '1.0.0', 'com.example.old.x', '{}', $2, now() - make_interval(days => $3))`,
    [event, install, days],
  )
  await owner.query(
    `INSERT INTO extension_event_delivery (id, event_id, tenant_id, install_id, extension, type, created_at)
     VALUES ($1, $1, $2, $2, 'com.example.old', 'com.example.old.x', now() - make_interval(days => $3))`,
    [event, install, days],
  )
  await owner.query(
    `INSERT INTO extension_metric (tenant_id, workspace_id, install_id, publisher_id, extension, period, kind, name, labels, count, sum, min, max, last)
     VALUES ($1, $1, $1, $1, 'com.example.old', to_char(now() AT TIME ZONE 'UTC' - make_interval(days => $2), 'YYYY-MM-DD'), 'counter', 'n', '{}', 1, 1, 1, 1, 1)`,
    [install, days],
  )
}
const left = async () => {
  const counts = ['extension_event', 'extension_event_delivery', 'extension_metric'].map(
    (table) => `(SELECT count(*)::int FROM ${table})`,
  )
  const { rows } = await owner.query<{ left: number[] }>(`SELECT ARRAY[${counts.join(', ')}] AS left`)
  return rows[0]!.left
}

describe('what extensions left', () => {
  it('goes when it is older than it is kept, more than a batch of it too, and nothing younger', async () => {
    for (const days of [0, 6, 8, 9, 20]) await layDown(days)
    await owner.query(
      `INSERT INTO extension_event SELECT gen_random_uuid(), tenant_id, workspace_id, publisher_id, install_id, extension, semver, type, data,
         execution_id, at FROM extension_event, generate_series(1, 1500) WHERE at < now() - interval '19 days'`,
    )
    const retention = new ExtensionRetention(new RetentionRecords(database.database.records), {
      ...{ events: 7, deliveries: 7, metrics: 10 },
    })
    await retention.sweep()
    expect(await left()).toEqual([2, 2, 4])
  })
})
