import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { fieldErrors, pointerOf } from './field-errors.js'

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
  it('calls what is missing required', () =>
    expect(fieldErrors(z.strictObject({ name: z.string() }).safeParse({}).error!)).toEqual([
      { pointer: '/name', detail: 'is required', remedy: 'Add it' },
    ]))
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
