import { foldSubtrees, nodeHash, type Hash, type Subtree } from './merkle.rules.js'

/** A complete subtree with its hash. */
export interface TreeNode extends Subtree {
  readonly hash: Hash
}

/** A Merkle tree known only by its right edge: the complete subtrees that its leaves consist of, O(log n) hashes. */
export class GrowingTree {
  readonly #edge: TreeNode[]
  #size: number

  /** @param edge hashes of `subtreesOf({from: 0, to: size})`, in that order */
  constructor(size = 0, edge: readonly TreeNode[] = []) {
    this.#size = size
    this.#edge = [...edge]
  }

  get size(): number {
    return this.#size
  }

  get root(): Hash {
    return foldSubtrees(this.#edge.map((node) => node.hash))
  }

  /** Adds one leaf and returns the complete subtrees above it that this closes, lowest first. */
  append(leaf: Hash): TreeNode[] {
    let node: TreeNode = { level: 0, index: this.#size, hash: leaf }
    const closed: TreeNode[] = []
    while (node.index % 2 === 1) {
      const left = this.#edge.pop()
      if (left?.level !== node.level) throw new Error('the right edge does not fit the size of the tree')
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left.hash, node.hash) }
      closed.push(node)
    }
    this.#edge.push(node)
    this.#size += 1
    return closed
  }
}
