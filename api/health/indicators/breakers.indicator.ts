import type { Breakers } from '../../invocations/breakers.js'
import type { HealthIndicator } from '../indicator.js'

/** How many installs are kept from failing again and again. It is they that are unwell, and not the service. */
export const breakersIndicator = (breakers: Pick<Breakers, 'counts'>): HealthIndicator => ({
  name: 'circuit_breakers',
  check: () => ({ status: 'up', ...breakers.counts() }),
})
