import { describe, expect, it } from '@jest/globals'
import { mayRepeat, pollWait, retryAfterMs, waitBefore } from './retry.rules.js'

const patience = { retries: 2, maxWaitMs: 30_000, random: () => 1 }
const tried = { attempt: 0, status: 503, retryAfterMs: null }

describe('trying again', () => {
  it.each([
    ['7', 7000],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', null],
    [null, null],
  ])('reads Retry-After: %s', (header, wanted) => expect(retryAfterMs(header, 1000)).toBe(wanted))

  it('repeats what is idempotent by its method or by its key', () => {
    const keyed = new Headers({ 'Idempotency-Key': 'k' })
    expect(['GET', 'PUT', 'delete'].map((method) => mayRepeat(method, new Headers()))).toEqual([true, true, true])
    expect(['POST', 'PATCH'].map((method) => mayRepeat(method, new Headers()))).toEqual([false, false])
    expect(mayRepeat('POST', keyed)).toBe(true)
  })

  it('waits longer each time, and as long as it is told', () => {
    expect([0, 1, 2].map((attempt) => waitBefore({ ...tried, attempt }, patience))).toEqual([250, 500, null])
    expect(waitBefore({ ...tried, retryAfterMs: 4000 }, patience)).toBe(4000)
    expect(waitBefore({ ...tried, retryAfterMs: 31_000 }, patience)).toBeNull()
  })

  it.each([400, 403, 404, 409, 422, 500])('takes %i for an answer', (status) =>
    expect(waitBefore({ ...tried, status }, patience)).toBeNull(),
  )

  it('waits for the first call under a key, which runs on', () =>
    expect(waitBefore({ ...tried, status: 409, retryAfterMs: 1000 }, patience)).toBe(1000))

  it('asks more and more seldom for a call that runs on', () => {
    expect([0, 1, 2, 9].map((asked) => pollWait(asked, 1000))).toEqual([1000, 500, 1000, 5000])
    expect(pollWait(0, null)).toBe(250)
  })
})
