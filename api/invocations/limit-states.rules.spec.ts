import { describe, expect, it } from '@jest/globals'
import { limitHeaders, limitStates, retryAfter, tightest } from './limit-states.rules.js'

const quota = { limit: 100, used: 40, resetsInS: 3_600 }
const minute = { per: 'install', limit: 10, used: 9, resetsInS: 7 } as const
const ofKey = { per: 'key', limit: 5, used: 5, resetsInS: 7 } as const

describe('limits of a call', () => {
  it('are told by RateLimit and RateLimit-Policy, and the tightest by the fields of before', () => {
    expect(limitHeaders(limitStates(quota, [minute]))).toEqual({
      'ratelimit-policy': '"day";q=100;w=86400, "minute";q=10;w=60',
      ratelimit: '"day";r=59;t=3600, "minute";r=0;t=7',
      'ratelimit-limit': '10',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '7',
    })
  })

  it('leave nothing where they are used up, and never less', () => {
    expect(limitHeaders(limitStates(null, [ofKey]))).toMatchObject({ ratelimit: '"minute-key";r=0;t=7' })
  })

  it('tell when to come again: once the last of those that are used up begins anew', () => {
    expect(retryAfter(limitStates({ ...quota, used: 100 }, [ofKey]))).toBe(3_600)
    expect(retryAfter(limitStates(quota, [ofKey]))).toBe(7)
  })

  it('are nothing where there is none', () => {
    expect([limitHeaders([]), tightest([])]).toEqual([{}, null])
  })
})
