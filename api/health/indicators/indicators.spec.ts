import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { KillState } from '../../killswitch/kill-state.service.js'
import { FakeClock } from '../../killswitch/testing/fake-clock.js'
import { ledgerKey } from '../../ledger/origin.js'
import { LedgerLog } from '../../ledger/log.service.js'
import { Ledger } from '../../ledger/ledger.service.js'
import { decisionAt } from '../../ledger/testing/decisions.js'
import { sequence } from '../../ledger/sequencer.js'
import { KeyFiles, ROTATING_KEYS, SECRET_KEYS, SIGNING_KEYS } from '../../platform/keys/key-files.js'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { breakersIndicator } from './breakers.indicator.js'
import { databaseIndicator } from './database.indicator.js'
import { diskIndicator } from './disk.indicator.js'
import { isolationIndicator } from './isolation.indicator.js'
import { killLeaseIndicator } from './kill-lease.indicator.js'
import { ledgerIndicator } from './ledger.indicator.js'
import { partitionsIndicator } from './partitions.indicator.js'
import { policyIndicator } from './policy.indicator.js'
import { signingKeyIndicator } from './signing-key.indicator.js'
import { slotsIndicator } from './slots.indicator.js'

let postgres: TestDatabase
let folder: string
let keys: KeyFiles

beforeAll(async () => {
  postgres = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-health-'))
  keys = await KeyFiles.open(folder)
  await Promise.all([
    ...SIGNING_KEYS.map((name) => keys.signing(name)),
    ...ROTATING_KEYS.map((name) => keys.rotating(name).signing()),
    ...SECRET_KEYS.map((name) => keys.secret(name)),
  ])
}, 60_000)

afterAll(async () => {
  await postgres.drop()
  await rm(folder, { recursive: true, force: true })
})

describe('database', () => {
  it('is up while it answers and takes writes', async () => {
    const { database } = postgres
    expect(await databaseIndicator(database).check()).toMatchObject({ status: 'up', read_only: false })
  })
})

describe('policy', () => {
  it('is down without one, and says why', () => {
    const usual = { breakGlassUntil: null }
    expect(policyIndicator({ revision: 'r1', fault: null }, usual).check()).toEqual({ status: 'up', revision: 'r1' })
    const fault = 'no key signed it'
    expect(policyIndicator({ revision: null, fault }, usual).check()).toEqual({ status: 'down', revision: null, fault })
  })

  it('degrades while one decides by break-glass', () => {
    const breakGlassUntil = '2026-11-26T09:30:00.000Z'
    expect(policyIndicator({ revision: 'r1', fault: null }, { breakGlassUntil }).check()).toEqual({
      status: 'degraded',
      revision: 'r1',
      break_glass_until: breakGlassUntil,
    })
  })
})

describe('kill_lease', () => {
  it('is down before the list was heard, and once the lease has lapsed', async () => {
    const clock = new FakeClock()
    const state = new KillState('node', clock)
    const indicator = killLeaseIndicator(state)
    expect(indicator.check()).toMatchObject({ status: 'down', node: 'node' })
    state.extend(clock.now())
    expect(indicator.check()).toMatchObject({ status: 'up', lease_ms: 2_000, engaged: 0 })
    await clock.advance(2_000)
    expect(indicator.check()).toMatchObject({ status: 'down', lease_ms: 0 })
  })
})

describe('ledger', () => {
  it('tells the head and what waits, and degrades where nobody sequences', async () => {
    const { database } = postgres
    const key = ledgerKey(await keys.signing('ledger'))
    const log = new LedgerLog(database, key)
    const indicator = (fault: string | null) => ledgerIndicator(log, { fault })
    await new Ledger(database.records).recordLeaf('test', crypto.randomUUID(), { n: 1 })
    expect(await indicator(null).check()).toMatchObject({ status: 'up', head: 0, unsequenced: 1 })
    await sequence({ ...key, records: database.records, now: () => Date.now() })
    expect(await indicator(null).check()).toEqual({ status: 'up', head: 1, unsequenced: 0, lag_ms: 0 })
    expect(await indicator('the log is corrupt').check()).toMatchObject({
      status: 'degraded',
      fault: 'the log is corrupt',
    })
    const late = ledgerIndicator(
      { progress: async () => ({ size: 1, unsequenced: 1, lagMs: 60_000 }) },
      { fault: null },
    )
    expect(await late.check()).toMatchObject({ status: 'degraded', lag_ms: 60_000 })
  })
})

describe('circuit_breakers', () => {
  it('tell how many are open, and take nothing from the service', () => {
    const counts = () => ({ open: 3, half_open: 1 })
    expect(breakersIndicator({ counts }).check()).toEqual({ status: 'up', open: 3, half_open: 1 })
  })
})

describe('partitions', () => {
  it('degrade while decisions lie in none of a month', async () => {
    const { database } = postgres
    expect(await partitionsIndicator(database).check()).toEqual({ status: 'up', strays: 0 })
    await new Ledger(database.records).record(decisionAt(Date.UTC(9_000, 0)))
    expect(await partitionsIndicator(database).check()).toMatchObject({
      status: 'degraded',
      strays: 1,
      remedy: expect.stringContaining('ledger'),
    })
  })
})

describe('signing_key', () => {
  it('is down where a key is missing or others can read it, and makes none', async () => {
    const indicator = signingKeyIndicator(keys, { keys: () => ({ keys: [] }) })
    expect(await indicator.check()).toMatchObject({ status: 'up', unsound: [] })
    await chmod(join(folder, 'keys', 'glue.pem'), 0o644)
    await rm(join(folder, 'keys', 'ledger.pem'))
    const found = await indicator.check()
    expect(found).toMatchObject({ status: 'down', unsound: ['ledger.pem', 'glue.pem'] })
    expect(await indicator.check()).toEqual(found)
  })
})

describe('isolation, slots and disk', () => {
  it('degrade without a wall of the operating system', () => {
    const wall = { name: 'bwrap+seccomp', strength: 'namespaces', leaks: [] } as const
    expect(isolationIndicator(wall).check()).toMatchObject({ status: 'up', wall: 'bwrap+seccomp' })
    const weak = { name: 'permission-only', strength: 'permission-only', leaks: ['network'] } as const
    expect(isolationIndicator(weak).check()).toMatchObject({ status: 'degraded', leaks: ['network'] })
  })

  it('degrade where every slot is busy and somebody waits', () => {
    const slots = { size: 2, members: 2, busy: 2, blank: 0, waiting: 0 }
    expect(slotsIndicator({ snapshot: () => slots }).check()).toEqual({ status: 'up', ...slots })
    expect(slotsIndicator({ snapshot: () => ({ ...slots, waiting: 1 }) }).check()).toMatchObject({ status: 'degraded' })
  })

  it('tell the room that is left', async () => {
    const found = await diskIndicator(folder).check()
    expect(found['free_bytes']).toBeGreaterThan(0)
    expect(found['total_bytes']).toBeGreaterThanOrEqual(found['free_bytes'] as number)
  })
})
