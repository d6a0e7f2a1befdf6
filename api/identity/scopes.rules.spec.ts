import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ROLE_IDS, SCOPE_IDS } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { actsForPlatform, effectiveScopes, scopesBeyond, scopesOf } from './scopes.rules.js'

const roles = fc.subarray(ROLE_IDS)
const scopes = fc.subarray(SCOPE_IDS)

describe('effective scopes', () => {
  it('are never more than the roles give, nor more than the key has', () => {
    fc.assert(
      fc.property(roles, scopes, (held, key) =>
        effectiveScopes(held, key).every((scope) => key.includes(scope) && scopesOf(held).includes(scope)),
      ),
    )
  })

  it('do not depend on the order of roles', () => {
    expect(scopesOf(['member', 'admin'])).toEqual(scopesOf(['admin', 'member']))
  })
})

describe('scopesBeyond', () => {
  it('is empty exactly where everything granted is held', () => {
    fc.assert(
      fc.property(scopes, scopes, (granted, held) => {
        const beyond = scopesBeyond(granted, held)
        return (beyond.length === 0) === granted.every((scope) => held.includes(scope))
      }),
    )
  })

  it('names what an administrator may not hand out', () => {
    expect(scopesBeyond(scopesOf(['owner']), scopesOf(['admin']))).toContain('kill:release')
    expect(scopesBeyond(scopesOf(['member']), scopesOf(['admin']))).toEqual([])
  })
})

describe('actsForPlatform', () => {
  it('needs both the tenant and the scope', () => {
    expect(actsForPlatform(PLATFORM_TENANT_ID, ['platform:operate'])).toBe(true)
    expect(actsForPlatform(PLATFORM_TENANT_ID, ['kill:engage'])).toBe(false)
    expect(actsForPlatform('0198c0de-0000-7000-8000-000000000001', ['platform:operate'])).toBe(false)
  })
})
