import type { ScimEffect } from '#contract/api/scim.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { Change } from '../provisioning/change.js'
import { onUser } from '../users/user-row.rules.js'
import { isGoing, renamedIn } from './losses.rules.js'
import { findGiving, findHolders, findMembers, type Giving, type Holder, type Member } from './roles-lost.repository.js'

/** So many people are looked at who leave groups that give roles: the log keeps no more of a request either. */
const MOST_NAMED = 1000

/** Tells which roles people lose by a request, for the log: their own where they go, and those of groups that they leave. */
export class RolesLost {
  constructor(private readonly database: Pick<Database, 'inScope'>) {}

  /** Adds to the effects of a change what people lose by it. */
  async look(change: Change): Promise<void> {
    const { effects } = change
    const going = [...new Set(effects.flatMap(({ kind, resource }) => (isGoing(kind) ? [resource.id] : [])))]
    const lost = [...(await this.byGoing(change, going)), ...(await this.byGroups(change, new Set(going)))]
    effects.push(...lost)
  }

  /** Whoever goes loses all that they held. */
  private async byGoing(change: Change, ids: readonly string[]): Promise<ScimEffect[]> {
    if (ids.length === 0) return []
    const holders = await this.before(change, (reader, tenant) => findHolders(reader, tenant, ids))
    return holders.flatMap((holder) => [
      ...rolesLost(holder, holder.own),
      ...holder.by_groups.flatMap((group) => rolesLost(holder, group.roles, group)),
    ])
  }

  /** Whoever leaves a group, or is in one that is called something else, loses what nothing else gives them. */
  private async byGroups(change: Change, going: ReadonlySet<string>): Promise<ScimEffect[]> {
    const { tx, caller, effects } = change
    const left = effects.flatMap(({ kind, resource, member }) =>
      kind === 'member.removed' && member !== undefined ? [{ group: resource.id, person: member }] : [],
    )
    const renamed = renamedIn(effects)
    const named = [...new Set([...left.map(({ group }) => group), ...renamed])]
    if (named.length === 0) return []
    const gave = await this.before(change, (reader, tenant) => findGiving(reader, tenant, named))
    if (gave.length === 0) return []
    const in_renamed = await this.before(change, (reader, tenant) => findMembers(reader, tenant, renamed))
    const poorer = inGiving([...left, ...in_renamed], gave).filter(({ person }) => !going.has(person))
    const people = [...new Set(poorer.map(({ person }) => person))].slice(0, MOST_NAMED)
    const now = new Map((await findHolders(tx, caller.tenantId, people)).map((holder) => [holder.id, holder]))
    return poorer.flatMap(({ person, group }) => {
      const holder = now.get(person)
      if (!holder) return []
      const kept = new Set([...holder.own, ...holder.by_groups.flatMap(({ roles }) => roles)])
      return rolesLost(
        holder,
        group.roles.filter((role) => !kept.has(role)),
        group,
      )
    })
  }

  /** As it was: read outside of the transaction of the request, which has changed it already. */
  private before<T>({ caller }: Change, read: (reader: Queryable, tenantId: string) => Promise<T>): Promise<T> {
    return this.database.inScope({ tenant: caller.tenantId }, (reader) => read(reader, caller.tenantId))
  }
}

/** Each place in one of these groups, once. */
const inGiving = (places: readonly Member[], groups: readonly Giving[]): { person: string; group: Giving }[] => {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const once = new Map(places.map((place) => [`${place.person} ${place.group}`, place]))
  return [...once.values()].flatMap(({ person, group }) => {
    const giving = byId.get(group)
    return giving ? [{ person, group: giving }] : []
  })
}

const rolesLost = (holder: Holder, roles: readonly string[], group?: Giving): ScimEffect[] => {
  if (roles.length === 0) return []
  const detail = roles.join(', ').slice(0, 300)
  const by_group = group && { id: group.id, display: group.name.slice(0, 256) }
  return [onUser('roles.lost', holder, { detail, ...(by_group && { by_group }) })]
}
