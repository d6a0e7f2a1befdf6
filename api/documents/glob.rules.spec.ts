import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fits } from './glob.rules.js'

describe('a pattern', () => {
  it.each([
    ['com.example.*', 'com.example.one', true],
    ['com.example.*', 'com.example', false],
    ['*.example.*', 'com.example.one', true],
    ['http:*', 'http:fetch', true],
    ['*', '', true],
    ['com.example.one', 'com.example.one', true],
    ['com.example.one', 'com.example.ones', false],
    ['com.example.o.e', 'com.example.one', false],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['', 'a', false],
  ])('%s against %s: %s', (pattern, name, expected) => expect(fits(pattern, name)).toBe(expected))

  it('agrees with the regular expression that it stands for', () => {
    const word = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 })
    fc.assert(
      fc.property(word('ab*'), word('ab'), (pattern, name) => {
        expect(fits(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name))
      }),
    )
  })

  it('that would send a backtracking matcher round for ever comes to an end', () => {
    expect(fits('*a'.repeat(100), `${'a'.repeat(99)}b`)).toBe(false)
  })
})
