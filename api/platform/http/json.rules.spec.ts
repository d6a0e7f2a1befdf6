import { describe, expect, it } from '@jest/globals'
import { Problem } from '#contract/problems.js'
import { parseJson } from './json.rules.js'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const raised = (text: string | Uint8Array): Problem => {
  try {
    parseJson(typeof text === 'string' ? bytes(text) : text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was raised')
}

describe('parseJson', () => {
  it('reads JSON up to 32 levels, counting no bracket inside a string', () => {
    expect(parseJson(bytes('{"a":["]}{[\\"",1]}'))).toEqual({ a: [']}{["', 1] })
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(parseJson(bytes(deep(32)))).toBeDefined()
    expect(raised(deep(33)).code).toBe('request.malformed_json')
    expect(raised('['.repeat(1_000_000)).code).toBe('request.malformed_json')
  })

  it.each([['{'], [''], ['{"a":1}}'], ["{'a':1}"]])('refuses %j as malformed', (text) => {
    expect(raised(text).code).toBe('request.malformed_json')
  })

  it('refuses a name that stands twice in one object, however it is written', () => {
    for (const text of ['{"a":1,"a":2}', String.raw`[{"b":{"a":1,"\u0061" :2}}]`, '{"a":{"x":1},"b":"a","a":[]}'])
      expect(raised(text).code).toBe('request.malformed_json')
    expect(parseJson(bytes('{"a":{"a":"a"},"b":["a","a",{"a":1},{"a":2}]}'))).toBeDefined()
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(raised(Buffer.from([0x22, 0xff, 0x22])).code).toBe('request.malformed_json')
  })

  it.each([
    [String.raw`{"a":{"b~/c":"x\u0000"}}`, '/a/b~0~1c'],
    [String.raw`[1,"\ud800"]`, '/1'],
    [String.raw`{"__proto__":{"admin":true}}`, '/__proto__'],
  ])('points at the text in %j that cannot be kept', (text, pointer) => {
    expect(raised(text).details.errors?.map((error) => error.pointer)).toEqual([pointer])
  })
})
