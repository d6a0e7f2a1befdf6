import type { HealthReport } from './health.service.js'
import type { HealthStatus } from './indicator.js'

/** Whether this instance should get requests, and what keeps it from that. */
export interface Readiness {
  readonly ready: boolean
  readonly status: HealthReport['status']
  /** Names of the indicators that are down. */
  readonly down: readonly string[]
  /** Names of those that work less well; they don't keep the service from being ready. */
  readonly degraded: readonly string[]
}

/** Ready: nothing is down, and the service isn't stopping. */
export const readiness = ({ status, details }: HealthReport): Readiness => {
  const named = (wanted: HealthStatus): string[] =>
    Object.entries(details).flatMap(([name, found]) => (found.status === wanted ? [name] : []))
  return {
    ready: status === 'ok' || status === 'degraded',
    status,
    down: named('down'),
    degraded: named('degraded'),
  }
}
