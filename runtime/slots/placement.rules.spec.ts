import { describe, expect, it } from '@jest/globals'
import { choose, LONG_IDLE_MS, MINIMUM_STAY, spreadFor, WINDOW, type Member, type Standing } from './placement.rules.js'

const member = (key: string, changes: Partial<Member> = {}): Member => ({
  key,
  running: 0,
  served: MINIMUM_STAY,
  usedAt: 0,
  ...changes,
})
const full: Standing<Member> = {
  ...{ full: true, spread: 2, now: 10_000 },
  ...{ contended: () => false, wanted: () => false, pace: () => 'quick', mayTake: () => true },
}

describe('a job', () => {
  it('takes an idle slot of its own, then a free place', () => {
    const own = member('a')
    expect(choose('a', [member('b'), own], full)).toEqual({ kind: 'use', member: own })
    expect(choose('a', [member('a', { running: 1 })], { ...full, full: false })).toEqual({ kind: 'open' })
  })

  it('shares the quick slots of its own once there are enough, and is sent ahead or waits while there are free places', () => {
    const [busy, busier] = [member('a', { running: 1 }), member('a', { running: WINDOW })]
    const roomy = { ...full, full: false }
    expect(choose('a', [busier, busy], roomy)).toEqual({ kind: 'use', member: busy })
    expect(choose('a', [busier, busier, member('b')], { ...roomy, contended: () => true })).toEqual({ kind: 'wait' })
    expect(choose('a', [busier, busy], { ...roomy, pace: (each) => (each === busier ? 'stuck' : 'quick') })).toEqual({
      kind: 'open',
    })
  })

  it('waits for slow slots of its own rather than to open more of them, up to what is stuck', () => {
    const busy = member('a', { running: 1 })
    const slow: Standing<Member> = { ...full, full: false, pace: () => 'slow' }
    expect(choose('a', [busy, busy, member('b')], slow)).toEqual({ kind: 'wait' })
    expect(choose('a', [busy, busy, member('b')], { ...slow, full: true })).toEqual({ kind: 'wait' })
    expect(choose('a', [busy, member('b')], slow)).toEqual({ kind: 'open' })
  })

  it('stays with its first slots while they are quick, however many more it has', () => {
    const [busy, busier] = [member('a', { running: 1 }), member('a', { running: WINDOW })]
    const [idle, idler] = [member('a', { usedAt: 2 }), member('a', { usedAt: 1 })]
    expect(choose('a', [busier, busy, idle], full)).toEqual({ kind: 'use', member: busy })
    expect(choose('a', [busier, busier, idle], full)).toEqual({ kind: 'wait' })
    expect(
      choose('a', [busier, busy, idler, idle], { ...full, pace: (each) => (each === busier ? 'stuck' : 'quick') }),
    ).toMatchObject({
      kind: 'use',
      member: { running: 0 },
    })
  })

  it('replaces the slot that has been idle longest, but not one that others wait for before its stay is over', () => {
    const [young, old] = [member('b', { usedAt: 2 }), member('c', { usedAt: 1 })]
    expect(choose('a', [young, old], full)).toEqual({ kind: 'replace', member: old })
    const arrived = member('b', { served: MINIMUM_STAY - 1 })
    expect(choose('a', [arrived], { ...full, wanted: () => true })).toEqual({ kind: 'wait' })
  })

  it('gets another slot than its own only from who has more, or has left it idle for long', () => {
    const now = LONG_IDLE_MS + 1
    const busy = member('a', { running: WINDOW })
    const [one, other] = [member('b', { usedAt: now }), member('b', { usedAt: now })]
    const late: Standing<Member> = { ...full, now }
    expect(choose('a', [busy, one, other], late)).toEqual({ kind: 'wait' })
    expect(choose('a', [busy, one, other, member('b', { usedAt: now })], late)).toMatchObject({ kind: 'replace' })
    const idle = member('c', { usedAt: now - LONG_IDLE_MS })
    expect(choose('a', [busy, one, idle], late)).toEqual({ kind: 'replace', member: idle })
    expect(choose('a', [one, other], late)).toMatchObject({ kind: 'replace' })
    const stuck: Standing<Member> = { ...late, pace: (each) => (each === busy ? 'stuck' : 'quick') }
    expect(choose('a', [busy, one, other], stuck)).toMatchObject({ kind: 'replace' })
  })

  it('takes neither a free place nor an idle slot that is not for its like', () => {
    const [own, likes, other] = [member('a'), member('b', { usedAt: 2 }), member('c', { usedAt: 1 })]
    const bounded: Standing<Member> = { ...full, mayTake: (place) => place === likes }
    expect(choose('a', [other], { ...bounded, full: false })).toEqual({ kind: 'wait' })
    expect(choose('a', [other, likes], bounded)).toEqual({ kind: 'replace', member: likes })
    expect(choose('a', [other, own], bounded)).toEqual({ kind: 'use', member: own })
  })

  describe('where every slot is at work', () => {
    const [busy, busier] = [member('a', { running: 1 }), member('a', { running: 2 })]

    it('is sent ahead to the least busy one of its own', () => {
      expect(choose('a', [busier, busy, member('b', { running: 1 })], full)).toEqual({ kind: 'use', member: busy })
    })

    it.each<[string, Member[], Partial<Standing<Member>>]>([
      ['its own slots are others’', [member('b', { running: 1 })], {}],
      ['enough is sent ahead already', [member('a', { running: WINDOW })], {}],
      ['calls there take long', [busy], { pace: () => 'slow' }],
      ['somebody else waits for a slot, who would never get an idle one', [busy], { contended: () => true }],
    ])('waits where %s', (_, members, standing) => {
      expect(choose('a', members, { ...full, ...standing })).toEqual({ kind: 'wait' })
    })
  })
})

it('code that computes shares as many slots as there are cores, and more where its calls wait for answers', () => {
  expect([0, 0.05, 0.4, 1].map((part) => spreadFor(2, part))).toEqual([2, 2, 8, 8])
})
