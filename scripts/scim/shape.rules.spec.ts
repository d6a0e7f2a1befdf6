import { describe, expect, it } from '@jest/globals'
import { ABSENT, differences } from './shape.rules.js'

describe('an answer', () => {
  it.each<[unknown, unknown]>([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: ABSENT }, {}],
    [{ a: [{ b: /^x/ }] }, { a: [{ b: 'xy', c: 1 }] }],
    [ABSENT, undefined],
    [{}, {}],
    [[], []],
  ])('fits: %j', (expected, seen) => expect(differences(expected, seen)).toEqual([]))

  it.each<[unknown, unknown, string]>([
    [{ a: 1 }, { a: '1' }, 'body.a'],
    [{ a: ABSENT }, { a: null }, 'body.a'],
    [{ a: 1 }, undefined, 'body'],
    [{}, [], 'body'],
    [[], [1], 'body'],
    [[1, 2], [2, 1], 'body[0]'],
    [/x/, 4, 'body'],
    [{ a: null }, {}, 'body.a'],
    [ABSENT, {}, 'body'],
  ])('does not fit: %j, %j', (expected, seen, at) => expect(differences(expected, seen)[0]?.split(' ')[0]).toBe(at))
})
