import { describe, expect, it } from '@jest/globals'
import { reasonsInWords } from './reasons-in-words.rules.js'

const catalogue = {
  'admin.scope_missing': {
    ...{ title: 'A scope is missing', description: 'This action needs a scope.', remedy: 'Ask for it.' },
    ...{ hidden: false, file: 'governance/admin/admin.rego', line: 1 },
  },
} as unknown as Parameters<typeof reasonsInWords>[1]

const messageOf = (reason: Parameters<typeof reasonsInWords>[0][number]) =>
  reasonsInWords([reason], catalogue)[0]!.message

describe('a reason in words', () => {
  it('names what it is about', () => {
    expect(messageOf({ id: 'admin.scope_missing', params: { scope: 'policy:activate', needed_by: 2 } })).toBe(
      'This action needs a scope (scope: policy:activate, needed by: 2)',
    )
    expect(messageOf({ id: 'admin.scope_missing' })).toBe('This action needs a scope.')
  })

  it('is never longer than a reason may be', () => {
    expect(
      messageOf({ id: 'x.y', params: Object.fromEntries('abc'.split('').map((key) => [key, key.repeat(500)])) }),
    ).toHaveLength(1000)
  })
})
