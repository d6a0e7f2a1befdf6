import semver from 'semver'
import type { ConsentGiven } from '#contract/api/installs.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Permission } from '#contract/permissions.js'
import type { VersionRow } from '../registry/catalogue.repository.js'

type InstallFacts = DecisionFacts<'install'>

const without = (ids: readonly Permission[], others: readonly string[]): Permission[] =>
  ids.filter((id) => !others.includes(id))

const sameSet = (one: readonly string[], two: readonly string[]): boolean =>
  one.length === two.length && one.every((id) => two.includes(id))

/**
 * What an update grants where nobody says: what was granted before as far as it is still asked for, and what is asked for
 * anew (which policy holds for consent). What an admin refused before stays refused.
 */
export const carriedGrant = (
  granted: readonly Permission[],
  before: readonly Permission[],
  now: readonly Permission[],
): Permission[] => now.filter((id) => granted.includes(id) || !before.includes(id))

/** A grant as policy sees it. `asked` is the manifest's, `consented` what somebody agreed to before. */
export const grantFacts = (
  granted: readonly Permission[],
  asked: readonly Permission[],
  consented: readonly Permission[],
): InstallFacts['grant'] => ({
  permissions: [...granted],
  beyond_manifest: without(granted, asked),
  widened: without(granted, consented),
})

/** Whether consent was given, and for exactly this digest and grant. */
export const consentFacts = (given: ConsentGiven | undefined, wanted: ConsentGiven): InstallFacts['consent'] => ({
  given: given !== undefined,
  covers: given !== undefined && given.digest === wanted.digest && sameSet(given.permissions, wanted.permissions),
})

const CHANNEL_ORDER: readonly VersionRow['channel'][] = ['ga', 'beta', 'draft']

/** The version that is installed where nobody names one: approved, not yanked, of the widest channel, then the highest. */
export const versionToInstall = (versions: readonly VersionRow[]): VersionRow | undefined =>
  versions
    .filter(({ review_state, yanked_at }) => review_state === 'approved' && yanked_at === null)
    .toSorted(
      (a, b) =>
        CHANNEL_ORDER.indexOf(a.channel) - CHANNEL_ORDER.indexOf(b.channel) || semver.rcompare(a.semver, b.semver),
    )[0]

/** Required secrets that are neither set nor given now. */
export const secretsMissing = ({ secrets }: VersionRow['manifest'], available: readonly string[]): string[] =>
  secrets.filter(({ name, required }) => required && !available.includes(name)).map(({ name }) => name)
