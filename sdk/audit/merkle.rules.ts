import { hash } from 'node:crypto'

/** SHA-256 hash of a leaf or of a subtree, 32 bytes. */
export type Hash = Uint8Array

/** A complete subtree: level 0 are the leaves, and subtree `index` of level `level` covers leaves from index·2^level on. */
export interface Subtree {
  readonly level: number
  readonly index: number
}

/** Leaves `from` (included) to `to` (excluded), where RFC 6962 hashes them as one tree of their own. */
export interface LeafRange {
  readonly from: number
  readonly to: number
}

const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = 1
const HASH_BYTES = 32

const sha256 = (bytes: Uint8Array): Hash => hash('sha256', bytes, 'buffer')

/** RFC 6962 §2.1: the hash of one leaf. */
export const leafHash = (leaf: Uint8Array): Hash => sha256(Buffer.concat([LEAF_PREFIX, leaf]))

const isHash = ({ length }: Hash): boolean => length === HASH_BYTES

/** A prefix and two hashes; every node is written over the last, which is hashed by then. */
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX)

/** RFC 6962 §2.1: the hash above two subtrees. Raises RangeError where they are no hashes. */
export const nodeHash = (left: Hash, right: Hash): Hash => {
  if (!isHash(left) || !isHash(right)) throw new RangeError('a hash has 32 bytes')
  nodeBytes.set(left, 1)
  nodeBytes.set(right, 1 + HASH_BYTES)
  return sha256(nodeBytes)
}

/** RFC 6962 §2.1: the root of a log without leaves. */
export const EMPTY_ROOT: Hash = sha256(Buffer.alloc(0))

/** Whether two hashes are equal; none of them is a secret. */
export const sameHash = (one: Hash, other: Hash): boolean => Buffer.compare(one, other) === 0

/** The largest power of two below `size` (RFC 6962 §2.1, k). */
const splitPoint = (size: number): number => {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The complete subtrees that a range consists of, left to right: the largest first, as in the range's own tree. */
export const subtreesOf = ({ from, to }: LeafRange): Subtree[] => {
  const subtrees: Subtree[] = []
  for (let start = from; start < to;) {
    let [width, level] = [1, 0]
    while (start + width * 2 <= to) [width, level] = [width * 2, level + 1]
    subtrees.push({ level, index: start / width })
    start += width
  }
  return subtrees
}

/** The hash of a range from the hashes of its complete subtrees, left to right. */
export const foldSubtrees = (hashes: readonly Hash[]): Hash =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right))

/**
 * The ranges whose hashes prove that leaf `index` lies in the log of `size` leaves (RFC 6962 §2.1.1), nearest first.
 * Raises RangeError where the log has no such leaf.
 */
export const inclusionRanges = (index: number, size: number): LeafRange[] => {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a log of ${size}`)
  const ranges: LeafRange[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitPoint(to - from)
    if (index < middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
    }
  }
  return ranges
}

/**
 * The ranges whose hashes prove that the log of `older` leaves is a prefix of that of `newer` (RFC 6962 §2.1.2).
 * Raises RangeError unless 0 < older ≤ newer.
 */
export const consistencyRanges = (older: number, newer: number): LeafRange[] => {
  if (!(older > 0 && older <= newer)) throw new RangeError(`no log of ${newer} leaves has one of ${older} before it`)
  const ranges: LeafRange[] = []
  let [from, to, isOlderWhole] = [0, newer, true]
  while (older < to) {
    const middle = from + splitPoint(to - from)
    if (older <= middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
      isOlderWhole = false
    }
  }
  return isOlderWhole ? ranges : [{ from, to }, ...ranges]
}

/** Whether `path` leads from a leaf to `root` (RFC 9162 §2.1.3.2). */
export const verifyInclusion = (
  leaf: { readonly hash: Hash; readonly index: number },
  tree: { readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean => {
  if (leaf.index < 0 || leaf.index >= tree.size || ![leaf.hash, ...path].every(isHash)) return false
  let [node, last, hash] = [leaf.index, tree.size - 1, leaf.hash]
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameHash(hash, tree.root)
}

/** Whether `path` proves that the older tree is a prefix of the newer one (RFC 9162 §2.1.4.2). */
export const verifyConsistency = (
  older: { readonly size: number; readonly root: Hash },
  newer: { readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean => {
  if (older.size < 1 || older.size > newer.size || ![older.root, ...path].every(isHash)) return false
  if (older.size === newer.size) return path.length === 0 && sameHash(older.root, newer.root)
  let [node, last] = [older.size - 1, newer.size - 1]
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  // Where the older tree is complete, its own root is the first node and is left out of the proof.
  const [seed, ...rest] = node === 0 ? [older.root, ...path] : path
  if (!seed) return false
  let [olderHash, newerHash] = [seed, seed]
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      olderHash = nodeHash(sibling, olderHash)
      newerHash = nodeHash(sibling, newerHash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else newerHash = nodeHash(newerHash, sibling)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameHash(olderHash, older.root) && sameHash(newerHash, newer.root)
}
