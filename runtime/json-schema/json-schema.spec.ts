import { describe, expect, it } from '@jest/globals'
import { schemaCheck } from './json-schema.js'
import { costOf } from './schema-cost.rules.js'

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })
const details = (schema: object, value: unknown) => schemaCheck(schema)(value).map(({ detail }) => detail)

describe('schemaCheck', () => {
  it('names what does not fit, and where', () => {
    const check = schemaCheck(object({ limit: { type: 'integer' } }, { required: ['limit'] }))
    expect(check({ limit: 1 })).toEqual([])
    expect(check({ limit: 'x' })).toEqual([{ pointer: '/limit', detail: 'must be integer' }])
    expect(check({})).toEqual([{ pointer: '', detail: "must have required property 'limit'" }])
  })

  it('matches patterns in linear time', () => {
    const evil = object({ a: { type: 'string', pattern: '^(a+)+$' } })
    expect(details(evil, { a: `${'a'.repeat(5_000)}!` })).toEqual(['must match pattern "^(a+)+$"'])
  })

  it('tells patterns apart', () => {
    const schema = object({ a: { type: 'string', pattern: '^a' }, b: { type: 'string', pattern: '^b' } })
    expect(schemaCheck(schema)({ a: 'a', b: 'a' })).toEqual([{ pointer: '/b', detail: 'must match pattern "^b"' }])
  })

  it.each([
    ['refers to itself', { $ref: '#' }],
    ['refers to itself by a detour', { $defs: { a: { items: { $ref: '#/$defs/a' } } }, $ref: '#/$defs/a' }],
    ['refers to a name', { $defs: { a: { $anchor: 'here' } }, $ref: '#here' }],
    ['looks ahead', { type: 'string', pattern: '(?=a)' }],
    ['doubles itself over and over', doubling(40)],
  ])('tries no schema that %s', (_what, schema) => {
    expect(details(schema, 'a')).toEqual(['has a schema that this platform cannot check against'])
  })

  it('tries no value that would take too long', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ index }))
    expect(details({ type: 'array', uniqueItems: true }, many)).toEqual([
      'is too much to be checked against its schema',
    ])
  })

  it('counts what is referred to as often as it is', () => {
    expect(costOf(doubling(3)).nodes).toBeGreaterThan(2 ** 3)
    expect(costOf(doubling(3)).nodes).toBeLessThan(2 ** 6)
  })
})

/** Each definition refers twice to the next. */
function doubling(depth: number) {
  const twice = (name: number) => ({ allOf: [{ $ref: `#/$defs/d${name}` }, { $ref: `#/$defs/d${name}` }] })
  const names = Array.from({ length: depth }, (_, index) => index)
  const $defs = Object.fromEntries(names.map((name) => [`d${name}`, name + 1 < depth ? twice(name + 1) : {}]))
  return { $defs, ...twice(0) }
}
