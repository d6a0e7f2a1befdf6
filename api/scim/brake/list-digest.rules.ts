import canonicalize from 'canonicalize'
import { digestOf } from '#runtime/digest.js'
import type { ScimLoss } from '#contract/vocabulary.js'

/** What counts of a change that a brake lists. */
export interface ListedChange {
  readonly principal_id: string
  readonly what: ScimLoss
  readonly group_id: string | null
}

/** The digest of a brake that lists nothing yet. */
export const emptyList = (brakeId: string): string => digestOf(Buffer.from(brakeId))

const linked = (before: string, { principal_id, what, group_id }: ListedChange): string =>
  digestOf(Buffer.from(canonicalize([before, principal_id, what, group_id])!))

/** The digest of a list after each of more changes at its end: each is put on top of those before, so that adding costs the same however long it is. */
export const digestsOf = (digest: string, changes: readonly ListedChange[]): string[] => {
  let before = digest
  return changes.map((change) => (before = linked(before, change)))
}

/** The digest of a list with more at its end. */
export const extendedList = (digest: string, changes: readonly ListedChange[]): string =>
  digestsOf(digest, changes).at(-1) ?? digest

/** A change as it is kept. */
export interface KeptChange extends ListedChange {
  /** Of the list up to here; null where that was not kept. */
  readonly list_digest: string | null
  /** Whom it was about was erased since, so that nobody can tell any more who that was. */
  readonly erased: boolean
}

/** The digest of a list as it is kept. What was about somebody who was erased since is passed over by the digest that stands beside it. */
export const keptDigest = (brakeId: string, changes: readonly KeptChange[]): string =>
  changes.reduce(
    (before, change) => (change.erased && change.list_digest !== null ? change.list_digest : linked(before, change)),
    emptyList(brakeId),
  )
