import { describe, expect, it } from '@jest/globals'
import { faultOf, retryAfterMs } from './delivery.rules.js'

describe('an event that failed', () => {
  it('waits twice as long after every attempt, and at most five minutes', () => {
    expect([1, 2, 3, 4].map(retryAfterMs)).toEqual([500, 1_000, 2_000, 4_000])
    expect(retryAfterMs(12)).toBe(300_000)
    expect(retryAfterMs(5_000)).toBe(300_000)
  })

  it('says why in words that PostgreSQL can keep', () => {
    expect(faultOf([new TypeError('a\0b\ud800'), 'plain'])).toBe('TypeError: ab\ufffd\nplain')
    expect(faultOf(['x'.repeat(5_000)])).toHaveLength(2_000)
  })
})
