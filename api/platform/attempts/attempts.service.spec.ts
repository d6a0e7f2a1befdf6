import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Database } from '../database/database.service.js'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { LIMITS, type Whose } from './attempts.rules.js'
import { Attempts } from './attempts.service.js'

let test: TestDatabase
let attempts: Attempts
beforeAll(async () => {
  test = await testDatabase()
  attempts = new Attempts(test.database)
}, 60_000)
afterAll(() => test.drop())

const someone = (kind: Whose['kind'] = 'account'): Whose => ({ kind, of: randomUUID() })
/** The seconds to wait, or null where an attempt was let through. */
const tries = (whose: readonly Whose[], by = attempts) =>
  by.begin(whose).then(
    () => null,
    (error: { code: string; details: { retryAfter: number } }) => {
      expect(error.code).toBe('sign_in.too_many')
      return error.details.retryAfter
    },
  )
/** As if so many seconds had gone by. */
const pass = async (seconds: number) => {
  const owner = await test.owner()
  await owner.query(
    `UPDATE failed_attempt SET last_at = last_at - make_interval(secs => $1), wait_until = wait_until - make_interval(secs => $1),
       expires_at = expires_at - make_interval(secs => $1)`,
    [seconds],
  )
}
const { free, most, forgets } = LIMITS.account

describe('attempts that fail', () => {
  it('are free at first; then each waits twice as long, up to a most', async () => {
    const who = [someone()]
    const waits: number[] = []
    for (let count = 0; count <= free; count++) expect(await tries(who)).toBe(null)
    while (waits.length < 13) {
      const wait = await tries(who)
      if (wait === null) continue
      waits.push(wait)
      await pass(wait)
    }
    expect(waits.slice(0, 5)).toEqual([1, 2, 4, 8, 16])
    expect(Math.max(...waits)).toBe(most)
  })

  it('are as many where many come at once, also by another instance', async () => {
    const other = new Database(test.database.url)
    try {
      const who = [someone()]
      const sides = [attempts, new Attempts(other)]
      const came = await Promise.all(Array.from({ length: 40 }, (_, index) => tries(who, sides[index % 2])))
      expect(came.filter((wait) => wait === null)).toHaveLength(free + 1)
    } finally {
      await other.close()
    }
  })

  it('are forgotten one by one, so that nobody is locked out for good', async () => {
    const who = [someone()]
    while ((await tries(who)) === null);
    await pass(forgets * (free + 2))
    for (let count = 0; count < free; count++) expect(await tries(who)).toBe(null)
  })

  it('are taken back by a success, and those before them only where all was proven', async () => {
    const who = [someone()]
    for (let count = 0; count < free; count++) await attempts.begin(who)
    for (let count = 0; count < 10; count++) await (await attempts.begin(who)).succeeded()
    await attempts.begin(who)
    expect(await tries(who)).not.toBe(null)
    await pass(60)
    await (await attempts.begin(who)).succeeded({ forget: true })
    for (let count = 0; count < free; count++) expect(await tries(who)).toBe(null)
  })

  it('wait for nothing where the clock is set back', async () => {
    const who = [someone()]
    await attempts.begin(who)
    await pass(-5)
    await (await attempts.begin(who)).succeeded()
    await pass(-5)
    expect(await tries(who)).toBe(null)
  })

  it('of an address are not cleared by a success from there', async () => {
    const address = someone('address')
    for (let count = 0; count <= LIMITS.address.free; count++) {
      expect(await tries([address])).toBe(null)
      if (count === 50) await (await attempts.begin([address, someone()])).succeeded({ forget: true })
    }
    expect(await tries([address])).not.toBe(null)
  })

  it('do not count for one where another has to wait', async () => {
    const [open, waiting] = [someone(), someone()]
    while ((await tries([waiting])) === null);
    for (let count = 0; count < 3 * free; count++) expect(await tries([open, waiting])).not.toBe(null)
    for (let count = 0; count < free; count++) expect(await tries([open])).toBe(null)
  })

  it('say nothing of whose they are', async () => {
    await attempts.begin([{ kind: 'account', of: 'ana@acme.example' }])
    const { rows } = await (await test.owner()).query('SELECT one::text FROM failed_attempt one')
    expect(JSON.stringify(rows)).not.toContain('ana')
  })
})
