import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { monotonicClock } from '../killswitch/clock.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { ModulePointer } from './tenant-modules.js'
import { TenantPoliciesRepository } from './tenant-policies.repository.js'
import { TenantPolicyFollower } from './tenant-policy-follower.service.js'

Logger.overrideLogger(false)

const [ACME, GLOBEX] = [randomUUID(), randomUUID()]
const MODULE = `sha256:${'a'.repeat(64)}`
let postgres: TestDatabase
let owner: Client
let pointers: TenantPoliciesRepository

beforeAll(async () => {
  postgres = await testDatabase()
  owner = await postgres.owner()
  pointers = new TenantPoliciesRepository(postgres.database.records, { read: () => Promise.reject(new Error('none')) })
})
afterAll(() => postgres.drop())
beforeEach(() => owner.query('TRUNCATE tenant_policy_activation'))

/** A change as it would stand there so many minutes after it was made. */
const change = async (tenant: string, minutesAgo: number): Promise<void> => {
  await owner.query('ALTER TABLE tenant_policy_activation DISABLE TRIGGER USER')
  await owner.query(
    `INSERT INTO tenant_policy_activation (id, tenant_id, seq, module, kind, reason, by, decision_id, created_at)
     VALUES ($1, $2, 1, $3, 'activate', 'a test', 'u', $1, now() - make_interval(mins => $4))`,
    [randomUUID(), tenant, MODULE, minutesAgo],
  )
}

const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
const changedSince = async (since: string | null): Promise<string[]> =>
  (await pointers.pointers(since)).pointers.map(({ tenant }) => tenant)

it('finds what has changed since a look, however long ago that was', async () => {
  await change(ACME, 90)
  await change(GLOBEX, 25)
  expect((await changedSince(null)).toSorted()).toEqual([ACME, GLOBEX].toSorted())
  expect(await changedSince(minutesFromNow(-30))).toEqual([GLOBEX])
  expect(await changedSince((await pointers.pointers(null)).at)).toEqual([])
})

it('finds all where the look was made by a clock that is ahead', async () => {
  await change(ACME, 90)
  expect(await changedSince(minutesFromNow(20))).toEqual([ACME])
})

it('misses nothing on an instance that stood still between two looks, and begins anew after one that failed', async () => {
  const [looks, told]: [(string | null)[], ModulePointer[][]] = [[], []]
  let broken = false
  const halted = minutesFromNow(-30)
  const follower = new TenantPolicyFollower({
    modules: { follow: async (found) => void told.push([...found]) },
    pointers: {
      pointers: async (since) => {
        looks.push(since)
        if (broken) throw new Error('the database is away')
        return { ...(await pointers.pointers(since)), at: halted }
      },
      listen: () => Promise.reject(new Error('nobody tells')),
    },
    clock: monotonicClock,
  })
  await follower.follow()
  await change(ACME, 25)
  await follower.follow()
  expect(told).toEqual([[], [{ tenant: ACME, module: MODULE }]])
  broken = true
  await follower.follow()
  broken = false
  await follower.follow()
  expect(looks).toEqual([null, halted, halted, null])
})
