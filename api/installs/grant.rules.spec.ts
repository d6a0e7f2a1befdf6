import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { PERMISSION_IDS } from '#contract/permissions.js'
import type { VersionRow } from '../registry/catalogue.repository.js'
import { carriedGrant, consentFacts, grantFacts, secretsMissing, versionToInstall } from './grant.rules.js'

const permissions = fc.uniqueArray(fc.constantFrom(...PERMISSION_IDS))

describe('a carried grant', () => {
  it('never exceeds the manifest and never brings back what was refused', () => {
    fc.assert(
      fc.property(permissions, permissions, permissions, (granted, before, now) => {
        const carried = carriedGrant(granted, before, now)
        expect(carried.every((id) => now.includes(id))).toBe(true)
        const refused = before.filter((id) => !granted.includes(id))
        expect(carried.some((id) => refused.includes(id))).toBe(false)
      }),
    )
  })
})

describe('a grant as policy sees it', () => {
  it('names what goes beyond the manifest and what nobody agreed to', () => {
    expect(grantFacts(['kv:read', 'http:fetch'], ['kv:read'], ['kv:read'])).toEqual({
      permissions: ['kv:read', 'http:fetch'],
      beyond_manifest: ['http:fetch'],
      widened: ['http:fetch'],
    })
  })
})

describe('consent', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  it('covers exactly its digest and grant, in any order', () => {
    const wanted = { digest, permissions: ['kv:read' as const, 'kv:write' as const] }
    expect(consentFacts({ digest, permissions: ['kv:write', 'kv:read'] }, wanted)).toEqual({
      given: true,
      covers: true,
    })
    expect(consentFacts({ digest, permissions: ['kv:read'] }, wanted).covers).toBe(false)
    expect(consentFacts({ ...wanted, permissions: [...wanted.permissions, 'log:write'] }, wanted).covers).toBe(false)
    expect(consentFacts({ ...wanted, digest: `sha256:${'b'.repeat(64)}` }, wanted).covers).toBe(false)
    expect(consentFacts(undefined, wanted)).toEqual({ given: false, covers: false })
  })
})

describe('the version to install', () => {
  const version = (semver: string, changes: object = {}) =>
    ({ semver, channel: 'ga', review_state: 'approved', yanked_at: null, ...changes }) as VersionRow
  const chosen = (...versions: VersionRow[]) => versionToInstall(versions)?.semver

  it('is the highest of the widest channel', () => {
    expect(chosen(version('1.9.0'), version('1.10.0'), version('2.0.0', { channel: 'beta' }))).toBe('1.10.0')
    expect(chosen(version('1.0.0', { channel: 'draft' }), version('0.9.0', { channel: 'beta' }))).toBe('0.9.0')
  })

  it('is never yanked or unapproved', () => {
    expect(
      chosen(version('2.0.0', { yanked_at: 'x' }), version('3.0.0', { review_state: 'quarantined' })),
    ).toBeUndefined()
  })
})

describe('secrets', () => {
  it('are missing where they are required and not there', () => {
    const manifest = {
      secrets: [
        { name: 'TOKEN', title: 'Token', required: true },
        { name: 'PROXY', title: 'Proxy', required: false },
      ],
    } as VersionRow['manifest']
    expect(secretsMissing(manifest, [])).toEqual(['TOKEN'])
    expect(secretsMissing(manifest, ['TOKEN'])).toEqual([])
  })
})
