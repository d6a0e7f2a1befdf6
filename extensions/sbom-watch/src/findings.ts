import type { Vulnerability } from './advisories.js'

/** A vulnerability that a project has, and since when we know. */
export interface Finding extends Vulnerability {
  /** RFC 3339. */
  readonly first_seen: string
}

/** A risk that somebody has accepted, until the end of a day (UTC). */
export interface Accepted {
  readonly vulnerability: string
  readonly reason: string
  /** Such as `2026-12-31`. */
  readonly until: string
}

/** What is different from the check before. */
export interface Change {
  readonly open: readonly Finding[]
  readonly opened: readonly Finding[]
  readonly closed: readonly Finding[]
  /** Vulnerabilities that are there, and accepted. */
  readonly accepted: number
}

const keyOf = ({ component, vulnerability }: Vulnerability): string => `${vulnerability} ${component}`

/** Whether a risk is accepted at a moment, given as RFC 3339. */
const isAccepted = (accepted: readonly Accepted[], { vulnerability }: Vulnerability, now: string): boolean =>
  accepted.some((each) => each.vulnerability === vulnerability && now.slice(0, 10) <= each.until)

/** Holds what was found now against what was open before. Worst first, then by name. */
export const changeOf = (
  before: readonly Finding[],
  found: readonly Vulnerability[],
  { now, accepted }: { readonly now: string; readonly accepted: readonly Accepted[] },
): Change => {
  const known = new Map(before.map((finding) => [keyOf(finding), finding]))
  const unique = [...new Map(found.map((each) => [keyOf(each), each])).values()]
  const standing = unique.filter((each) => !isAccepted(accepted, each, now))
  const open = standing
    .map((each) => ({ ...each, first_seen: known.get(keyOf(each))?.first_seen ?? now }))
    .sort((a, b) => b.score - a.score || (keyOf(a) < keyOf(b) ? -1 : 1))
  const left = new Set(open.map(keyOf))
  return {
    open,
    opened: open.filter((finding) => !known.has(keyOf(finding))),
    closed: before.filter((finding) => !left.has(keyOf(finding))),
    accepted: unique.length - standing.length,
  }
}

/** How many of what opened and closed others were told of. */
export interface Told {
  readonly opened: number
  readonly closed: number
}

/**
 * What to keep as open. What others could not be told of yet is kept as it was before, so that the next check finds it different
 * again and tells.
 */
export const keptAfter = ({ open, opened, closed }: Change, told: Told): Finding[] => {
  const untold = new Set(opened.slice(told.opened))
  return [...open.filter((finding) => !untold.has(finding)), ...closed.slice(told.closed)]
}
