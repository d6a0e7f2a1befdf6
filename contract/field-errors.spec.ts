import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { fieldErrors, pointerOf } from './field-errors.js'
import { Email } from './primitives.js'

const pointers = (schema: z.ZodType, value: unknown, prefix = '') => {
  const parsed = schema.safeParse(value)
  return parsed.success ? [] : fieldErrors(parsed.error, prefix).map(({ pointer }) => pointer)
}

describe('pointerOf (RFC 6901)', () => {
  it('points at the whole document by the empty string', () => expect(pointerOf([])).toBe(''))
  it('escapes ~ before /', () => expect(pointerOf(['a/b', '~1', 0])).toBe('/a~1b/~01/0'))
})

describe('fieldErrors', () => {
  it('names the first hundred', () => {
    const unknown = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]))
    expect(fieldErrors(z.strictObject({}).safeParse(unknown).error!)).toHaveLength(100)
    const wrong = z.array(z.string()).safeParse(Array.from({ length: 1000 }, () => 1))
    expect(fieldErrors(wrong.error!)).toHaveLength(100)
  })

  const Pet = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cat'), lives: z.int() }),
    z.strictObject({ kind: z.literal('dog'), tricks: z.array(z.string()) }),
  ])

  it('points at each unknown field itself', () =>
    expect(pointers(z.strictObject({ a: z.strictObject({}) }), { a: { b: 1, 'c/d': 2 } })).toEqual(['/a/b', '/a/c~1d']))
  it('says of what is no address that, and nothing else', () => {
    const details = (value: string) => fieldErrors(Email.safeParse(value).error!).map(({ detail }) => detail)
    expect(details('not-mail')).toEqual(['must be an e-mail address such as ana@example.com'])
    expect(details(`${'a'.repeat(65)}@example.com`)).toEqual(['must have at most 64 characters before the @'])
  })
  it('calls what is missing required', () =>
    expect(fieldErrors(z.strictObject({ name: z.string() }).safeParse({}).error!)).toEqual([
      { pointer: '/name', detail: 'is required', remedy: 'Add it' },
    ]))
  it.each<[z.ZodType, unknown, string]>([
    [z.string().min(1), '', 'must have at least 1 character'],
    [z.string().max(2), 'abc', 'must have at most 2 characters'],
    [z.string(), 3, 'must be text, not a number'],
    [z.int(), 1.5, 'must be a whole number'],
    [z.int(), '1', 'must be a number, not text'],
    [z.int().min(3), 2, 'must be at least 3'],
    [z.number().lt(3), 3, 'must be below 3'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 item'],
    [z.record(z.string(), z.int()), [], 'must be an object, not a list'],
    [z.boolean(), null, 'must be true or false, not null'],
    [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    [z.literal('a'), 'b', 'must be a'],
    [z.union([z.string(), z.number()]), true, 'must be text, not true or false'],
    [z.discriminatedUnion('k', [z.object({ k: z.literal('a') })]), { k: 'b' }, 'must be a'],
    [z.iso.datetime(), 'x', 'must be a time in UTC such as 2026-01-31T09:30:00Z'],
    [z.url(), 'x', 'must be a URL such as https://example.com'],
    [z.number().multipleOf(5), 3, 'must be a multiple of 5'],
    [z.string({ error: 'must be a name' }), 3, 'must be a name'],
  ])('says plainly what a value must be: %#', (schema, value, detail) => {
    expect(fieldErrors(schema.safeParse(value).error!).map((error) => error.detail)).toEqual([detail])
  })
  it('follows the named branch of a union', () =>
    expect(pointers(Pet, { kind: 'dog', tricks: ['sit', 3] })).toEqual(['/tricks/1']))
  it('points at the discriminator that names no branch', () =>
    expect(pointers(Pet, { kind: 'cow' })).toEqual(['/kind']))
  it('reports the branch of a plain union that fitted best', () =>
    expect(
      pointers(z.union([z.string(), z.strictObject({ a: z.strictObject({ b: z.int() }) })]), { a: { b: 'x' } }),
    ).toEqual(['/a/b']))
  it('puts the prefix of the part before each pointer', () =>
    expect(pointers(z.strictObject({ limit: z.int() }), { limit: 'x', z: 1 }, '/query')).toEqual([
      '/query/limit',
      '/query/z',
    ]))
})
