import { Uuid } from '#contract/primitives.js'

/** Whose rows a transaction sees. PostgreSQL holds it by row-level security; without a scope no row is seen. */
export type Scope = { tenant: string } | { publisher: string } | { platform: true }

/** A setting of one transaction, such as `gatehouse.tenant`. */
export type Setting = readonly [name: `gatehouse.${string}`, value: string]

/** The settings that put a scope into force. */
export function scopeSettings(scope: Scope): Setting[] {
  if ('tenant' in scope) return [['gatehouse.tenant', scope.tenant]]
  if ('publisher' in scope) return [['gatehouse.publisher', scope.publisher]]
  return [['gatehouse.scope', 'platform']]
}

/**
 * One simple query that begins a transaction and puts settings into force, so that both cost one round trip.
 * Only UUIDs and the word `platform` can become part of it; anything else is a fault of the caller and throws.
 */
export function beginStatement(mode: 'READ ONLY' | 'READ WRITE', settings: readonly Setting[]): string {
  const assignments = settings.map(([name, value]) => {
    if (value !== 'platform' && !Uuid.safeParse(value).success) throw new TypeError(`${name} must be a UUID`)
    return `set_config('${name}', '${value}', true)`
  })
  return [`BEGIN ${mode}`, ...(assignments.length > 0 ? [`SELECT ${assignments.join(', ')}`] : [])].join('; ')
}
