import type { Check, Summary } from './check.js'

/** A check that may fail, and why: where it fails as described, and in no other way. */
export interface Skip {
  /** How the names of such checks end, behind the profile. */
  readonly check: string
  /** The words in which it fails. */
  readonly when?: string
  /** The only parts that differ. */
  readonly differs?: readonly string[]
  readonly reason: string
}

const isCovered = ({ name, why = '', differs = [] }: Check, skip: Skip): boolean =>
  name.endsWith(` ${skip.check}`) &&
  (skip.when === undefined || why.includes(skip.when)) &&
  (skip.differs === undefined || JSON.stringify(differs) === JSON.stringify(skip.differs))

/** The check as it counts: what is listed is skipped, and says the reason. */
export const judged = (check: Check, skips: readonly Skip[]): { check: Check; skip: Skip | undefined } => {
  const skip = check.outcome === 'passed' ? undefined : skips.find((each) => isCovered(check, each))
  return { skip, check: skip ? { name: check.name, outcome: 'skipped', why: skip.reason } : check }
}

/** Checks that each listed skip is still needed: a list that says more than the truth hides what is new. */
export const needed = (skips: readonly Skip[], used: ReadonlySet<Skip>): Check[] =>
  skips.map((skip) => ({
    name: `skips.json ${skip.check}`,
    ...(used.has(skip) ? { outcome: 'passed' } : { outcome: 'failed', why: 'nothing fails so any more: take it out' }),
  }))

/** What was skipped by the list is no check. */
export const summaryOf = (all: readonly { check: Check; skip: Skip | undefined }[]): Summary => {
  const counted = all.filter(({ skip }) => skip === undefined).map(({ check }) => check.outcome)
  const count = (outcome: Check['outcome']): number => counted.filter((each) => each === outcome).length
  return {
    ...{ checks: count('passed') + count('failed'), passed: count('passed'), failed: count('failed') },
    skipped_unlisted: count('skipped'),
  }
}
