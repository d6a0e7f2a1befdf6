import type { Slots } from '#runtime/slots/slots.js'
import type { HealthIndicator } from '../indicator.js'

/** How busy the slots are. Calls that wait for a slot are late, not lost. */
export const slotsIndicator = (slots: Pick<Slots, 'snapshot'>): HealthIndicator => ({
  name: 'slots',
  check: () => {
    const found = slots.snapshot()
    return { status: found.busy === found.size && found.waiting > 0 ? 'degraded' : 'up', ...found }
  },
})
