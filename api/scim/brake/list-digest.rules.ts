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

/** The digest of a list with more at its end: each is put on top of those before, so that adding costs the same however long it is. */
export const extendedList = (digest: string, changes: readonly ListedChange[]): string =>
  changes.reduce(
    (before, { principal_id, what, group_id }) =>
      digestOf(Buffer.from(canonicalize([before, principal_id, what, group_id])!)),
    digest,
  )
