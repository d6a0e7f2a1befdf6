import type { Tenant } from '#contract/api/identity.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { AdminFacts } from '../../gate/admin-facts.rules.js'

type OrganisationFacts = NonNullable<AdminFacts['organisation']>

const secondsUntil = (moment: string | null | undefined, now: number): number | null =>
  moment === null || moment === undefined ? null : Math.floor((Date.parse(moment) - now) / 1000)

/**
 * What the gate has to know of an organisation before its state changes.
 * @param now milliseconds since the epoch
 * @param others active owners beside whoever asks, and the votes on it; both matter to its deletion alone
 */
export const organisationFacts = (
  { id, status, closing, sandbox_until }: Tenant,
  now: number,
  { other_owners = 0, votes = [] }: Partial<Pick<OrganisationFacts, 'other_owners' | 'votes'>> = {},
): OrganisationFacts => ({
  status,
  platforms_own: id === PLATFORM_TENANT_ID,
  by_platform: closing?.by_platform ?? false,
  closes_in_s: secondsUntil(closing?.until, now),
  sandbox_left_s: secondsUntil(sandbox_until, now),
  other_owners,
  votes,
})

/** An organisation as what is acted on. */
export const organisationResource = (id: string) => ({ kind: 'tenant', id, tenant_id: id, publisher_id: null })
