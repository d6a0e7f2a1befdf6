import { describe, expect, it } from '@jest/globals'
import { inLines, inOneLine } from './words.js'

describe('JSON values for people', () => {
  it('are lines, with texts line by line', () => {
    expect(inLines({ permissions: ['kv', 'http'], rego: 'package x\nallow := true\n' })).toBe(
      'permissions:\n  - kv\n  - http\nrego: |\n  package x\n  allow := true',
    )
  })

  it('give tabs their room', () => {
    expect(inLines({ rego: 'allow if {\n\tinput.a\n}\n' })).toBe('rego: |\n  allow if {\n      input.a\n  }')
  })

  it('are one line of names and values', () => {
    expect(inOneLine({ bundle_revision: 'sha256:a', oldest: null, lease: { held: true, nodes: ['a', 'b'] } })).toBe(
      'bundle revision sha256:a, oldest none, lease held yes, lease nodes a b',
    )
  })

  it('never move a terminal or turn a text round', () => {
    const shown = inLines({ text: 'a\nb\u001b[2J\u202e' })
    for (const obeyed of ['\u001b', '\u202e']) expect(shown).not.toContain(obeyed)
    expect(inOneLine({ text: '\u0007' })).toBe(String.raw`text \u0007`)
  })
})
