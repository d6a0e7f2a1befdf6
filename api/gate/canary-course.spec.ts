import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { CanaryCourse, type CanaryPointer } from './canary-course.js'
import { FakePolicy } from './testing/fake-policy.js'

const pointer: CanaryPointer = {
  ...{
    id: randomUUID(),
    revision: `sha256:${'1'.repeat(64)}`,
    base: `sha256:${'0'.repeat(64)}`,
    percent: 1,
    unit: 'tenant',
  },
  plan: { foretold: {}, changed: [] },
}
const course = (other: Partial<CanaryPointer> = {}) => new CanaryCourse({ ...pointer, ...other }, new FakePolicy())
const tenants = Array.from({ length: 5_000 }, () => randomUUID())
const taken = (of: CanaryCourse, installId: string | null = null) =>
  tenants.filter((tenantId) => of.takes('call', { tenantId, installId }))

describe('who is decided by the candidate', () => {
  it('is the same share of organisations at each look, and each step adds to the one before', () => {
    const [few, many, all] = [1, 10, 100].map((percent) => taken(course({ percent })))
    expect(taken(course())).toEqual(few)
    expect(new Set(many)).toEqual(new Set([...many!, ...few!]))
    expect(all).toHaveLength(tenants.length)
    // 50 and 500 are expected; this far from them only a wrong share can be.
    expect(few!.length).toBeGreaterThan(15)
    expect(few!.length).toBeLessThan(100)
    expect(many!.length).toBeGreaterThan(380)
    expect(many!.length).toBeLessThan(620)
  })

  it('is others in another canary', () => {
    const other = taken(course({ id: randomUUID(), percent: 10 }))
    expect(other).not.toEqual(taken(course({ percent: 10 })))
  })

  it('is each install by itself where there are few organisations, and what has no install by its organisation', () => {
    const [tenantId] = tenants
    const installs = Array.from({ length: 2_000 }, () => randomUUID())
    const mine = installs.filter((installId) =>
      course({ unit: 'install', percent: 10 }).takes('call', { tenantId: tenantId!, installId }),
    )
    expect(mine.length).toBeGreaterThan(120)
    expect(mine.length).toBeLessThan(290)
    expect(taken(course({ unit: 'install', percent: 10 }))).toEqual(taken(course({ percent: 10 })))
  })

  it('is never the platform, nor what stops others, nor anybody once it is halted', () => {
    const whole = course({ percent: 100 })
    expect(whole.takes('admin', { tenantId: PLATFORM_TENANT_ID, installId: null })).toBe(false)
    expect(whole.takes('killswitch', { tenantId: tenants[0]!, installId: null })).toBe(false)
    expect(whole.takes('admin', { tenantId: tenants[0]!, installId: null })).toBe(true)
    whole.halted = true
    expect(taken(whole)).toEqual([])
  })
})
