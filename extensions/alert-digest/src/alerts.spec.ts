import { describe, expect, it } from '@jest/globals'
import { isDue, NOTHING, pageOf, told, withClosed, withOpened, type Project, type Settings } from './alerts.js'

const MINUTE = 60_000
const settings: Settings = { minimum_severity: 'medium', window_minutes: 60, at_once: 'critical', pager_url: '' }
const alert = (key: string, severity: 'low' | 'medium' | 'high' | 'critical' = 'high') => ({
  key,
  severity,
  title: key,
})
const opened = (project: Project, alerts: ReturnType<typeof alert>[], now = 0, jitter = 0) =>
  withOpened(project, alerts, { settings, moment: { now, jitter } })

describe('what is open in a project', () => {
  it('is told when the first of it has waited for a window', () => {
    const first = opened(NOTHING, [alert('a')])
    const later = opened(first, [alert('b')], 30 * MINUTE)
    expect([first.due, later.due, later.untold]).toEqual([60 * MINUTE, 60 * MINUTE, ['a', 'b']])
    expect([isDue(later, 60 * MINUTE - 1), isDue(later, 60 * MINUTE)]).toEqual([false, true])
    expect(opened(NOTHING, [alert('a')], 0, 1).due).toBe(54 * MINUTE)
  })

  it('is told at once where it is urgent, and never where it is slight or known', () => {
    expect(opened(NOTHING, [alert('a', 'critical')], 5).due).toBe(5)
    expect(opened(NOTHING, [alert('a', 'low')])).toBe(NOTHING)
    const known = told(opened(NOTHING, [alert('a')]))
    expect(opened(known, [alert('a')])).toBe(known)
  })

  it('is forgotten where it closes before anybody was told, and resolved where somebody was', () => {
    const waiting = opened(NOTHING, [alert('a'), alert('b')])
    expect(withClosed(waiting, ['a'], 1)).toMatchObject({ untold: ['b'], due: 60 * MINUTE })
    expect(withClosed(waiting, ['a', 'b'], 1)).toEqual(NOTHING)
    const gone = withClosed(told(waiting), ['a', 'b'], 7)
    expect([gone.due, pageOf('shop', gone, 'd').event_action, told(gone)]).toEqual([7, 'resolve', NOTHING])
  })

  it('is told worst first, by its numbers', () => {
    const project = opened(NOTHING, [alert('m', 'medium'), alert('c', 'critical'), alert('n', 'medium')])
    expect(pageOf('shop', project, 'd')).toMatchObject({
      dedup_key: 'alert-digest/shop',
      payload: {
        summary: 'shop: 1 critical, 2 medium',
        severity: 'critical',
        custom_details: { digest: 'd', open: 3, alerts: ['critical: c', 'medium: m', 'medium: n'] },
      },
    })
  })
})
