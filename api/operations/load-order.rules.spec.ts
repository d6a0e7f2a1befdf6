import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { loadOrder } from './load-order.rules.js'

describe('loadOrder', () => {
  it('puts each table after those it refers to, itself apart', () => {
    const references = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'c' },
    ]
    expect(loadOrder(['a', 'b', 'c', 'd'], references)).toEqual(['c', 'b', 'a', 'd'])
  })

  it('refuses a circle', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]
    expect(() => loadOrder(['a', 'b'], circle)).toThrow(/circle/)
  })

  it('orders any tables without a circle, each once', () => {
    const table = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(table, table)),
        fc.shuffledSubarray([...'0123456789'], { minLength: 10 }),
        (pairs, names) => {
          // References from greater to lesser numbers only: no circle.
          const references = pairs.map(([a, b]) => ({ from: String(Math.max(a, b)), to: String(Math.min(a, b)) }))
          const ordered = loadOrder(names, references)
          expect(ordered.toSorted()).toEqual(names.toSorted())
          for (const { from, to } of references) expect(ordered.indexOf(to)).toBeLessThanOrEqual(ordered.indexOf(from))
        },
      ),
    )
  })
})
