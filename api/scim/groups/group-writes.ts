import { randomUUIDv7 } from 'node:crypto'
import { isUuid } from '../http/ids.rules.js'
import { requireMatch } from '../http/preconditions.rules.js'
import type { MemberStep } from '../protocol/patch/members.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import type { Change } from '../provisioning/change.js'
import { onGroup, onMember, type GroupContent, type GroupRow } from './group-row.rules.js'
import { deleteGroup, findGroup, findGroupClash, insertGroup, updateGroup } from './groups.repository.js'
import { addMembers, findStrangers, keepMembers, removeMembers } from './members.repository.js'

/** Raised for an id that names no group. */
export const noGroup = (id: string): ScimError => new ScimError(404, `There is no group ${id.slice(0, 100)}`)

/** A group that is to be changed, kept from others meanwhile. Raises 404, and 412 where it is not as `ifMatch` says. */
export const heldGroup = async ({ tx, caller }: Change, id: string, ifMatch: string | undefined): Promise<GroupRow> => {
  const { tenantId } = caller
  const row = isUuid(id) ? await findGroup(tx, { tenantId, id, members: false, lock: true }) : undefined
  if (!row) throw noGroup(id)
  requireMatch(ifMatch, row.version)
  return row
}

/** Entra finds groups by their name, so there they have one each (its validator asks for 409). */
const requireOwnName = async ({ tx, caller }: Change, id: string, content: GroupContent): Promise<void> => {
  const field = await findGroupClash(tx, { ...content, tenantId: caller.tenantId, id })
  if (field === 'externalId' || (field === 'displayName' && caller.scim.quirks === 'entra'))
    throw new ScimError(
      409,
      `Another group has this ${field} already: look it up by a filter and change it instead`,
      'uniqueness',
    )
}

const requirePeople = async ({ tx, caller }: Change, ids: readonly string[]): Promise<void> => {
  const none = ids.find((id) => !isUuid(id))
  if (none !== undefined)
    throw refuse('invalidValue', `${JSON.stringify(none.slice(0, 100))} is no id of a user: add the user first`)
  const [stranger] = await findStrangers(tx, caller.tenantId, ids)
  if (stranger?.is_group)
    throw refuse(
      'invalidValue',
      `${stranger.id} is a group: groups have people as members here, so add its people instead`,
    )
  if (stranger) throw refuse('invalidValue', `There is no user ${stranger.id}: add the user before the membership`)
}

/** Adds who is not in a group yet, and says who that was. Raises `invalidValue` for who is nobody's id here. */
const join = async (change: Change, group: GroupRow, ids: readonly string[]): Promise<number> => {
  if (ids.length === 0) return 0
  const valid = ids.every(isUuid)
  const added = valid
    ? await addMembers(change.tx, { groupId: group.id, tokenId: change.caller.scim.tokenId }, ids)
    : []
  if (added.length < ids.length) await requirePeople(change, ids)
  change.effects.push(...added.map((id) => onMember('member.added', group, id)))
  return added.length
}

const leave = (change: Change, group: GroupRow, removed: readonly string[]): number => {
  change.effects.push(...removed.map((id) => onMember('member.removed', group, id)))
  return removed.length
}

/** Carries out one step on the members; how many came or went. */
const step = async (change: Change, group: GroupRow, each: MemberStep): Promise<number> => {
  const { tx } = change
  switch (each.kind) {
    case 'add':
      return join(change, group, [...new Set(each.ids)])
    case 'remove':
      return leave(change, group, await removeMembers(tx, group.id, each.ids.filter(isUuid)))
    case 'replace': {
      const ids = [...new Set(each.ids)]
      await requirePeople(change, ids)
      const gone = leave(change, group, await keepMembers(tx, group.id, ids))
      return gone + (await join(change, group, ids))
    }
    case 'clear':
      return leave(change, group, await keepMembers(tx, group.id, []))
  }
}

/** A group with what it is to be, and what becomes of its members. */
export interface GroupChange {
  readonly row: GroupRow
  readonly content: GroupContent
  readonly steps: readonly MemberStep[]
}

const changedIn = (before: GroupContent, after: GroupContent): string[] => [
  ...(before.display_name === after.display_name ? [] : ['displayName']),
  ...(before.external_id === after.external_id ? [] : ['externalId']),
  ...(JSON.stringify(before.attributes) === JSON.stringify(after.attributes) ? [] : ['attributes']),
]

/** Changes a group and its members, by as many rows as change. Raises `uniqueness` and `invalidValue`. */
export const changeGroup = async (change: Change, { row, content, steps }: GroupChange): Promise<void> => {
  const changed = changedIn(row, content)
  if (changed.length > 0) await requireOwnName(change, row.id, content)
  if (changed.length > 0) change.effects.push(onGroup('group.changed', row, { changed }))
  let moved = 0
  // oxlint-disable-next-line no-await-in-loop -- In their order: a later step can undo an earlier one.
  for (const each of steps) moved += await step(change, row, each)
  if (changed.length > 0 || moved > 0)
    await updateGroup(change.tx, { id: row.id, tokenId: change.caller.scim.tokenId }, content)
}

/** Adds a group with its members. Raises `uniqueness` and `invalidValue`. */
export const createGroup = async (
  change: Change,
  { content, members, id = randomUUIDv7() }: { content: GroupContent; members: readonly string[]; id?: string },
): Promise<string> => {
  await requireOwnName(change, id, content)
  const { tenantId, scim } = change.caller
  await insertGroup(change.tx, { id, tokenId: scim.tokenId }, content)
  const row = (await findGroup(change.tx, { tenantId, id, members: false }))!
  change.effects.push(onGroup('group.created', row))
  await join(change, row, members)
  return id
}

/** Takes a group away, and everybody out of it before. */
export const removeGroup = async (change: Change, row: GroupRow): Promise<void> => {
  leave(change, row, await keepMembers(change.tx, row.id, []))
  await deleteGroup(change.tx, row.id)
  change.effects.push(onGroup('group.deleted', row))
}
