import { describe, expect, it } from '@jest/globals'
import { connectionFindings, type Seen } from './connection-findings.rules.js'
import type { LogEntry } from './hints.rules.js'
import type { Token } from './tokens.rules.js'

const NOW = Date.parse('2026-11-27T12:00:00.000Z')
const ID = '0198c0de-0000-7000-8000-000000000001'
const at = (days: number) => new Date(NOW + days * 86_400_000).toISOString()
const connection: Seen['connection'] = {
  ...{
    id: ID,
    tenant_id: ID,
    name: 'Okta',
    quirks: 'okta',
    settings: { existing: 'refuse', brake: { percent: 10, people: 3, window_minutes: 60 } },
    enabled: true,
  },
  ...{ pseudonym: 'u_1', version: 1, created_at: at(-100) },
}
const token = (part: Partial<Token> = {}): Token => ({
  ...{ id: ID, connection_id: ID, name: 'first', prefix: 'abcdefgh', preview: false },
  ...{ expires_at: at(300), revoked_at: null, last_used_at: at(0), created_at: at(-50), ...part },
})
const entry = (part: Partial<LogEntry> = {}): LogEntry => ({
  ...{ id: ID, tenant_id: ID, connection_id: ID, token_id: ID, method: 'POST', path: '/scim/v2/Users' },
  ...{ resource_type: 'User', resource_id: ID, status: 201, outcome: 'done', scim_type: null, detail: null },
  ...{ effects: [], effect_count: 0, would: false, duration_ms: 3, decision_id: ID, correlation_id: 'c', at: at(-0.1) },
  ...part,
})
const refused = entry({ status: 409, outcome: 'refused', scim_type: 'uniqueness', detail: 'taken' })
const found = (part: Partial<Seen>) =>
  connectionFindings({ connection, tokens: [token()], last: entry(), troubled: [], brakes: [], now: NOW, ...part })
const amiss = (part: Partial<Seen>) =>
  found(part)
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state, remedy }) => [name, state, remedy])

describe('what is to say of a connection', () => {
  it('is nothing where all is well', () => {
    expect(amiss({})).toEqual([])
    expect(found({})).toHaveLength(5)
  })

  it.each<[string, Partial<Seen>, string, string, string]>([
    ['off', { connection: { ...connection, enabled: false } }, 'connection', 'fail', '--enable'],
    [
      'with a brake that holds changes',
      { brakes: [{ id: 'b-1', state: 'held', count: 4, until: null }] },
      ...(['brake', 'warn', 'gatehouse scim brake list b-1; then'] as const),
    ],
    [
      'with changes that people rejected',
      { brakes: [{ id: 'b-1', state: 'rejected', count: 1, until: at(0.01) }] },
      ...(['brake', 'warn', 'gatehouse scim brake release b-1'] as const),
    ],
    ['without a token', { tokens: [] }, 'token', 'fail', 'tokens create'],
    ['with one for previews alone', { tokens: [token({ preview: true })] }, 'token', 'fail', 'tokens create'],
    ['with one that has expired', { tokens: [token({ expires_at: at(-1) })] }, 'token', 'fail', 'tokens create'],
    ['with one that was revoked', { tokens: [token({ revoked_at: at(-1) })] }, 'token', 'fail', 'tokens create'],
    ['with one that ends soon', { tokens: [token({ expires_at: at(20) })] }, 'token', 'warn', 'tokens create'],
    [
      'with a new one that nobody uses',
      { tokens: [token(), token({ name: 'second', created_at: at(-1), last_used_at: null })] },
      ...(['token', 'warn', 'Put second into the provider'] as const),
    ],
    [
      'with an old one left over',
      { tokens: [token({ id: 'old' }), token({ name: 'second', created_at: at(-1) })] },
      ...(['token', 'warn', 'tokens revoke old'] as const),
    ],
    [
      'that nobody asked by yet',
      { tokens: [token({ last_used_at: null })], last: undefined },
      ...(['last_request', 'warn', 'Give it the address'] as const),
    ],
    [
      'that fell silent',
      { tokens: [token({ last_used_at: at(-3) })], last: entry({ at: at(-4) }) },
      ...(['last_request', 'warn', 'provisioning was turned off'] as const),
    ],
    ['with refusals', { troubled: [refused] }, 'failures', 'warn', 'second person or group'],
    ['with faults of ours', { troubled: [entry({ status: 500, outcome: 'failed' })] }, 'failures', 'fail', 'ours'],
  ])('%s: what, and what to do', (_, part, name, state, remedy) => {
    expect(amiss(part)).toEqual([[name, state, expect.stringContaining(remedy)]])
  })

  it('counts refusals of a kind together, the most frequent first', () => {
    const other = entry({ status: 400, outcome: 'refused', scim_type: 'invalidFilter', detail: 'odd' })
    const troubles = found({ troubled: [other, refused, refused] }).filter(({ name }) => name === 'failures')
    expect(troubles.map(({ detail }) => detail.split(':')[1])).toEqual([
      ' 409 uniqueness, last POST /scim/v2/Users',
      ' 400 invalidFilter, last POST /scim/v2/Users',
    ])
  })
})
