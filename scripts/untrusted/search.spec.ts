import { describe, expect, it } from '@jest/globals'
import { canariesIn, canaryFrom } from './search.js'

const CANARY = canaryFrom(() => 0.4)
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex')
const reversed = (text: string): string => [...text].toReversed().join('')

const FORMS: readonly [string, string][] = [
  ['as it is', CANARY],
  ['in upper case', CANARY.toUpperCase()],
  ['reversed', reversed(CANARY)],
  ['in base64', base64(`a${CANARY}`)],
  ['in base64 behind two characters', base64(`ab${CANARY}`)],
  ['in base64 for addresses', Buffer.from(`?>${CANARY}~~`).toString('base64url')],
  ['in hexadecimal', hex(CANARY)],
  ['in hexadecimal behind half a byte', `f${hex(CANARY)}`],
  ['in hexadecimal in upper case', hex(CANARY).toUpperCase()],
  ['in UTF-16', Buffer.from(CANARY, 'utf16le').toString('latin1')],
  ['reversed in base64', base64(reversed(CANARY))],
  ['in base64, reversed', reversed(base64(CANARY))],
  ['in hexadecimal in base64', base64(hex(CANARY))],
  ['among bytes of every kind', `\u00ff\0\u0001"${CANARY}"\\n`],
]

describe('a canary', () => {
  it.each(FORMS)('is found %s', (_name, form) => {
    expect([...canariesIn(`{"before":"x","value":"${form}"} after`)]).toContain(CANARY)
  })

  it('is not found where there is none', () => {
    expect(canariesIn(`${CANARY.slice(0, -1)} ${base64('nothing of the sort, however long it is')}`).size).toBe(0)
  })
})
