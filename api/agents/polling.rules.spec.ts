import { describe, expect, it } from '@jest/globals'
import { hasAlready, MAX_WAIT_S, waitOf } from './polling.rules.js'

describe('what an agent asks for', () => {
  it.each([
    [undefined, 0],
    ['modes=snapshot,delta', 0],
    ['modes=snapshot,delta;wait=30', 30_000],
    ['modes=snapshot; wait = 7', 7_000],
    ['wait=100000', MAX_WAIT_S * 1000],
  ])('Prefer %s waits %i ms', (prefer, ms) => expect(waitOf(prefer)).toBe(ms))

  it.each(['wait=', 'wait=-1', 'wait=1e3', 'wait=9999999'])('%s is no wait', (prefer) =>
    expect(() => waitOf(prefer)).toThrow(),
  )

  it.each([
    ['"a"', true],
    ['"b", "a"', true],
    ['W/"a"', true],
    ['a', false],
    ['"ab"', false],
    ['', false],
    [undefined, false],
  ])('If-None-Match %s of the bundle a: %s', (header, known) => expect(hasAlready(header, 'a')).toBe(known))
})
