import { describe, expect, it } from '@jest/globals'
import { ListDocument } from '#contract/api/documents.js'
import { changesOf, withAuthors } from './documents.rules.js'

const MANY = 400
let reads = 0

/** A list of entries that differ in their reason at most, and count how often they are looked at. */
const counted = (why: (index: number) => string): ListDocument => {
  const entries = Array.from({ length: MANY }, (_, index) => ({
    effect: 'deny',
    extension: 'com.a.b',
    why: why(index),
  }))
  const document = ListDocument.parse({ title: 'Ours', entries })
  for (const entry of document.entries) {
    const { why: said } = entry
    Object.defineProperty(entry, 'why', { enumerable: true, get: () => ((reads += 1), said) })
    Object.defineProperty(entry, 'effect', { enumerable: true, get: () => ((reads += 1), 'deny') })
  }
  return document
}
const readsOf = (work: () => unknown): number => {
  reads = 0
  work()
  return reads
}

describe('a long list', () => {
  it('takes work in proportion to its length, whatever its entries are', () => {
    const [before, after] = [counted((index) => `was ${index}`), counted((index) => `is ${index}`)]
    expect(readsOf(() => withAuthors(after, before, 'u_me'))).toBeLessThan(20 * MANY)
    expect(readsOf(() => changesOf(before, after))).toBeLessThan(20 * MANY)
  })

  it('names entries about the same apart, and keeps the first author of two that say the same', () => {
    const twice = ListDocument.parse({
      title: 'Ours',
      entries: ['u_first', 'u_second'].map((by) => ({ effect: 'deny', extension: 'com.a.b', why: 'x', by })),
    })
    expect(changesOf(undefined, twice).map(({ id }) => id)).toContain('deny extension com.a.b (2)')
    expect(withAuthors(twice, twice, 'u_me').entries.map(({ by }) => by)).toEqual(['u_first', 'u_first'])
  })
})
