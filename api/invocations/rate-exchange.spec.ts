import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { monotonicClock, type Clock } from '../killswitch/clock.js'
import { FakeClock } from '../killswitch/testing/fake-clock.js'
import { Database } from '../platform/database/database.service.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { CallRate, type RatedCall } from './call-rate.js'
import { RateExchange } from './rate-exchange.service.js'
import { noticesOf, readNotice } from './rate-notice.rules.js'
import { RatesRepository } from './rates.repository.js'

const LIMIT = 20
const call: RatedCall = {
  target: { installId: 'i', tenantId: 't', rates: [{ per: 'organisation', limit: LIMIT, extensions: '*' }] },
  endpoint: { id: 'e' },
  caller: { keyId: 'k', actor: { id: 'p' } },
}
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
}, 60_000)
afterAll(() => database.drop())
const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** One of several instances on the same database, in a minute that lasts. */
const instance = async (clock: Clock = monotonicClock) => {
  const rate = new CallRate(() => 0)
  const { records } = new Database(database.url)
  const told: string[] = []
  const real = new RatesRepository(records)
  const notices = {
    listen: real.listen.bind(real),
    tell: (each: readonly string[]) => (told.push(...each), real.tell(each)),
  }
  const exchange = new RateExchange({ rate, notices, clock })
  await exchange.onApplicationBootstrap()
  running.push(async () => {
    await exchange.beforeApplicationShutdown()
    await records.end()
  })
  /** Calls before this one, as it is known here; it is not counted itself. */
  const used = (): number => {
    const counted = rate.count(call)
    counted.giveBack()
    return counted.states[0]!.used
  }
  /** A call, where there is room for it. */
  const admit = (): boolean => {
    const counted = rate.count(call)
    const fits = counted.states[0]!.used < LIMIT
    if (!fits) counted.giveBack()
    return fits
  }
  const knows = async (count: number): Promise<void> => {
    while (used() !== count) await new Promise(setImmediate)
  }
  return { admit, told, knows }
}

describe('several instances', () => {
  it('hold one limit together', async () => {
    const [one, other] = [await instance(), await instance()]
    let admitted = 0
    for (let round = 0; round < LIMIT; round++) {
      admitted += [one, other].filter(({ admit }) => admit()).length
      await Promise.all([one.knows(admitted), other.knows(admitted)])
    }
    expect(admitted).toBe(LIMIT)
    expect([one.admit(), other.admit()]).toEqual([false, false])
  }, 30_000)

  it('let through no more than each has room for until they have told each other, and nothing afterwards', async () => {
    const all = [await instance(), await instance(), await instance()]
    for (let each = 0; each < LIMIT; each++) all.forEach(({ admit }) => admit())
    await Promise.all(all.map(({ knows }) => knows(3 * LIMIT)))
    expect(all.map(({ admit }) => admit())).toEqual([false, false, false])
  }, 30_000)

  it('tell one that comes in the middle of a minute what they had told before', async () => {
    const [one, other] = [await instance(), await instance()]
    for (let each = 0; each < 5; each++) one.admit()
    await other.knows(5)
    await (await instance()).knows(5)
  }, 30_000)

  it('count on what one had told that is gone by now', async () => {
    const [one, other] = [await instance(), await instance()]
    one.admit()
    await other.knows(1)
    await running.shift()!()
    const again = await instance()
    again.admit()
    await other.knows(2)
  }, 30_000)

  it('tell nothing until another is there, and then what they have counted', async () => {
    const clock = new FakeClock()
    const first = await instance(clock)
    for (let each = 0; each < 3; each++) first.admit()
    await clock.advance(1_000)
    expect(first.told.map((text) => readNotice(text)?.counts)).toEqual([[]])
    const second = await instance()
    let isKnown = false
    void second.knows(3).then(() => (isKnown = true))
    while (!isKnown) await clock.advance(50)
  }, 30_000)
})

describe('notices', () => {
  it('hold all counts, and are never longer than PostgreSQL takes', () => {
    const counts = Array.from({ length: 400 }, (_, each): [string, number] => [
      `organisation ${'é'.repeat(90)}${each}`,
      each,
    ])
    const notices = noticesOf({ teller: 't', minute: 7, counts })
    expect(Math.max(...notices.map((text) => Buffer.byteLength(text)))).toBeLessThan(8_000)
    expect(notices.flatMap((text) => readNotice(text)!.counts)).toEqual(counts)
  })

  it.each(['', '{}', 'x', '{"teller":"t","minute":1,"counts":[["a",-1]]}'])(
    'that are none are not read: %j',
    (text) => {
      expect(readNotice(text)).toBeNull()
    },
  )
})
