import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { rebase } from './drafts.rules.js'

const tree = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'))

describe('a rebase', () => {
  it('takes what one side changed, added or removed', () => {
    const base = { kept: '1', mine: '1', theirs: '1', gone: '1' }
    const ours = { kept: '1', mine: '2', theirs: '1', gone: '1', added: '1' }
    const theirs = { kept: '1', mine: '1', theirs: '2', new: '1' }
    expect(rebase(base, ours, theirs)).toEqual({ tree: { kept: '1', mine: '2', theirs: '2', added: '1', new: '1' } })
  })

  it('names what both changed differently, and only that', () => {
    expect(rebase({ a: '1', b: '1' }, { a: '2', b: '2' }, { a: '3', b: '2' })).toEqual({ conflicts: ['a'] })
    expect(rebase({ a: '1' }, {}, { a: '2' })).toEqual({ conflicts: ['a'] })
  })

  it('changes nothing where one side did not move', () => {
    fc.assert(
      fc.property(tree, tree, (base, other) => {
        expect(rebase(base, other, base)).toEqual({ tree: other })
        expect(rebase(base, base, other)).toEqual({ tree: other })
      }),
    )
  })

  it('comes to the same from either side', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, ours, theirs) => {
        expect(rebase(base, ours, theirs)).toEqual(rebase(base, theirs, ours))
      }),
    )
  })
})
