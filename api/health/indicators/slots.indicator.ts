import type { Slots, SlotsSnapshot } from '#runtime/slots/slots.js'
import type { HealthIndicator, HealthStatus } from '../indicator.js'

/**
 * How busy the slots are, and how many runners are heard: the log names them. Calls that wait for a slot are late, not
 * lost. Without any runner calls are refused and all else works, so no instance is worse off than another.
 */
export const slotsIndicator = (slots: Pick<Slots, 'snapshot'>): HealthIndicator => ({
  name: 'slots',
  check: () => {
    const snapshot = slots.snapshot()
    const { runners, ...found } = snapshot
    return { status: statusOf(snapshot), ...found, ...(runners && { runners: countsOf(runners) }) }
  },
})

type Runners = NonNullable<SlotsSnapshot['runners']>

const statusOf = ({ busy, size, waiting, runners = [] }: SlotsSnapshot): HealthStatus =>
  runners.some(({ state }) => state !== 'ready') || (busy === size && waiting > 0) ? 'degraded' : 'up'

const countsOf = (runners: Runners): object => {
  const of = (wanted: Runners[number]['state']): number => runners.filter(({ state }) => state === wanted).length
  const walls = new Set(runners.flatMap(({ wall }) => wall ?? []))
  return { ready: of('ready'), draining: of('draining'), lost: of('lost'), walls: [...walls] }
}
