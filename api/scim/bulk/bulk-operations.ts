import type { Pseudonyms } from '../../identity/pseudonyms.service.js'
import type { ScimGroups } from '../groups/groups.service.js'
import { createGroup, heldGroup, removeGroup } from '../groups/group-writes.js'
import { findGroup } from '../groups/groups.repository.js'
import { quirksOf, usersOf } from '../http/ask.js'
import { readResource } from '../protocol/read-resource.js'
import { ScimError } from '../protocol/scim-error.js'
import type { Change } from '../provisioning/change.js'
import type { Provisioning } from '../provisioning/provisioning.service.js'
import { changeUser, heldUser, removeUser } from '../users/changed-users.js'
import { createUsers, type Wanted } from '../users/new-users.js'
import { contentOf, type UserRow } from '../users/user-row.rules.js'
import type { ScimUsers } from '../users/users.service.js'
import type { BulkOperation } from './bulk.rules.js'
import { inSavepoint } from './savepoint.repository.js'

/** What one operation came to. */
export interface Outcome {
  readonly status: number
  readonly id: string
  readonly version: string | undefined
}

/** What operations are carried out by. */
export interface BulkMeans {
  readonly provisioning: Pick<Provisioning, 'look' | 'run'>
  readonly users: ScimUsers
  readonly groups: ScimGroups
  readonly pseudonyms: Pseudonyms
}

const created = ({ id, version }: Pick<UserRow, 'id' | 'version'>): Outcome => ({ status: 201, id, version })

/** Somebody to be added, or what is wrong with what is said of them. */
export const wantedOf = ({ caller }: Pick<Change, 'caller'>, { id, data }: BulkOperation): Wanted | ScimError => {
  try {
    return { id, content: contentOf(readResource(data, usersOf({ caller }), quirksOf({ caller }))) }
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
}

/** Adds people at once, however many they are. Of each what it came to. */
export const addPeople = async (
  change: Change,
  operations: readonly BulkOperation[],
  { pseudonyms }: BulkMeans,
): Promise<(Outcome | ScimError)[]> => {
  const read = operations.map((operation) => wantedOf(change, operation))
  const wanted = read.filter((each): each is Wanted => !(each instanceof ScimError))
  const made = await createUsers(change, wanted, pseudonyms)
  const results = new Map(wanted.map(({ id }, index) => [id, made[index]!]))
  return read.map((each) => {
    if (each instanceof ScimError) return each
    const result = results.get(each.id)!
    return result instanceof ScimError ? result : created(result)
  })
}

const onUser = async (change: Change, operation: BulkOperation, { users }: BulkMeans): Promise<Outcome> => {
  const { method, id, version, data } = operation
  const read = { caller: change.caller }
  const next = method === 'PUT' ? users.replaced(read, data) : method === 'PATCH' ? users.patched(read, data) : null
  const held = await heldUser(change, id, version)
  if (next) return { ...created(await changeUser(change, held, next(held))), status: 200 }
  await removeUser(change, held)
  return { status: 204, id, version: undefined }
}

const onGroup = async (change: Change, operation: BulkOperation, { groups }: BulkMeans): Promise<Outcome> => {
  const { method, id, version, data } = operation
  const read = { caller: change.caller }
  if (method === 'DELETE') {
    await removeGroup(change, await heldGroup(change, id, version))
    return { status: 204, id, version: undefined }
  }
  if (method === 'POST') await createGroup(change, { ...groups.wanted(read, data), id })
  else {
    const next = method === 'PUT' ? groups.replaced(read, data) : groups.patched(read, data)
    await groups.change(change, { id, ifMatch: version, next })
  }
  const row = (await findGroup(change.tx, { tenantId: change.caller.tenantId, id, members: false }))!
  return { status: method === 'POST' ? 201 : 200, id, version: row.version }
}

/** Carries one operation out; refused, it leaves nothing behind in the transaction. */
export const operate = async (
  change: Change,
  operation: BulkOperation,
  means: BulkMeans,
): Promise<Outcome | ScimError> => {
  const before = change.effects.length
  try {
    const work = operation.kind === 'User' ? onUser : onGroup
    return await inSavepoint(change.tx, async () => {
      const outcome = await work(change, operation, means)
      // Each by itself, so that what goes beyond a limit is refused and no more.
      await means.provisioning.look(change)
      return outcome
    })
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    change.effects.length = before
    return error
  }
}
