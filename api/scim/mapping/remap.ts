import type { ScimMappingDocument } from '#contract/api/scim-mapping.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import { findSchemas } from '../schemas/schemas.repository.js'
import { usersBy } from '../schemas/schemas.rules.js'
import { findByAddress } from '../users/users.repository.js'
import { findHolders, listKept, updateMapped, type Kept, type Remapped } from './mapping.repository.js'
import { mappingBy, type Mapping, type PersonSaid } from './mapping.rules.js'

const AT_ONCE = 1_000

/** All people of an organisation, some at a time. */
async function* keptPeople(tx: Queryable, tenantId: string): AsyncGenerator<Kept[]> {
  for (let after: string | null = null; ;) {
    const rows: Kept[] = await listKept(tx, tenantId, { after, rows: AT_ONCE })
    if (rows.length > 0) yield rows
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.id
  }
}

const lower = (address: string | null | undefined): string | undefined => address?.toLowerCase()

/** The mapping as it would be by a document. */
export const mappingIn = async (
  tx: Queryable,
  tenantId: string,
  document: ScimMappingDocument | undefined,
): Promise<Mapping> => mappingBy(document, usersBy(await findSchemas(tx, tenantId)))

interface Wanted {
  readonly kept: Kept
  readonly said: PersonSaid
}

const sameFields = (a: Kept['fields'], b: Kept['fields']): boolean =>
  JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted())

/** Of their addresses the best counts; one that only differs by its case stays. */
const staysAs = ({ kept, said: { name, addresses, fields } }: Wanted): boolean =>
  kept.name === name && lower(kept.email) === lower(addresses[0]) && sameFields(kept.fields, fields)

const letsGo = ({ kept, said }: Wanted): boolean =>
  kept.email !== null && lower(kept.email) !== lower(said.addresses[0])

/** Those whom a mapping does not leave as they are, of everybody. */
const movedBy = async (
  tx: Queryable,
  tenantId: string,
  mapping: Mapping,
): Promise<{ readonly people: number; readonly moved: Wanted[] }> => {
  const moved: Wanted[] = []
  let people = 0
  for await (const some of keptPeople(tx, tenantId)) {
    people += some.length
    moved.push(...some.map((kept) => ({ kept, said: mapping(kept) })).filter((each) => !staysAs(each)))
  }
  return { people, moved }
}

/** What becomes of each, where these addresses are taken; an address that is another's goes to nobody else. */
const settled = (moved: readonly Wanted[], holders: Map<string, string>): (Remapped & { readonly kept: Kept })[] =>
  moved
    .map(({ kept, said: { name, addresses, fields } }) => {
      const key = lower(addresses[0])
      const isFree = key !== undefined && (holders.get(key) ?? kept.id) === kept.id
      if (isFree) holders.set(key, kept.id)
      const email = lower(kept.email) === key ? kept.email : isFree ? addresses[0]! : null
      return { id: kept.id, kept, name, email, fields }
    })
    .filter(
      ({ kept, name, email, fields }) => kept.name !== name || kept.email !== email || !sameFields(kept.fields, fields),
    )

const addressesIn = (moved: readonly Wanted[]): string[] =>
  moved.flatMap(({ said: { addresses } }) => addresses[0] ?? [])

/** What would become of everybody: how many there are, and those who would not stay as they are. */
export const foretold = async (tx: Queryable, tenantId: string, mapping: Mapping) => {
  const { people, moved } = await movedBy(tx, tenantId, mapping)
  const going = new Set(moved.filter(letsGo).map(({ kept }) => kept.id))
  const taken = (await findHolders(tx, tenantId, addressesIn(moved))).filter(({ id }) => !going.has(id))
  return { people, changes: settled(moved, new Map(taken.map(({ address, id }) => [address, id]))) }
}

const inBatches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE))

/** Puts everybody as a mapping has them, in the transaction in which it is written. */
export const remap = async (tx: GovernedTransaction, document: ScimMappingDocument): Promise<void> => {
  const tenantId = tx.tenantId!
  const { moved } = await movedBy(tx, tenantId, await mappingIn(tx, tenantId, document))
  // Everybody lets go of their address before anybody takes one, so that they can trade.
  for (const batch of inBatches(moved.filter(letsGo)))
    // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
    await updateMapped(
      tx,
      batch.map(({ kept }) => ({ ...kept, email: null })),
    )
  const taken = await findByAddress(tx, addressesIn(moved))
  const changes = settled(moved, new Map(taken.map(({ address, id }) => [address, id])))
  // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
  for (const batch of inBatches(changes)) await updateMapped(tx, batch)
}
