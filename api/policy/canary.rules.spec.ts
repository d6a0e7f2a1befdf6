import { describe, expect, it } from '@jest/globals'
import { NOTHING_COUNTED, sumCounts, type CanaryCounts } from '../gate/canary-counts.rules.js'
import { rulesIn } from './canary-plan.js'
import { flipBound, judgeCanary, shownPairs } from './canary.rules.js'

const plan = { foretold: { 'call.quota_exceeded': 0.1 }, changed: ['admin', 'call.quota_exceeded'] }
const counted = (counts: Partial<CanaryCounts>): CanaryCounts => ({ ...NOTHING_COUNTED, ...counts })

describe('the bound on flips', () => {
  it('gives none to what was not foretold, and chance to what was', () => {
    expect(flipBound(1_000, 0)).toBe(0)
    expect(flipBound(0, 0.5)).toBe(1)
    expect(flipBound(1_000, 0.1)).toBeCloseTo(100 + 3 * Math.sqrt(90) + 1)
    expect(flipBound(1_000, 1)).toBe(1_001)
  })
})

describe('a canary', () => {
  it('goes on once it has all pairs and each changed rule is among them', () => {
    const enough = { pairs: 500, seen: ['admin', 'call.quota_exceeded'], flips: { 'call.quota_exceeded': 50 } }
    expect(judgeCanary(counted(enough), plan)).toEqual({ breach: null, complete: true })
    expect(judgeCanary(counted({ ...enough, pairs: 499 }), plan).complete).toBe(false)
    expect(judgeCanary(counted({ ...enough, seen: ['admin'] }), plan).complete).toBe(false)
    expect(shownPairs(counted({ ...enough, seen: ['admin'] }), plan).unseen).toEqual(['call.quota_exceeded'])
  })

  it('is taken back for one flip that nobody foretold', () => {
    const { breach, complete } = judgeCanary(counted({ pairs: 900, flips: { 'call.throttle': 1 } }), plan)
    expect(breach).toEqual({ kind: 'flips', rule: 'call.throttle', bound: 0, found: 1 })
    expect(complete).toBe(false)
  })

  it('is taken back for more flips than were foretold, and not for as many', () => {
    const of = (flips: number) => judgeCanary(counted({ pairs: 500, flips: { 'call.quota_exceeded': flips } }), plan)
    expect(of(70).breach).toBeNull()
    expect(of(75).breach).toMatchObject({ kind: 'flips', rule: 'call.quota_exceeded', found: 75 })
  })

  it('is taken back where it gives no answer, and where it costs too much', () => {
    const silent = counted({ pairs: 400, unavailable: 1, flips: { 'policy.unavailable': 1 } })
    expect(judgeCanary(silent, plan).breach).toMatchObject({ kind: 'unavailable', found: 1 })
    expect(judgeCanary(counted({ ...silent, pairs: 1_000 }), plan).breach).toBeNull()
    const dear = counted({ pairs: 50, fuel: 2_100, base_fuel: 1_000 })
    expect(judgeCanary(dear, plan).breach).toMatchObject({ kind: 'cost', found: 2.1 })
    expect(judgeCanary(counted({ ...dear, pairs: 49 }), plan).breach).toBeNull()
  })

  it('is judged by what all instances have counted together', () => {
    const one = counted({ pairs: 300, flips: { a: 1 }, seen: ['admin'], fuel: 5 })
    const other = counted({ pairs: 250, flips: { a: 2, b: 1 }, seen: ['call.quota_exceeded'], skipped: 3 })
    expect(sumCounts([one, other])).toEqual(
      counted({ pairs: 550, skipped: 3, flips: { a: 3, b: 1 }, seen: ['admin', 'call.quota_exceeded'], fuel: 5 }),
    )
  })
})

describe('what pairs must include', () => {
  it('is a changed reason, the gate of any other changed rule, and nothing for what all gates share', () => {
    const ids = [
      'governance.call.deny["call.throttle"]',
      'governance.admin._short',
      'governance.actor.known',
      'install.yanked',
    ]
    expect(rulesIn([...ids, 'governance.call.deny["call.throttle"]'])).toEqual([
      'admin',
      'call.throttle',
      'install.yanked',
    ])
  })
})
