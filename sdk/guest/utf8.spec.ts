import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeUtf8, encodeUtf8 } from './utf8.js'

describe('UTF-8', () => {
  it('encodes as the platform does, and decodes what it encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)])
        expect(decodeUtf8(encodeUtf8(text))).toBe(text.toWellFormed())
      }),
    )
  })

  it('refuses exactly what the platform refuses', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        let expected: string | null
        try {
          expected = strict.decode(bytes)
        } catch {
          expected = null
        }
        if (expected === null) expect(() => decodeUtf8(bytes)).toThrow(RangeError)
        else expect(decodeUtf8(bytes)).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })
})
