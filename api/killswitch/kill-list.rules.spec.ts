import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { KILL_SCOPES } from '#contract/vocabulary.js'
import { indexOrders, orderAgainst, stillAhead, type KillOrder, type KillTarget } from './kill-list.rules.js'

const order = (fields: Partial<KillOrder>): KillOrder => ({
  id: 'order',
  scope: 'global',
  target: '*',
  reason: 'because',
  epoch: 1n,
  ...fields,
})
const target = {
  tenantId: 't1',
  publisherId: 'p1',
  extension: 'com.acme.one',
  semver: '1.0.0',
  installId: 'i1',
} satisfies KillTarget

describe('orderAgainst', () => {
  it.each([
    ['global', '*'],
    ['tenant', 't1'],
    ['publisher', 'p1'],
    ['extension', 'com.acme.one'],
    ['version', 'com.acme.one@1.0.0'],
    ['install', 'i1'],
  ] as const)('a %s order on %s stops the target', (scope, name) => {
    expect(orderAgainst(indexOrders([order({ scope, target: name })]), target)?.scope).toBe(scope)
  })

  it.each([
    ['tenant', 't2'],
    ['publisher', 't1'],
    ['extension', 'com.acme'],
    ['version', 'com.acme.one@1.0.1'],
    ['install', 'p1'],
  ] as const)('a %s order on %s leaves the target alone', (scope, name) => {
    expect(orderAgainst(indexOrders([order({ scope, target: name })]), target)).toBeUndefined()
  })

  it('names the widest order', () => {
    const index = indexOrders([order({ scope: 'install', target: 'i1' }), order({ scope: 'tenant', target: 't1' })])
    expect(orderAgainst(index, target)?.scope).toBe('tenant')
  })

  it('engaging one more never frees anything', () => {
    const name = fc.constantFrom('*', 't1', 'p1', 'i1', 'com.acme.one', 'com.acme.one@1.0.0', 'other')
    const orders = fc.array(fc.record({ scope: fc.constantFrom(...KILL_SCOPES), target: name }).map(order))
    fc.assert(
      fc.property(orders, orders, (some, more) => {
        const before = orderAgainst(indexOrders(some), target)
        const after = orderAgainst(indexOrders([...some, ...more]), target)
        return before === undefined || after !== undefined
      }),
    )
  })
})

describe('stillAhead', () => {
  it('keeps what the list was read too early to know', () => {
    const own = [
      order({ id: 'journal', epoch: null }),
      order({ id: 'later', epoch: 7n }),
      order({ id: 'known', epoch: 6n }),
    ]
    expect(stillAhead(own, { epoch: 6n, orders: [] }).map(({ id }) => id)).toEqual(['journal', 'later'])
  })
})
