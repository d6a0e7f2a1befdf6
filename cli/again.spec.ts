import { describe, expect, it } from '@jest/globals'
import { sameAgain } from './again.js'

describe('hints', () => {
  it('speak to the same service as the same person', () => {
    const again = sameAgain({ as: 'acme_admin', data: "/tmp/o'hara" })
    const called = String.raw`gatehouse --as acme_admin --data '/tmp/o'\''hara'`
    expect(again('In force\nNext: gatehouse policy pull d DIR, or gatehouse policy edit d')).toBe(
      `In force\nNext: ${called} policy pull d DIR, or ${called} policy edit d`,
    )
    expect(again('  Decision d (gatehouse why d)')).toBe(`  Decision d (${called} why d)`)
  })

  it('carry it in what is told of a finding and of a refused request', () => {
    const again = sameAgain({ as: 'acme_admin' })
    expect(again('        Next: Put it there; then gatehouse scim tokens revoke t')).toContain(
      'gatehouse --as acme_admin scim tokens revoke t',
    )
    expect(again('3 × People decide: gatehouse scim brake list')).toContain('--as acme_admin scim brake list')
    expect(again('hint         People decide: gatehouse scim brake list')).toContain('--as acme_admin scim brake list')
  })

  it('leave all else as it is, and never name a key', () => {
    const told = 'title  Ask gatehouse people\nNext: gatehouse status'
    expect(sameAgain({ key: 'ghk_secret' })(told)).toBe(told)
    expect(sameAgain({ as: 'lead' })('title  Ask gatehouse people')).toBe('title  Ask gatehouse people')
  })
})
