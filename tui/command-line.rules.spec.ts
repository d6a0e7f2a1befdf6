import { describe, expect, it } from '@jest/globals'
import { completed, readLine, splitWords, suggestions, type Reading } from './command-line.rules.js'

const command = (words: string) => ({ words, takes: '', description: '' })
const known = ['policy verify', 'policy what-if', 'policy what-ifs', 'policy status', 'status', 'kill tenant'].map(
  command,
)
const reading: Reading = { known, family: 'policy', selected: 'd-1' }

describe('a line of the console', () => {
  it.each([
    ['verify  d-1', ['verify', 'd-1']],
    ['activate d --reason "keys outlive \\"sessions\\""', ['activate', 'd', '--reason', 'keys outlive "sessions"']],
    ["new 'a \\ b' c\\ d", ['new', 'a \\ b', 'c d']],
    ['x ""', ['x', '']],
    ['', []],
  ])('is split into words: %s', (line, words) => expect(splitWords(line)).toEqual(words))

  it.each(['new "open', "it's", 'a"b"'])('is none where a quote is open or inside a word: %s', (line) =>
    expect(splitWords(line)).toBeNull(),
  )

  it.each([
    ['verify .', ['policy', 'verify', 'd-1']],
    ['policy verify .', ['policy', 'verify', 'd-1']],
    ['gatehouse policy verify x', ['policy', 'verify', 'x']],
    ['status', ['policy', 'status']],
    ['kill tenant globex', ['kill', 'tenant', 'globex']],
  ])('names a command, of its own screen first: %s', (line, args) => expect(readLine(line, reading)).toEqual({ args }))

  it('says why it is none', () => {
    expect(readLine('fly away', reading)).toEqual({ fault: 'neither a screen nor a command is called fly away' })
    expect(readLine('verify .', { ...reading, selected: undefined })).toEqual({
      fault: '. is the selected row, and nothing is selected',
    })
    expect(readLine('verify .', { ...reading, family: undefined })).toHaveProperty('fault')
  })

  it('is completed', () => {
    expect(suggestions('what-if', reading).map(({ words }) => words)).toEqual(['policy what-if', 'policy what-ifs'])
    expect(suggestions('what-if d-1', reading).map(({ words }) => words)).toEqual(['policy what-if'])
    expect(completed('ver', reading)).toBe('verify ')
    expect(completed('policy ver', reading)).toBe('policy verify ')
    expect(completed('kil', reading)).toBe('kill tenant ')
    expect(completed('zzz', reading)).toBe('zzz')
  })
})
