import { describe, expect, it } from '@jest/globals'
import { readAnswer, severityOf, UnusableAnswer } from './advisories.js'
import { changeOf, keptAfter } from './findings.js'

const NOW = '2026-03-01T08:00:00.000Z'
const found = (component: string, vulnerability = 'CVE-1', score = 5) => ({
  ...{ component, vulnerability, title: '', reference: '' },
  ...{ score, severity: severityOf(score) },
})
const change = (before: string[], now: string[]) =>
  changeOf(
    before.map((name) => ({ ...found(name), first_seen: 'before' })),
    now.map((name) => found(name)),
    { now: NOW, accepted: [] },
  )
const names = (findings: readonly { component: string }[]) => findings.map(({ component }) => component)

describe('an answer of the database', () => {
  it.each([
    [0, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
  ])('of score %d is %s', (score, severity) => expect(severityOf(score)).toBe(severity))

  it('keeps what it says within bounds', () => {
    const given = { id: 'sonatype-1', title: 'x'.repeat(999), cvssScore: 99, reference: 7 }
    expect(readAnswer(JSON.stringify([{ coordinates: 'pkg:npm/a@1', vulnerabilities: [given] }]))).toEqual([
      {
        ...{ component: 'pkg:npm/a@1', vulnerability: 'sonatype-1', title: 'x'.repeat(200) },
        ...{ severity: 'critical', score: 10, reference: '' },
      },
    ])
  })

  it.each([
    '{}',
    '[{}]',
    '[{"coordinates":"a","vulnerabilities":{}}]',
    '[{"coordinates":"a","vulnerabilities":[{}]}]',
    '',
  ])('%s is unusable', (text) => expect(() => readAnswer(text)).toThrow(UnusableAnswer))
})

describe('what changed', () => {
  it('opens what is new, closes what is gone, and remembers since when the rest is there', () => {
    const { open, opened, closed } = change(['a', 'b'], ['b', 'c', 'c'])
    expect(open.map(({ component, first_seen }) => [component, first_seen])).toEqual([
      ['b', 'before'],
      ['c', NOW],
    ])
    expect([names(opened), names(closed)]).toEqual([['c'], ['a']])
  })

  it('closes what somebody accepts', () => {
    const accepted = [{ vulnerability: 'CVE-1', reason: 'not reachable', until: '2026-03-01' }]
    const before = [{ ...found('a'), first_seen: 'before' }]
    const { open, closed, accepted: left } = changeOf(before, [found('a')], { now: NOW, accepted })
    expect([open, names(closed), left]).toEqual([[], ['a'], 1])
  })

  it('is told again by the next check, as far as it was not told', () => {
    const first = change(['a', 'b'], ['c', 'd'])
    const kept = keptAfter(first, { opened: 1, closed: 1 })
    const [untold] = first.opened.slice(1)
    const next = change(names(kept), ['c', 'd'])
    expect([next.opened.map(({ component }) => component), names(next.closed)]).toEqual([[untold!.component], ['b']])
    expect(names(keptAfter(first, { opened: 2, closed: 2 }))).toEqual(['c', 'd'])
  })
})
