import { describe, expect, it } from '@jest/globals'
import { hashKey, matchesHash, newApiKey, prefixOf, presentedSecret } from './api-key.rules.js'

describe('API keys', () => {
  it('have the documented form, and their prefix is found again', () => {
    for (let round = 0; round < 200; round++) {
      const key = newApiKey()
      expect(key.secret).toMatch(/^ghk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/)
      expect(prefixOf(key.secret)).toBe(key.prefix)
    }
  })

  it('match only their own hash', () => {
    const [one, other] = [newApiKey(), newApiKey()]
    expect(matchesHash(hashKey(one.secret), one.hash)).toBe(true)
    expect(matchesHash(hashKey(other.secret), one.hash)).toBe(false)
    expect(matchesHash(hashKey(one.secret), one.hash.subarray(1))).toBe(false)
  })

  it.each([
    '',
    'ghk_',
    'ghk_ABCDEFGH_' + 'a'.repeat(43),
    'ghk_abcdefgh_' + 'a'.repeat(42),
    'xyz_abcdefgh_' + 'a'.repeat(43),
  ])('%j is no key', (text) => expect(prefixOf(text)).toBeUndefined())
})

describe('presentedSecret', () => {
  it.each([
    ['Bearer abc', { secret: 'abc', proven: false }],
    ['bearer abc', { secret: 'abc', proven: false }],
    ['DPoP abc', { secret: 'abc', proven: true }],
    ['Basic abc', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
  ])('of %j is %j', (header, token) => expect(presentedSecret(header)).toEqual(token))
})
