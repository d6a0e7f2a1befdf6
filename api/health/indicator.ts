/** `degraded`: works, but less well than it should. `down`: the service can't do its work. */
export type HealthStatus = 'up' | 'degraded' | 'down'

/** What one look found: the status, and facts in snake_case for people and programs. No secrets: everybody may read them. */
export interface Health {
  readonly status: HealthStatus
  readonly [fact: string]: unknown
}

/** One part of the service that can be well or not. A check that rejects or takes too long counts as down. */
export interface HealthIndicator {
  /** Name in the report, in snake_case. */
  readonly name: string
  check(): Promise<Health> | Health
}
