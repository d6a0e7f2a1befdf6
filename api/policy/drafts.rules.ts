import canonicalize from 'canonicalize'
import type { PolicyDraft } from '#contract/api/policy-drafts.js'
import { digestOf } from '#runtime/digest.js'
import type { DraftRow } from './drafts.repository.js'
import type { SourceTree } from './revisions.repository.js'

/** Name of a tree: the digest of its RFC 8785 bytes. */
export const treeDigest = (tree: SourceTree): string => digestOf(Buffer.from(canonicalize(tree)!))

/** A draft as people see it; `inForce` is the revision that decides now. */
export const shownDraft = ({ tree, checked_tree, ...row }: DraftRow, inForce: string | null): PolicyDraft => ({
  ...row,
  base_in_force: row.base_revision === inForce,
  files: Object.entries(tree)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, digest]) => ({ path, digest })),
  checked: checked_tree === treeDigest(tree),
})

/** Whether every check ran to its end and passed, on exactly what the draft holds now. */
export const hasPassed = ({ tree, checks, checked_tree }: DraftRow): boolean =>
  checks?.ok === true && checked_tree === treeDigest(tree)

/** A tree after a rebase, or the paths that were changed on both sides. */
export type Rebased = { readonly tree: SourceTree } | { readonly conflicts: readonly string[] }

/**
 * Three-way: what changed from `base` to `ours` on top of `theirs`. A file that both changed is a conflict unless both
 * made the same of it, or ours is `kept`: it holds both changes by now.
 */
export const rebase = (
  { base, ours, theirs }: Readonly<Record<'base' | 'ours' | 'theirs', SourceTree>>,
  kept: ReadonlySet<string> = new Set(),
): Rebased => {
  const paths = [...new Set([base, ours, theirs].flatMap(Object.keys))].toSorted()
  const conflicts: string[] = []
  const tree: Record<string, string> = {}
  for (const path of paths) {
    const [before, mine, other] = [base[path], ours[path], theirs[path]]
    if (mine !== before && other !== before && mine !== other && !kept.has(path)) conflicts.push(path)
    const stays = mine === before ? other : mine
    if (stays !== undefined) tree[path] = stays
  }
  return conflicts.length > 0 ? { conflicts } : { tree }
}
