import type { Wall } from '#runtime/launcher/probe.js'
import type { HealthIndicator } from '../indicator.js'

/** Which wall foreign code runs behind, as the probe inside a slot found it at the start. */
export const isolationIndicator = (wall: Pick<Wall, 'name' | 'strength' | 'leaks'>): HealthIndicator => ({
  name: 'isolation',
  check: () => ({
    status: wall.strength === 'namespaces' ? 'up' : 'degraded',
    wall: wall.name,
    strength: wall.strength,
    leaks: wall.leaks,
  }),
})
