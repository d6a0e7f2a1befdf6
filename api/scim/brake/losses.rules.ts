import type { ScimEffect } from '#contract/api/scim.js'
import type { ScimLoss } from '#contract/vocabulary.js'

/** A group as it was before a request. */
export interface GroupBefore {
  readonly id: string
  readonly display_name: string
  readonly external_id: string | null
  readonly attributes: object
  /** Most of its members administer something, or a rule gives them such roles. */
  readonly privileged: boolean
  /** Roles of those who administer that rules give its members. */
  readonly given: readonly string[]
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
  /** The privileged group that is left, or gives nothing any more. */
  readonly group: { readonly id: string; readonly name: string } | null
}

const LEAVES = new Map<ScimEffect['kind'], ScimLoss>([
  ['user.deactivated', 'deactivated'],
  ['user.deleted', 'deleted'],
])

/** Whether somebody loses access by such a change. */
export const isGoing = (kind: ScimEffect['kind']): boolean => LEAVES.has(kind)

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

const FOUND_BY = ['displayName', 'externalId']

/** Ids of groups that are called something else now, so that another rule may be about them, or none. */
export const renamedIn = (effects: readonly ScimEffect[]): string[] => [
  ...new Set(
    effects.flatMap(({ kind, resource, changed = [] }) =>
      kind === 'group.changed' && changed.some((name) => FOUND_BY.includes(name)) ? [resource.id] : [],
    ),
  ),
]

/** Who is in a group that gives less than before. */
export interface Poorer {
  readonly group_id: string
  readonly member_id: string
}

/** What people lose by a request: access that they had, places in privileged groups, and what such groups gave them. */
export const lossesOf = (
  effects: readonly ScimEffect[],
  { people, groups }: Before,
  poorer: readonly Poorer[] = [],
): Loss[] => {
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
  for (const { group_id, member_id } of poorer) {
    if (gone.has(member_id) || losses.has(`${member_id} ${group_id}`) || !people.get(member_id)?.active) continue
    const group = { id: group_id, name: groups.get(group_id)!.display_name.slice(0, 256) }
    losses.set(`${member_id} ${group_id}`, { person: member_id, name: nameOf(member_id), what: 'lost_roles', group })
  }
  return [...losses.values()]
}

/** Whether somebody keeps access, and loses a privileged group alone. */
export const staysIn = ({ what }: Pick<Loss, 'what'>): boolean => what === 'left_group' || what === 'lost_roles'

/** Whether a loss is one of somebody in a privileged group. */
export const isPrivileged = ({ person, what }: Loss, { people, groups }: Before): boolean =>
  staysIn({ what }) || (people.get(person)?.groups ?? []).some((id) => groups.get(id)?.privileged === true)

/** How many people these are about. */
export const peopleIn = (losses: readonly Pick<Loss, 'person'>[]): number =>
  new Set(losses.map(({ person }) => person)).size
