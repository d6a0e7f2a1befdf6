import { describe, expect, it } from '@jest/globals'
import { WORKSPACE_ROLES } from '#contract/scopes.js'
import { isUnused, lastUseOfScopes, newest, scopesOfRole, type GivenRole } from './access.rules.js'

const at = { now: Date.parse('2026-06-01T00:00:00Z'), days: 30 }

describe('what lies unused', () => {
  it.each([
    ['was used within the days', '2026-01-01T00:00:00Z', '2026-05-20T00:00:00Z', false],
    ['was used before them', '2026-01-01T00:00:00Z', '2026-04-20T00:00:00Z', true],
    ['was never used', '2026-01-01T00:00:00Z', null, true],
    ['is new', '2026-05-30T00:00:00Z', null, false],
    ['has been there longer than anybody knows', null, null, true],
  ])('%s', (_what, since, lastUsed, unused) => {
    expect(isUnused({ since, lastUsed }, at)).toBe(unused)
  })
})

describe('the use of a role', () => {
  it('is the last deed that takes one of its scopes', () => {
    const uses = lastUseOfScopes([
      { action: 'person.create', at: '2026-01-01T00:00:00.000Z' },
      { action: 'person.update', at: '2026-02-01T00:00:00.000Z' },
      { action: 'session.end', at: '2026-03-01T00:00:00.000Z' },
      { action: 'gone.since', at: '2026-04-01T00:00:00.000Z' },
    ])
    expect([...uses]).toEqual([['people:write', '2026-02-01T00:00:00.000Z']])
    expect(newest([null, '2026-01-01', undefined, '2026-02-01'])).toBe('2026-02-01')
    expect(newest([])).toBeNull()
  })

  it('is weighed by what the role gives now', () => {
    const custom = new Map([['looks', ['lists:read' as const]]])
    const given = (kind: GivenRole['kind'], role: string, workspace: GivenRole['workspace'] = null) =>
      scopesOfRole({ role, kind, workspace }, custom)
    expect(given('custom_role', 'looks')).toEqual(['lists:read'])
    expect(given('custom_role', 'gone')).toEqual([])
    expect(given('role', 'opa_agent')).toEqual(['opa:connect'])
    expect(given('role', 'toString')).toEqual([])
    for (const kind of ['workspace', 'group'] as const)
      expect(given(kind, 'caller', { id: 'x', slug: 'payments' })).toEqual([...WORKSPACE_ROLES.caller])
  })
})
