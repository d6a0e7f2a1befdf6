import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JsonObject } from './shape.js'
import { shrink } from './shrink.js'

const objects = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.integer(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom('x', 'y'), fc.boolean())),
)
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject
const shrinkTo = (input: JsonObject, base: JsonObject, differs: (input: JsonObject) => boolean) =>
  shrink(input, {
    base,
    isTaken: () => true,
    firstDiffering: async (candidates) => candidates.findIndex(differs),
  })

describe('shrinking', () => {
  it('puts back all that the difference does not need', async () => {
    const differs = ({ key, list }: JsonObject) => key === 'bad' && (list as number[]).includes(7)
    const input = { key: 'bad', list: [1, 7, 2], other: { deep: 1 }, more: null }
    const base = { key: 'good', list: [3], other: { deep: 0 } }
    expect(await shrinkTo(input, base, differs)).toEqual({ key: 'bad', list: [7], other: { deep: 0 } })
  })

  it('ends at the base where everything differs, and stays where nothing less does', async () => {
    await fc.assert(
      fc.asyncProperty(objects.map(plain), objects.map(plain), async (input, base) => {
        expect(await shrinkTo(input, base, () => true)).toEqual(base)
        expect(await shrinkTo(input, base, () => false)).toEqual(input)
      }),
    )
  })

  it('proposes only what the gate takes', async () => {
    const taken = {
      base: {},
      isTaken: ({ a }: JsonObject) => a === 1,
      firstDiffering: async (all: readonly unknown[]) => all.length - 1,
    }
    expect(await shrink({ a: 1, b: 2 }, taken)).toEqual({ a: 1 })
  })
})
