import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Permission } from '#contract/permissions.js'
import { readLaidDown } from '../documents/documents.repository.js'
import {
  changesAt,
  dailyLimit,
  installLimits,
  listedIn,
  rateLimits,
  type Looked,
} from '../documents/laid-down.rules.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { VersionRow } from '../registry/catalogue.repository.js'
import type { CallTarget } from './call-target.js'
import { installedNames } from './installs.repository.js'

const lookedUp = (version: VersionRow, permissions: readonly Permission[]): Looked => ({
  extension: version.extension,
  version: version.semver,
  publisher: { id: version.publisher_id, slug: version.publisher_slug },
  categories: version.manifest.categories,
  permissions,
})

/** What somebody would bring in, and where. */
interface Bringing {
  readonly tenantId: string
  readonly version: VersionRow
  readonly granted: readonly Permission[]
}

/** What an organisation laid down about an install, with how many installs it had when that was looked up. */
export interface InstallLaidDown extends Pick<DecisionFacts<'install'>, 'listed' | 'limits'> {
  readonly installs: number
}

/** Looks up what an organisation laid down about bringing in a version. */
export const laidDownForInstall = async (
  tx: Queryable,
  { tenantId, version, granted }: Bringing,
): Promise<InstallLaidDown> => {
  const now = Date.now()
  const laid = await readLaidDown(tx, tenantId)
  const installed = await installedNames(tx, tenantId)
  return {
    listed: listedIn(laid, lookedUp(version, granted), now),
    limits: installLimits(laid, installed, { extension: version.extension, now }),
    installs: installed.length,
  }
}

/** Looks up what an organisation laid down about calls of what it has installed, and until when that holds. */
export const laidDownForCalls = async (
  tx: Queryable,
  { tenantId, version, granted }: Bringing,
  now: number,
): Promise<Pick<CallTarget, 'quota' | 'rates' | 'until'> & Pick<CallTarget['facts'], 'listed'>> => {
  const laid = await readLaidDown(tx, tenantId)
  const at = { extension: version.extension, now }
  return {
    listed: listedIn(laid, lookedUp(version, granted), now),
    quota: dailyLimit(laid, at),
    rates: rateLimits(laid, at),
    until: changesAt(laid, now),
  }
}
