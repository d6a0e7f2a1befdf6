import { ACTION_IDS, actionEntry, type Action } from '#contract/actions.js'
import type { HeldRole } from '#contract/api/privacy.js'
import { ROLES, type Role, type Scope, type WorkspaceRole } from '#contract/scopes.js'
import { scopesInWorkspace } from '../identity/scopes.rules.js'

const DAY_MS = 86_400_000

/** A role that somebody holds, and what gave it. */
export interface GivenRole {
  readonly principal_id: string
  readonly role: string
  readonly kind: HeldRole['kind']
  readonly since: string | null
  /** The action that was decided, or the group that gives it. */
  readonly rule: string | null
  readonly actor: string | null
  readonly decision_id: string | null
  /** Where alone it counts; null where that is the whole organisation. */
  readonly workspace: HeldRole['workspace']
}

/** What a role gives now; `custom` are the organisation's own. */
export const scopesOfRole = (
  { role, kind, workspace }: Pick<GivenRole, 'role' | 'kind' | 'workspace'>,
  custom: ReadonlyMap<string, readonly Scope[]>,
): Scope[] => {
  if (workspace !== null) return scopesInWorkspace([role as WorkspaceRole])
  const own = kind === 'role' ? undefined : custom.get(role)
  const shipped = kind !== 'custom_role' && Object.hasOwn(ROLES, role) ? ROLES[role as Role] : []
  return [...(own ?? shipped)]
}

/** When a person's deeds last took each scope: the newest moment, by scope. */
export const lastUseOfScopes = (
  deeds: readonly { readonly action: string; readonly at: string }[],
): ReadonlyMap<Scope, string> => {
  const used = new Map<Scope, string>()
  for (const { action, at } of deeds) {
    const scope = (ACTION_IDS as readonly string[]).includes(action) ? actionEntry(action as Action).scope : null
    if (scope !== null && at > (used.get(scope) ?? '')) used.set(scope, at)
  }
  return used
}

/** The newest of some moments, as they are written; null where there is none. */
export const newest = (moments: readonly (string | null | undefined)[]): string | null => {
  const known = moments.filter((moment): moment is string => typeof moment === 'string')
  return known.length === 0 ? null : known.reduce((one, other) => (one > other ? one : other))
}

/**
 * Whether something lies unused: not used within so many days before `now` (milliseconds since the epoch), though it was
 * there all that while. What nobody knows the beginning of was there.
 */
export const isUnused = (
  { since, lastUsed }: { since: string | null; lastUsed: string | null },
  { now, days }: { now: number; days: number },
): boolean => {
  const cutoff = now - days * DAY_MS
  const before = (moment: string | null): boolean => moment === null || Date.parse(moment) < cutoff
  return before(since) && before(lastUsed)
}
