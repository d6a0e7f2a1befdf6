import { describe, expect, it } from '@jest/globals'
import type { Check } from './check.js'
import { judged, needed, summaryOf, type Skip } from './skips.rules.js'

const SKIPS: readonly Skip[] = [
  { check: 'Group:add:members', differs: ['display'], reason: 'the tool compares what is read-only' },
  { check: 'User:remove:active', when: 'cannot be removed', reason: 'everybody is active or not' },
]
const failed = (name: string, more: Partial<Check> = {}): Check => ({ name, outcome: 'failed', ...more })

describe('a check that is listed', () => {
  it.each<[Check, Check['outcome']]>([
    [failed('okta Group:add:members', { differs: ['display'] }), 'skipped'],
    [failed('okta Group:add:members', { differs: ['display', 'value'] }), 'failed'],
    [failed('okta Group:add:members'), 'failed'],
    [failed('okta OtherGroup:add:members', { differs: ['display'] }), 'failed'],
    [failed('okta User:remove:active', { why: 'active cannot be removed' }), 'skipped'],
    [failed('okta User:remove:active', { why: '500' }), 'failed'],
    [{ name: 'okta User:remove:active', outcome: 'passed' }, 'passed'],
  ])('is skipped where it fails as described: %j', (check, outcome) =>
    expect(judged(check, SKIPS).check.outcome).toBe(outcome),
  )

  it('is no check; skipped by nobody, it is told apart', () => {
    const all = [
      failed('a User:remove:active', { why: 'cannot be removed' }),
      failed('a x'),
      { name: 'a y', outcome: 'skipped' } as const,
      { name: 'a z', outcome: 'passed' } as const,
    ].map((check) => judged(check, SKIPS))
    expect(summaryOf(all)).toEqual({ checks: 2, passed: 1, failed: 1, skipped_unlisted: 1 })
  })

  it('is looked for again where nothing fails so', () => {
    expect(needed(SKIPS, new Set([SKIPS[0]!])).map(({ outcome }) => outcome)).toEqual(['passed', 'failed'])
  })
})
