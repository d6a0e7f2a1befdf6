import type { GovernedTransaction } from '../../gate/gate.types.js'
import { sqlStateOf } from '../../platform/database/sql-state.js'
import type { Change } from '../provisioning/change.js'
import { mappingOf } from '../mapping/mapped.js'
import { requireMatch } from '../http/preconditions.rules.js'
import { ScimError } from '../protocol/scim-error.js'
import { endAccess } from '../../identity/leaving.repository.js'
import { requireOwnerLeft } from '../../identity/ownership.repository.js'
import { changedAttributes, onUser, type UserContent, type UserRow } from './user-row.rules.js'
import { deleteUser, findByAddress, findClash, findUsers, updatePrincipal, updateUser } from './users.repository.js'
import { leaveGroups } from '../groups/members.repository.js'
import { onMember } from '../groups/group-row.rules.js'
import { isUuid } from '../http/ids.rules.js'
import { requireUnique } from './unique-values.js'

/** Raised for an id that names nobody. */
export const noUser = (id: string): ScimError => new ScimError(404, `There is no user ${id.slice(0, 100)}`)

/** Somebody who is to be changed, kept from others meanwhile. Raises 404, and 412 where they are not as `ifMatch` says. */
export const heldUser = async ({ tx, caller }: Change, id: string, ifMatch: string | undefined): Promise<UserRow> => {
  const [row] = isUuid(id)
    ? await findUsers(tx, { tenantId: caller.tenantId, ids: [id], groups: false, lock: true })
    : []
  if (!row) throw noUser(id)
  requireMatch(ifMatch, row.version)
  return row
}

/** The address that the person's own row is to have: the best of theirs that is nobody else's. */
const emailFor = async ({ tx }: Change, row: UserRow, [address]: readonly string[]): Promise<string | null> => {
  if (address === undefined) return null
  if (row.email?.toLowerCase() === address.toLowerCase()) return row.email
  const others = await findByAddress(tx, [address])
  return others.some(({ id }) => id !== row.id) ? null : address
}

const LAST_OWNER = 'GH060'

/** Raises 403 where the organisation would be left without an owner: here, so that of many only that one is refused. */
const keepOwner = async (tx: GovernedTransaction, { user_name }: UserRow): Promise<void> =>
  requireOwnerLeft(tx).catch((error: unknown) => {
    if (sqlStateOf(error) !== LAST_OWNER) throw error
    throw new ScimError(
      403,
      `${user_name} is the last active owner of the organisation: have somebody else made an owner first`,
    )
  })

/** Ends all by which somebody acts here, and says so. Raises 403 for the last owner. */
export const letGo = async ({ tx, effects }: Change, row: UserRow): Promise<void> => {
  await keepOwner(tx, row)
  const { sessions, keys, tokens, accounts } = await endAccess(tx, {
    ...row,
    because: 'let go by the identity provider',
  })
  if (sessions > 0) effects.push(onUser('sessions.ended', row, { detail: `${sessions}` }))
  if (keys + tokens > 0)
    effects.push(onUser('keys.revoked', row, { detail: `${keys} API keys, ${tokens} runtime tokens` }))
  for (const { id, name } of accounts)
    effects.push({ kind: 'service_account.disabled', resource: { type: 'User', id, display: name } })
}

/** Gives somebody other content: what is the same is not written. Raises `uniqueness`. */
export const changeUser = async (change: Change, row: UserRow, content: UserContent): Promise<UserRow> => {
  const { tx, caller, effects } = change
  const { tenantId } = caller
  const active = content.active ?? row.active
  const changed = changedAttributes({ ...row, active: row.active }, content)
  if (changed.length === 0 && active === row.active) return row
  if (changed.includes('userName') || changed.includes('externalId')) {
    const field = await findClash(tx, { ...content, tenantId, id: row.id })
    if (field) throw new ScimError(409, `${field} is somebody else's already`, 'uniqueness')
  }
  await requireUnique(change, { id: row.id, attributes: content.attributes, before: row.attributes })
  const mapping = await mappingOf(change)
  const said = mapping({ ...content, active })
  if (changed.length > 0) {
    await updateUser(tx, row.id, { ...content, mapped: said.fields })
    effects.push(onUser('user.changed', { ...row, user_name: content.user_name }, { changed: changed.slice(0, 200) }))
  }
  const { name } = said
  const email = await emailFor(change, row, said.addresses)
  if (name !== row.name || email !== row.email || active !== row.active)
    await updatePrincipal(tx, { id: row.id, name, email, active })
  if (active !== row.active) effects.push(onUser(active ? 'user.reactivated' : 'user.deactivated', row))
  if (row.active && !active) await letGo(change, row)
  return (await findUsers(tx, { tenantId, ids: [row.id], groups: true }))[0]!
}

/** Takes somebody away for good, out of their groups and with all by which they acted here. */
export const removeUser = async (change: Change, row: UserRow): Promise<void> => {
  const { tx, effects } = change
  for (const group of await leaveGroups(tx, row.id)) effects.push(onMember('member.removed', group, row.id))
  await deleteUser(tx, row.id)
  await letGo(change, row)
  effects.push(onUser('user.deleted', row))
}
