import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeValue, encodeValue, WireError, type WireValue } from './wire-value.js'

const { value } = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.string(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
}))

describe('wire values', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(value, (sent) => expect(encodeValue(decodeValue(encodeValue(sent)))).toEqual(encodeValue(sent))),
    )
    expect(decodeValue(encodeValue({ a: [1, -2.5, 'ü', null, true], b: undefined }))).toMatchObject({
      a: [1, -2.5, 'ü', null, true],
    })
  })

  it('are refused when they are anything else, with one kind of error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeValue(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
    )
    const claimsMuch = Buffer.from([7, 0xff, 0xff, 0xff, 0xff])
    const deep = Buffer.concat([...Array.from({ length: 100 }, () => Buffer.from([7, 0, 0, 0, 1])), Buffer.from([0])])
    const many = Buffer.concat([Buffer.from([7, 0, 0, 0x50, 0]), Buffer.alloc(0x5000)])
    for (const hostile of [claimsMuch, deep, many, Buffer.alloc(0), Buffer.from([0, 0])])
      expect(() => decodeValue(hostile)).toThrow(WireError)
  })

  it('keep a key called __proto__ a key', () => {
    const decoded = decodeValue(encodeValue(JSON.parse('{"__proto__": {"polluted": true}}') as WireValue))
    expect(Object.keys(decoded as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})
