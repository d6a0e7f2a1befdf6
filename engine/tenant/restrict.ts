import type { Answer } from '#contract/decisions/answer.js'
import type { Restriction } from '#contract/decisions/restrictions.js'

type Demand = NonNullable<Answer['approval']>
type Hold = Extract<Restriction, { effect: 'hold' }>

/** Most rules and reasons that an answer may name; the platform's own come first. */
const MAX_NAMED = 100

/**
 * Puts a tenant's restrictions on top of the platform's answer: deny beats hold beats allow, obligations stay, and a
 * denial of the platform stays as it is. Of a hold the platform's demand stands; its quorum may rise and its time shrink.
 * @returns an answer that is never wider than `platform`; the same object where nothing is added
 */
export function restrict(platform: Answer, restrictions: readonly Restriction[]): Answer {
  if (platform.outcome === 'deny' || restrictions.length === 0) return platform
  const sorted = restrictions.toSorted((a, b) => compareIds(a.reason, b.reason))
  const holds = sorted.filter((each): each is Hold => each.effect === 'hold')
  const denied = holds.length < sorted.length
  const ids = [...new Set(sorted.map(({ reason }) => reason))]
  return {
    outcome: denied ? 'deny' : 'hold',
    rules: [...platform.rules, ...ids].slice(0, MAX_NAMED),
    reasons: [...platform.reasons, ...ids.map((id) => ({ id }))].slice(0, MAX_NAMED),
    obligations: platform.obligations,
    approval: denied ? null : strictest([...(platform.approval ? [platform.approval] : []), ...demandsOf(holds)]),
    ...(platform.waived && { waived: platform.waived }),
  }
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const demandsOf = (holds: readonly Hold[]): Demand[] => holds.map(({ approval }) => approval)

/** The first demand, with the highest quorum and the shortest time of all. */
const strictest = (demands: readonly Demand[]): Demand => ({
  ...demands[0]!,
  quorum: Math.max(...demands.map(({ quorum }) => quorum)),
  expires_in_s: Math.min(...demands.map(({ expires_in_s }) => expires_in_s)),
})
