import { describe, expect, it } from '@jest/globals'
import { Uuid } from '#contract/primitives.js'
import { newDecisionId } from './decision-id.js'

describe('newDecisionId (RFC 9562 §5.7)', () => {
  it('is a UUID of version 7 that holds the moment', () => {
    const id = newDecisionId(1_763_714_400_123)
    expect(Uuid.safeParse(id).success).toBe(true)
    expect(id[14]).toBe('7')
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_763_714_400_123)
  })

  it('keeps the order in which ids were made, within a millisecond too, and repeats none', () => {
    const ids = Array.from({ length: 3_000 }, (_, at) => newDecisionId(1_000 + (at >> 10)))
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
