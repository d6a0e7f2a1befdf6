import type { Whoami } from '#contract/api/identity.js'
import { signIn } from './ground/browser.js'
import type { WalkGround } from './ground/walk-ground.js'
import { succeeded, type Credential, type Observed } from './observer.js'

/** At what generated requests are aimed, and by whom. */
export interface Aim {
  /** Who asks, by operation. */
  readonly credentials: Readonly<Record<string, Credential>>
  /** What stood in paths that were answered with success, by operation and name: a part of all requests tries these. */
  readonly values: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Ids of whoever asks, and of their keys: what would end them is aimed at nobody instead. */
  readonly spared: readonly string[]
}

/** As many as a path is tried with; the newest ones are most likely still there. */
const MAX_VALUES = 20

const valuesOf = (seen: readonly Observed[]): Aim['values'] => {
  const values: Record<string, Record<string, string[]>> = {}
  for (const { operation, params } of seen.filter(succeeded))
    for (const [name, value] of Object.entries(params)) {
      const mine = ((values[operation.id] ??= {})[name] ??= [])
      if (!mine.includes(value)) mine.push(value)
    }
  for (const byName of Object.values(values))
    for (const [name, all] of Object.entries(byName)) byName[name] = all.slice(-MAX_VALUES)
  return values
}

/** Whoever was answered with success last; a browser's session is begun anew for each operation, since walks end some. */
const credentialsOf = async (ground: WalkGround, seen: readonly Observed[]): Promise<Aim['credentials']> => {
  const found: Record<string, Credential> = {}
  for (const one of seen.filter(succeeded)) if (one.credential) found[one.operation.id] = one.credential
  for (const [id, credential] of Object.entries(found))
    if ('cookie' in credential) {
      const { cookie, csrf } = await signIn(ground, 'acme_owner')
      found[id] = { cookie: `__Host-gatehouse=${cookie}`, 'x-csrf-token': csrf }
    }
  // A switch that stops everything would stop the run: whoever asks may stop their own organisation only.
  const authorization = `Bearer ${ground.world.key('globex_admin')}`
  return { ...found, ...('kills.engage' in found && { 'kills.engage': { authorization } }) }
}

const idsOf = async ({ url }: WalkGround, credential: Credential): Promise<string[]> => {
  const response = await fetch(new URL('/v1/whoami', url), { headers: credential })
  if (!response.ok) return []
  const { id, tenant, key, session } = (await response.json()) as Whoami
  return [id, tenant.id, ...(key ? [key.id] : []), ...(session ? [session.id] : [])]
}

/** What the walks found out, for requests that are generated. */
export const aimOf = async (ground: WalkGround, seen: readonly Observed[]): Promise<Aim> => {
  const credentials = await credentialsOf(ground, seen)
  const distinct = [...new Map(Object.values(credentials).map((one) => [JSON.stringify(one), one])).values()]
  const spared = await Promise.all(distinct.map((one) => idsOf(ground, one)))
  return { credentials, values: valuesOf(seen), spared: [...new Set(spared.flat())] }
}
