import { describe, expect, it } from '@jest/globals'
import {
  CAPABILITIES,
  capabilitiesOf,
  PERMISSION_IDS,
  permissionEntry,
  withRisk,
  type Capability,
} from './permissions.js'
import { DottedId } from './primitives.js'

describe('the permission catalogue', () => {
  it.each(PERMISSION_IDS)('%s reads like <domain>:<verb> and tells an admin what it means', (id) => {
    expect(id).toMatch(/^[a-z]+:[a-z]+$/)
    expect(DottedId.safeParse(id).success).toBe(true)
    expect(permissionEntry(id).words).toMatch(/^[A-Z].*\.$/)
  })

  it('opens every host API that needs a permission, and no ambient one', () => {
    const opened = new Set(PERMISSION_IDS.map((id) => permissionEntry(id).capability))
    for (const [name, { ambient }] of Object.entries(CAPABILITIES))
      expect(opened.has(name as Capability)).toBe(!ambient)
  })

  it('holds what can leave the platform or touch records above low risk', () => {
    const low = PERMISSION_IDS.filter((id) => permissionEntry(id).risk === 'low')
    expect(low.toSorted()).toEqual(['config:read', 'kv:read', 'kv:write', 'log:read', 'log:write', 'metrics:write'])
    expect(withRisk(['pii:unmask'])).toEqual([{ id: 'pii:unmask', risk: 'critical' }])
  })

  it('names each opened host API once, sorted', () => {
    expect(capabilitiesOf(['kv:write', 'http:fetch', 'kv:read', 'expense:read'])).toEqual(['http', 'kv'])
  })
})
