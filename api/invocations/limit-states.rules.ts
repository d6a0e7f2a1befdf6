import type { QuotaState } from './call-quota.js'
import type { RateState } from './call-rate.js'

/** Where one limit stands that a call counts against. */
export interface LimitState {
  /** Names the limit to callers, such as `day` or `minute-key`. */
  readonly name: string
  readonly limit: number
  /** Calls before this one. */
  readonly used: number
  /** Length of the window, in seconds. */
  readonly windowS: number
  /** Seconds until it begins anew. */
  readonly resetsInS: number
}

const DAY_S = 86_400
const MINUTE_S = 60

/** Every limit that a call counts against, the quota first. */
export const limitStates = (quota: QuotaState | null, rates: readonly RateState[]): LimitState[] => [
  ...(quota ? [{ name: 'day', limit: quota.limit, used: quota.used, windowS: DAY_S, resetsInS: quota.resetsInS }] : []),
  ...rates.map(({ per, limit, used, resetsInS }) => ({
    name: per === 'install' ? 'minute' : `minute-${per}`,
    ...{ limit, used, windowS: MINUTE_S, resetsInS },
  })),
]

/** The limit with the least room; null where there is none. */
export const tightest = <State extends { readonly limit: number; readonly used: number }>(
  states: readonly State[],
): State | null =>
  states.reduce<State | null>(
    (least, each) => (least && least.limit - least.used <= each.limit - each.used ? least : each),
    null,
  )

const left = ({ limit, used }: LimitState): number => Math.max(0, limit - used - 1)

/**
 * What is left of each limit after this call: `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-10,
 * and for clients of its earlier versions the three fields of 03, which tell of the limit with the least room.
 */
export const limitHeaders = (states: readonly LimitState[]): Record<string, string> => {
  const least = tightest(states)
  if (!least) return {}
  return {
    'ratelimit-policy': states.map(({ name, limit, windowS }) => `"${name}";q=${limit};w=${windowS}`).join(', '),
    ratelimit: states.map((state) => `"${state.name}";r=${left(state)};t=${state.resetsInS}`).join(', '),
    'ratelimit-limit': String(least.limit),
    'ratelimit-remaining': String(left(least)),
    'ratelimit-reset': String(least.resetsInS),
  }
}

/** Seconds until no limit is exceeded any more that is now. */
export const retryAfter = (states: readonly LimitState[]): number =>
  Math.max(1, ...states.filter(({ limit, used }) => used >= limit).map(({ resetsInS }) => resetsInS))
