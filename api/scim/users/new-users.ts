import { randomUUIDv7 } from 'node:crypto'
import type { Pseudonyms } from '../../identity/pseudonyms.service.js'
import { foundBy, mappingOf } from '../mapping/mapped.js'
import { AskAgain } from '../provisioning/ask-again.js'
import type { Change } from '../provisioning/change.js'
import { ScimError } from '../protocol/scim-error.js'
import { letGo } from './changed-users.js'
import { requireUnique, uniqueClashes } from './unique-values.js'
import { onUser, type UserContent, type UserRow } from './user-row.rules.js'
import {
  findByAddress,
  findClash,
  findUsers,
  insertAdopted,
  insertUsers,
  updatePrincipal,
  type Existing,
  type NewUser,
} from './users.repository.js'

/** Somebody to be added, under an id that is given already. */
export interface Wanted {
  readonly id: string
  readonly content: UserContent
}

export const wantedUser = (content: UserContent): Wanted => ({ id: randomUUIDv7(), content })

const lower = (address: string): string => address.toLowerCase()

/** Who stands under an address of theirs and is kept by no connection. */
const strangers = (existing: readonly Existing[], addresses: readonly string[]): Existing[] =>
  existing.filter(({ address, managed }) => !managed && addresses.some((each) => lower(each) === address))

const clash = async ({ tx, caller }: Change, id: string, content: UserContent): Promise<ScimError> => {
  const field = await findClash(tx, { ...content, tenantId: caller.tenantId, id })
  return new ScimError(
    409,
    `${field ?? 'userName'} ${JSON.stringify(field === 'externalId' ? content.external_id : content.user_name)} is somebody else's already: look them up by a filter and change them instead`,
    'uniqueness',
  )
}

/**
 * Adds people, in as many statements for a hundred as for one. Of each the row, or why they were not added: `uniqueness` where
 * their userName or externalId is another's, AskAgain where somebody is here already under their address.
 */
export const createUsers = async (
  change: Change,
  wanted: readonly Wanted[],
  pseudonyms: Pseudonyms,
): Promise<(UserRow | ScimError)[]> => {
  const { tx, effects } = change
  const { said, existing } = await foundBy(change, async (mapping) => {
    const said = wanted.map(({ content }) => mapping(content))
    return {
      said,
      existing: await findByAddress(
        tx,
        said.flatMap((each) => each.addresses),
      ),
    }
  })
  const addresses = said.map((each) => each.addresses)
  const taken = new Set(existing.map(({ address }) => address))
  const here = addresses.map((each) => strangers(existing, each))
  const clashes = await uniqueClashes(
    change,
    wanted.map(({ id, content }) => ({ id, attributes: content.attributes })),
  )
  const fresh: NewUser[] = []
  for (const [index, { id, content }] of wanted.entries()) {
    if (here[index]!.length > 0 || clashes.has(id)) continue
    const address = addresses[index]![0]
    const email = address !== undefined && !taken.has(lower(address)) ? address : null
    if (email !== null) taken.add(lower(email))
    const { name, fields: mapped } = said[index]!
    fresh.push({ ...content, id, email, name, mapped, ...pseudonyms.of(id) })
  }
  const added = fresh.length === 0 ? new Map<string, Date>() : await insertUsers(tx, fresh)
  const results: (UserRow | ScimError)[] = []
  for (const [index, { id, content }] of wanted.entries()) {
    const user = fresh.find((each) => each.id === id)
    const at = added.get(id)
    if (!user) results.push(clashes.get(id) ?? hereAlready(addresses[index]!))
    // oxlint-disable-next-line no-await-in-loop -- Seldom, and each by itself.
    else if (!at) results.push(await clash(change, id, content))
    else {
      effects.push(onUser('user.created', user))
      const { user_name, external_id, attributes, active = true, pseudonym, name, email } = user
      results.push({
        ...{ id, user_name, external_id, attributes, active, pseudonym, name, email },
        ...{ version: 'W/"1-1"', created_at: at, last_modified_at: at, groups: null },
      })
    }
  }
  return results
}

const hereAlready = (addresses: readonly string[]): ScimError =>
  new AskAgain(
    'adopt',
    `Somebody is here already as ${addresses.join(' or ')}, and no connection keeps them. An owner can let this connection adopt them, or give them another address`,
  )

/** Takes over whoever is here already under an address. Raises `ScimError` where that is not exactly one person. */
export const adoptUser = async (change: Change, content: UserContent): Promise<UserRow> => {
  const { tx, caller, effects } = change
  const mapping = await mappingOf(change)
  const { name, addresses, fields: mapped } = mapping(content)
  const found = strangers(await findByAddress(tx, addresses), addresses)
  const people = [...new Set(found.filter(({ kind }) => kind === 'user').map(({ id }) => id))]
  const [id] = people
  if (id === undefined || people.length > 1 || found.some(({ kind }) => kind !== 'user'))
    throw new ScimError(
      409,
      `${addresses.join(' and ')} belong to several, or to a service account: give them other addresses`,
      'uniqueness',
    )
  await requireUnique(change, { id, attributes: content.attributes })
  if (!(await insertAdopted(tx, { ...content, id, mapped }))) throw await clash(change, id, content)
  const { tenantId } = caller
  const row = (await findUsers(tx, { tenantId, ids: [id], groups: false, lock: true }))[0]!
  const active = content.active ?? row.active
  await updatePrincipal(tx, { id, name, email: row.email, active })
  effects.push(onUser('user.adopted', row))
  if (row.active && !active) {
    effects.push(onUser('user.deactivated', row))
    await letGo(change, row)
  }
  return (await findUsers(tx, { tenantId, ids: [id], groups: true }))[0]!
}
