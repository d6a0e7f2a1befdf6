import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { GrowingTree } from './growing-tree.js'
import {
  consistencyRanges,
  EMPTY_ROOT,
  foldSubtrees,
  inclusionRanges,
  leafHash,
  nodeHash,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type LeafRange,
} from './merkle.rules.js'

const hex = (hash: Hash): string => Buffer.from(hash).toString('hex')

/** MTH of RFC 6962 §2.1, word for word: the tree that everything here must agree with. */
const naiveRoot = (leaves: readonly Hash[]): Hash => {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

const leavesOf = (size: number): Hash[] => Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)))
/** Resolves ranges from stored complete subtrees, as the service does. */
const resolve = (leaves: readonly Hash[], ranges: readonly LeafRange[]): Hash[] =>
  ranges.map((range) =>
    foldSubtrees(
      subtreesOf(range).map(({ level, index }) =>
        naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
      ),
    ),
  )

/** The log that RFC 6962 implementations share as test vectors. */
const VECTORS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const VECTOR_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('RFC 6962 §2.1 Merkle tree hash', () => {
  it('hashes the empty log and the shared vectors', () => {
    expect(hex(new GrowingTree().root)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    const tree = new GrowingTree()
    const roots = VECTORS.map((leaf) => {
      tree.append(leafHash(Buffer.from(leaf, 'hex')))
      return hex(tree.root)
    })
    expect(roots).toEqual(VECTOR_ROOTS)
  })

  it('is the same grown leaf by leaf, resumed from its right edge, and worked out whole', () => {
    fc.assert(
      fc.property(fc.nat(70), fc.nat(70), (before, more) => {
        const leaves = leavesOf(before + more)
        const edge = subtreesOf({ from: 0, to: before }).map((subtree) => ({
          ...subtree,
          hash: naiveRoot(leaves.slice(subtree.index * 2 ** subtree.level, (subtree.index + 1) * 2 ** subtree.level)),
        }))
        const tree = new GrowingTree(before, edge)
        for (const leaf of leaves.slice(before)) tree.append(leaf)
        expect(hex(tree.root)).toBe(hex(naiveRoot(leaves)))
        expect(tree.size).toBe(leaves.length)
      }),
    )
  })

  it('closes exactly the complete subtrees above the leaves', () => {
    const tree = new GrowingTree()
    const leaves = leavesOf(37)
    const closed = leaves.flatMap((leaf) => tree.append(leaf))
    for (const { level, index, hash } of closed) {
      expect(hex(hash)).toBe(hex(naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))))
    }
    expect(closed).toHaveLength(18 + 9 + 4 + 2 + 1)
  })
})

describe('RFC 6962 §2.1.1 inclusion proofs', () => {
  it('lead from every leaf to the root, and from no other leaf', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), (size, any) => {
        const leaves = leavesOf(size)
        const tree = { size, root: naiveRoot(leaves) }
        const index = any % size
        const path = resolve(leaves, inclusionRanges(index, size))
        expect(verifyInclusion({ hash: leaves[index]!, index }, tree, path)).toBe(true)
        expect(verifyInclusion({ hash: leafHash(Buffer.from('other')), index }, tree, path)).toBe(false)
        expect(verifyInclusion({ hash: leaves[index]!, index: index + 1 }, tree, path)).toBe(false)
        expect(verifyInclusion({ hash: leaves[index]!, index }, tree, [...path, EMPTY_ROOT])).toBe(false)
        if (path.length > 0) {
          expect(verifyInclusion({ hash: leaves[index]!, index }, tree, path.slice(1))).toBe(false)
        }
      }),
    )
  })

  it('are refused for a leaf that the log does not have', () => {
    expect(() => inclusionRanges(3, 3)).toThrow(RangeError)
    expect(() => inclusionRanges(-1, 3)).toThrow(RangeError)
  })
})

describe('RFC 6962 §2.1.2 consistency proofs', () => {
  it('hold between every log and a later one, and not for a rewritten past', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(40), (olderSize, more) => {
        const leaves = leavesOf(olderSize + more)
        const older = { size: olderSize, root: naiveRoot(leaves.slice(0, olderSize)) }
        const newer = { size: leaves.length, root: naiveRoot(leaves) }
        const path = resolve(leaves, consistencyRanges(older.size, newer.size))
        expect(verifyConsistency(older, newer, path)).toBe(true)
        expect(verifyConsistency({ ...older, root: EMPTY_ROOT }, newer, path)).toBe(false)
        expect(verifyConsistency(older, { ...newer, root: EMPTY_ROOT }, path)).toBe(false)
        expect(verifyConsistency(older, newer, [...path, EMPTY_ROOT])).toBe(false)
      }),
    )
  })

  it('are refused where there is no older log', () => {
    expect(() => consistencyRanges(0, 3)).toThrow(RangeError)
    expect(() => consistencyRanges(4, 3)).toThrow(RangeError)
  })
})
