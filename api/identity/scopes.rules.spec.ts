import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ROLE_IDS, SCOPE_IDS, WORKSPACE_ROLE_IDS, type Role, type Scope } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { actsForPlatform, effectiveScopes, rightsOf, scopesAnywhere, scopesBeyond, scopesOf } from './scopes.rules.js'

const roles = fc.subarray(ROLE_IDS)
const held = (...ids: Role[]) => ({ roles: ids, custom_scopes: [] })
const scopes = fc.subarray(SCOPE_IDS)

describe('effective scopes', () => {
  it('are never more than the roles give, nor more than the key has', () => {
    fc.assert(
      fc.property(roles, scopes, scopes, (ids, custom_scopes, key) => {
        const all = { roles: ids, custom_scopes }
        return effectiveScopes(all, key).every((scope) => key.includes(scope) && scopesOf(all).includes(scope))
      }),
    )
  })

  it('do not depend on the order of roles', () => {
    expect(scopesOf(held('member', 'admin'))).toEqual(scopesOf(held('admin', 'member')))
  })
})

describe('roles within workspaces', () => {
  const inWorkspaces = fc.dictionary(fc.constantFrom('one', 'two', 'three'), fc.subarray(WORKSPACE_ROLE_IDS))

  it('give nothing in the organisation, nothing in another workspace, and no more than the key has', () => {
    fc.assert(
      fc.property(roles, inWorkspaces, scopes, (ids, in_workspaces, key) => {
        const all = { ...held(...ids), in_workspaces }
        const rights = rightsOf(all, key)
        expect(rights.scopes).toEqual(effectiveScopes(all, key))
        expect(Object.keys(rights.inWorkspaces).toSorted()).toEqual(Object.keys(in_workspaces).toSorted())
        for (const [id, each] of Object.entries(rights.inWorkspaces)) {
          expect(each.roles).toEqual(in_workspaces[id])
          expect(scopesBeyond(each.scopes, key)).toEqual([])
          expect(scopesBeyond(each.scopes, scopesAnywhere({ ...held(), in_workspaces: { [id]: each.roles } }))).toEqual(
            [],
          )
        }
      }),
    )
  })

  it('never change people, keys, policy or the workspace itself', () => {
    const all = scopesAnywhere({ ...held(), in_workspaces: { one: WORKSPACE_ROLE_IDS } })
    const weighty: Scope[] = [
      'people:write',
      'keys:write',
      'workspaces:write',
      'policy:write',
      'approvals:vote',
      'kill:engage',
    ]
    expect(all.filter((scope) => weighty.includes(scope) || scope.startsWith('platform:'))).toEqual([])
  })
})

describe("roles of the organisation's own", () => {
  it('add what they give, in the order of the contract', () => {
    const scopesHeld = scopesOf({ roles: ['member'], custom_scopes: ['lists:write', 'installs:read'] })
    expect(scopesHeld).toEqual(
      ['extensions:read', 'lists:write', 'installs:read', 'extensions:invoke'].toSorted(byTable),
    )
  })
})
const byTable = (a: string, b: string) => SCOPE_IDS.indexOf(a as Scope) - SCOPE_IDS.indexOf(b as Scope)

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
    expect(scopesBeyond(scopesOf(held('owner')), scopesOf(held('admin')))).toContain('kill:release')
    expect(scopesBeyond(scopesOf(held('member')), scopesOf(held('admin')))).toEqual([])
  })
})

describe('actsForPlatform', () => {
  it('needs both the tenant and the scope', () => {
    expect(actsForPlatform(PLATFORM_TENANT_ID, ['platform:operate'])).toBe(true)
    expect(actsForPlatform(PLATFORM_TENANT_ID, ['kill:engage'])).toBe(false)
    expect(actsForPlatform('0198c0de-0000-7000-8000-000000000001', ['platform:operate'])).toBe(false)
  })
})
