import { Digest } from '#contract/primitives.js'
import type { Cli } from './command.js'
import { UsageError } from './usage-error.js'

/** A revision as titles shorten it: with `sha256:` and the dots, or without. */
const SHORT = /^(?:sha256:)?([0-9a-f]{6,63})(?:…|\.{3})?$/

/** Whether it is written as a revision is, in full or shortened. */
export const looksLikeRevision = (given: string): boolean => Digest.safeParse(given).success || SHORT.test(given)

/**
 * A sealed revision, or one that others were made of, in full, of six digits or more of it. Raises UsageError where it is written otherwise, or where none
 * or several begin like it.
 */
export const findRevision = async ({ client }: Pick<Cli, 'client'>, what: string, given: string): Promise<string> => {
  if (Digest.safeParse(given).success) return given
  const [, digits] = SHORT.exec(given) ?? []
  const LISTED = 'gatehouse policy revisions lists them'
  if (digits === undefined)
    throw new UsageError(
      `${what} ${given} is no revision (sha256: and 64 digits, or the first six or more of them): ${LISTED}`,
    )
  const { revisions } = await client.get('policy.revisions', {})
  // What ships was never sealed here, and is the base of what was.
  const known = new Set(revisions.flatMap(({ revision, base_revision }) => [revision, base_revision]))
  const found = [...known].filter((revision) => revision.startsWith(`sha256:${digits}`))
  if (found.length === 1) return found[0]!
  throw new UsageError(
    `${what} ${given}: ${found.length === 0 ? 'no sealed revision begins' : 'several revisions begin'} like that; ${LISTED}`,
  )
}
