import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { rebase } from './drafts.rules.js'

const tree = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'))

describe('a rebase', () => {
  it('takes what one side changed, added or removed', () => {
    const base = { kept: '1', mine: '1', theirs: '1', gone: '1' }
    const ours = { kept: '1', mine: '2', theirs: '1', gone: '1', added: '1' }
    const theirs = { kept: '1', mine: '1', theirs: '2', new: '1' }
    expect(rebase({ base, ours, theirs })).toEqual({
      tree: { kept: '1', mine: '2', theirs: '2', added: '1', new: '1' },
    })
  })

  it('names what both changed differently, and only that', () => {
    expect(rebase({ base: { a: '1', b: '1' }, ours: { a: '2', b: '2' }, theirs: { a: '3', b: '2' } })).toEqual({
      conflicts: ['a'],
    })
    expect(rebase({ base: { a: '1' }, ours: {}, theirs: { a: '2' } })).toEqual({ conflicts: ['a'] })
  })

  it('keeps what both changed where it is said to hold both, gone files too', () => {
    const trees = { base: { a: '1', b: '1', c: '1' }, ours: { a: '2', c: '2' }, theirs: { a: '3', b: '3', c: '3' } }
    expect(rebase(trees, new Set(['a', 'b', 'c']))).toEqual({ tree: { a: '2', c: '2' } })
    expect(rebase(trees, new Set(['a', 'b']))).toEqual({ conflicts: ['c'] })
  })

  it('changes nothing where one side did not move', () => {
    fc.assert(
      fc.property(tree, tree, (base, other) => {
        expect(rebase({ base, ours: other, theirs: base })).toEqual({ tree: other })
        expect(rebase({ base, ours: base, theirs: other })).toEqual({ tree: other })
      }),
    )
  })

  it('comes to the same from either side', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, ours, theirs) => {
        expect(rebase({ base, ours, theirs })).toEqual(rebase({ base, ours: theirs, theirs: ours }))
      }),
    )
  })
})
