import { describe, expect, it } from '@jest/globals'
import { applyPatch, PatchError } from './patch.js'
import type { PatchOperation } from '#contract/decisions/patch.js'

const FACTS = { list: ['a', 'b'], 'with/slash': { 'with~tilde': 1 }, nothing: null }

describe('applyPatch', () => {
  it.each<[string, PatchOperation, unknown]>([
    ['replaces a member', { op: 'replace', path: '/nothing', value: 1 }, { ...FACTS, nothing: 1 }],
    ['adds a member', { op: 'add', path: '/more', value: [] }, { ...FACTS, more: [] }],
    ['removes a member', { op: 'remove', path: '/nothing' }, { list: FACTS.list, 'with/slash': FACTS['with/slash'] }],
    ['appends', { op: 'add', path: '/list/-', value: 'c' }, { ...FACTS, list: ['a', 'b', 'c'] }],
    ['inserts', { op: 'add', path: '/list/0', value: 'c' }, { ...FACTS, list: ['c', 'a', 'b'] }],
    ['replaces an element', { op: 'replace', path: '/list/1', value: 'c' }, { ...FACTS, list: ['a', 'c'] }],
    ['removes an element', { op: 'remove', path: '/list/0' }, { ...FACTS, list: ['b'] }],
    [
      'reads escapes',
      { op: 'replace', path: '/with~1slash/with~0tilde', value: 2 },
      { ...FACTS, 'with/slash': { 'with~tilde': 2 } },
    ],
  ])('%s', (_, operation, expected) => {
    const before = structuredClone(FACTS)
    expect(applyPatch(FACTS, [operation])).toEqual(expected)
    expect(FACTS).toEqual(before)
  })

  it.each<[string, PatchOperation]>([
    ['a member that is not there', { op: 'replace', path: '/other', value: 1 }],
    ['a place below nothing', { op: 'add', path: '/nothing/more', value: 1 }],
    ['a place below what is not there', { op: 'add', path: '/other/more', value: 1 }],
    ['an element past the end', { op: 'add', path: '/list/3', value: 1 }],
    ['the element after the last', { op: 'replace', path: '/list/-', value: 1 }],
    ['an element by another name', { op: 'remove', path: '/list/01' }],
    ['what an object inherits', { op: 'add', path: '/__proto__/polluted', value: 1 }],
  ])('refuses %s', (_, operation) => {
    expect(() => applyPatch(FACTS, [operation])).toThrow(PatchError)
    expect({}).not.toHaveProperty('polluted')
  })
})
