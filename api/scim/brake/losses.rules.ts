import type { ScimEffect } from '#contract/api/scim.js'
import type { ScimLoss } from '#contract/vocabulary.js'

/** A group as it was before a request. */
export interface GroupBefore {
  readonly id: string
  readonly display_name: string
  readonly external_id: string | null
  readonly attributes: object
  /** Most of its members administer something. */
  readonly privileged: boolean
}

/** Somebody as they were before a request. What a provider said of them is null where none keeps them. */
export interface PersonBefore {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly active: boolean
  readonly roles: readonly string[]
  readonly said: { readonly user_name: string; readonly external_id: string | null; readonly attributes: object } | null
  /** Ids of their groups. */
  readonly groups: readonly string[]
}

/** How things were before a request, as far as it matters. */
export interface Before {
  readonly people: ReadonlyMap<string, PersonBefore>
  readonly groups: ReadonlyMap<string, GroupBefore>
}

/** What one person loses by a request. */
export interface Loss {
  readonly person: string
  readonly name: string
  readonly what: ScimLoss
  /** The privileged group that is left. */
  readonly group: { readonly id: string; readonly name: string } | null
}

const LEAVES = new Map<ScimEffect['kind'], ScimLoss>([
  ['user.deactivated', 'deactivated'],
  ['user.deleted', 'deleted'],
])

/** Ids that effects name, of whom it has to be known how they were before. */
export const namedIn = (effects: readonly ScimEffect[]) => ({
  people: [
    ...new Set(
      effects.flatMap(({ kind, resource, member }) => {
        if (LEAVES.has(kind)) return [resource.id]
        return kind === 'member.removed' && member !== undefined ? [member] : []
      }),
    ),
  ],
  left: [...new Set(effects.flatMap(({ kind, resource }) => (kind === 'member.removed' ? [resource.id] : [])))],
  goes: effects.some(({ kind }) => LEAVES.has(kind)),
})

/** What people lose by a request: access that they had, and places in privileged groups. */
export const lossesOf = (effects: readonly ScimEffect[], { people, groups }: Before): Loss[] => {
  const losses = new Map<string, Loss>()
  const gone = new Set<string>()
  const nameOf = (id: string): string => (people.get(id)?.said?.user_name ?? people.get(id)?.name ?? id).slice(0, 256)
  for (const { kind, resource } of effects) {
    const what = LEAVES.get(kind)
    // Whoever came by this very request, or had no access any more, loses nothing.
    if (!what || !people.get(resource.id) || (what === 'deleted' && !people.get(resource.id)!.active)) continue
    losses.set(`${what} ${resource.id}`, { person: resource.id, name: nameOf(resource.id), what, group: null })
    gone.add(resource.id)
  }
  for (const { kind, resource, member } of effects) {
    if (kind !== 'member.removed' || member === undefined || gone.has(member)) continue
    if (!groups.get(resource.id)?.privileged || !people.get(member)?.active) continue
    const group = { id: resource.id, name: groups.get(resource.id)!.display_name.slice(0, 256) }
    losses.set(`${member} ${group.id}`, { person: member, name: nameOf(member), what: 'left_group', group })
  }
  return [...losses.values()]
}

/** Whether a loss is one of somebody in a privileged group. */
export const isPrivileged = ({ person, what }: Loss, { people, groups }: Before): boolean =>
  what === 'left_group' || (people.get(person)?.groups ?? []).some((id) => groups.get(id)?.privileged === true)

/** How many people these are about. */
export const peopleIn = (losses: readonly Pick<Loss, 'person'>[]): number =>
  new Set(losses.map(({ person }) => person)).size
