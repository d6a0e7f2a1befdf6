import { describe, expect, it } from '@jest/globals'
import { hostErrorOf } from './host-error.js'

const thrown = (code: string) => Object.assign(new Error(code), { payload: { code, message: 'why', decisionId: 'd' } })

describe('what a host call threw', () => {
  it.each([
    ['kv.conflict', 'conflict'],
    ['capability.kv_quota_exceeded', 'full'],
    ['capability.host_undeclared', 'denied'],
    ['policy.budget_exhausted', 'undecided'],
    ['http.timeout', 'unreachable'],
    ['execution.killed', 'ended'],
  ])('%s is %s', (code, kind) => {
    expect(hostErrorOf(thrown(code))).toEqual({ kind, code, message: 'why', decisionId: 'd' })
  })

  it('has no decision where none was made', () => {
    const thrown = Object.assign(new Error(), { payload: { code: 'http.timeout', message: 'why', decisionId: null } })
    expect(hostErrorOf(thrown)).toEqual({ kind: 'unreachable', code: 'http.timeout', message: 'why' })
  })

  it('is nothing where something else was thrown', () => {
    for (const other of [new Error('bug'), null, undefined, 'text', { payload: {} }])
      expect(hostErrorOf(other)).toBeUndefined()
  })
})
