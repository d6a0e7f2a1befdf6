import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hex, hmacSha256, sha256, uuidFrom } from './digest.js'

describe('digests of guests', () => {
  it('are what Node makes of the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 200 }), (key, bytes) => {
        expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(hex(hmacSha256(key, bytes))).toBe(createHmac('sha256', key).update(bytes).digest('hex'))
      }),
    )
  })

  it('make UUIDs of random bytes alone', () => {
    expect(uuidFrom(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    expect(uuidFrom(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000')
    expect(() => uuidFrom(new Uint8Array(15))).toThrow(RangeError)
  })
})
