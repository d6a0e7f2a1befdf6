import { describe, expect, it } from '@jest/globals'
import { bearerToken, hashKey, matchesHash, newApiKey, prefixOf } from './api-key.rules.js'

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

describe('bearerToken', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['Basic abc', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
  ])('of %j is %j', (header, token) => expect(bearerToken(header)).toBe(token))
})
