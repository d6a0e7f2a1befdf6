import { describe, expect, it } from '@jest/globals'
import { DatabaseError } from 'pg'
import type { Outcome, UnavailableCause } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { actorOf, killFacts } from '../gate/testing/test-gate.js'
import { isUnwritable, mayEngage } from './engagement.rules.js'

const TENANT = '0198c0de-0000-7000-8000-00000000000a'
const OTHER = '0198c0de-0000-7000-8000-00000000000b'

const sqlState = (code: string): DatabaseError => Object.assign(new DatabaseError('failed', 0, 'error'), { code })

describe('isUnwritable', () => {
  it.each(['25006', '53100', '57P01', '57014', '08006', '58030'])('holds for SQLSTATE %s', (code) => {
    expect(isUnwritable(sqlState(code))).toBe(true)
  })

  it.each(['22P02', '23505', '42501', 'GH004', 'P0001'])(
    'does not hold for SQLSTATE %s, a fault of our own',
    (code) => {
      expect(isUnwritable(sqlState(code))).toBe(false)
    },
  )

  it('holds for a connection that fails, not for a refusal', () => {
    expect(isUnwritable(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(true)
    expect(isUnwritable(problem('policy.denied'))).toBe(false)
  })
})

describe('mayEngage', () => {
  const own = killFacts(actorOf(TENANT, { scopes: ['kill:engage'] }), {
    scope: 'tenant',
    target: TENANT,
    target_tenant_id: TENANT,
  })
  const others = { ...own, kill: { ...own.kill, target: OTHER, target_tenant_id: OTHER } }
  const decided = { decisionId: TENANT, bundleRevision: null } as const
  const unavailable = (cause: UnavailableCause): Outcome => ({
    ...decided,
    decidedBy: 'unavailable',
    kind: 'unavailable',
    cause,
  })
  const denied: Outcome = { ...decided, decidedBy: 'policy', kind: 'deny', reasons: [], hidden: false }

  it('stands on the floor only where policy is down, and only within reach', () => {
    expect(mayEngage(unavailable('policy_unavailable'), own)).toBe(true)
    expect(mayEngage(unavailable('budget_exhausted'), own)).toBe(true)
    expect(mayEngage(unavailable('policy_unavailable'), others)).toBe(false)
    expect(mayEngage(denied, own)).toBe(false)
  })
})
