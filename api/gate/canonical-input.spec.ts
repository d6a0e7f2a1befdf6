import { describe, expect, it } from '@jest/globals'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { canonicalInput, factFragment, InputInvalid } from './canonical-input.js'
import { callFacts, factsOf } from './testing/test-gate.js'

const call = {
  ...callFacts(PLATFORM_TENANT_ID, PLATFORM_TENANT_ID),
  action: 'extension.invoke',
  now: 1,
  required_scope: null,
  waivers: [],
}
const read = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

describe('canonicalInput', () => {
  it('gives the RFC 8785 bytes, with shared parts and without', () => {
    const shared = {
      ...call,
      actor: factFragment(structuredClone(call.actor)),
      version: factFragment(structuredClone(call.version)),
    }
    for (const input of [call, shared, shared]) expect(read(canonicalInput('call', input))).toBe(canonicalize(call))
  })

  it('gives them for any text and moment that a fact can have', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((one) => !one.includes('\0'))
    fc.assert(
      fc.property(text, fc.nat(), (path, now) => {
        const input = {
          ...factsOf(PLATFORM_TENANT_ID, path),
          ...{ action: 'whoami.read', now, required_scope: null, waivers: [] },
        }
        expect(read(canonicalInput('admin', input))).toBe(canonicalize(input))
      }),
    )
  })

  it.each([
    ['a missing field', { quota: undefined, extra: 1 }],
    ['an unknown field', { more: 1 }],
    ['an unknown field inside', { endpoint: { ...call.endpoint, more: 1 } }],
    ['a field of another type', { now: 'soon' }],
    ['a lone surrogate', { endpoint: { ...call.endpoint, id: '\ud800' } }],
    ['NUL', { endpoint: { ...call.endpoint, id: 'a\0' } }],
    ['a shared part of another form', { actor: factFragment({ kind: 'user' }) }],
  ])('refuses %s, however often', (_, part) => {
    for (const _attempt of [1, 2]) expect(() => canonicalInput('call', { ...call, ...part })).toThrow(InputInvalid)
  })

  it('keeps a shared part from being changed behind its text', () => {
    const actor = factFragment(structuredClone(call.actor))
    expect(() => actor.scopes.push('kill:engage')).toThrow()
  })
})
