import { describe, expect, it } from '@jest/globals'
import { threatRows } from './rows.js'
import { testsOf } from './tests.js'

const titles = (source: string): unknown[] =>
  testsOf(source, 'a.spec.ts').map(({ title, skipped }) => (skipped === undefined ? title : [title, skipped]))

describe('a row of the threat model', () => {
  it('names its tests by file and title', () => {
    const [row] = threatRows(
      'text\n| GU1 | a \\| b | stopped | little | `a/b.spec.ts` "one"; `c.spec.tsx` "two, too" |\n',
    )
    const proofs = [
      { file: 'a/b.spec.ts', test: 'one' },
      { file: 'c.spec.tsx', test: 'two, too' },
    ]
    expect(row).toEqual({ id: 'GU1', line: 2, proofs, empty: [], unread: '' })
  })

  it('says which of its cells are empty', () => {
    expect(threatRows('| GU1 | a | | little | none |')[0]).toMatchObject({
      ...{ proofs: [], empty: ['what stops it'], unread: 'none' },
    })
  })

  it('is told from the head of a table', () => {
    expect(threatRows('| id | threat |\n|---|---|\n| `GU1` | a |')).toEqual([])
  })
})

describe('the tests of a spec', () => {
  it('are found wherever they stand, tables included', () => {
    const source = `describe('a', () => { it('one', () => {}); it.each([1])('of %s', () => {}); test("two", () => {}) })`
    expect(titles(source)).toEqual(['one', 'of %s', 'two'])
  })

  it('are none in a comment or a text', () => {
    expect(titles(`// it('one', () => {})\nconst text = "it('two', () => {})"`)).toEqual([])
  })

  it.each([
    [`it.skip('one', () => {})`, 'it.skip'],
    [`xit('one', () => {})`, 'xit'],
    [`it.todo('one')`, 'it.todo'],
    [`it.skip.each([1])('one', () => {})`, 'it.skip.each'],
    [`describe.skip('a', () => { it('one', () => {}) })`, 'describe.skip'],
    [`xdescribe('a', () => { describe('b', () => { it('one', () => {}) }) })`, 'xdescribe'],
    [`const rootOnly = asRoot ? it : it.skip\nrootOnly('one', () => {})`, 'rootOnly'],
  ])('are told as skipped: %s', (source, by) => {
    expect(titles(source)).toEqual([['one', by]])
  })
})
