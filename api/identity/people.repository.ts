import type { PeopleQuery, Person } from '#contract/api/identity.js'
import { Uuid } from '#contract/primitives.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant, isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import { inPage, ofTenant, type IdPage } from '../platform/http/page.js'
import type { Maker } from './identity-rows.rules.js'
import type { NewPseudonym } from './pseudonyms.service.js'

const PERSON = `id, tenant_id, publisher_id, kind, name, email, roles, custom_roles, pseudonym, ${isoTimestamp('disabled_at')}, version, ${isoTimestamp('created_at')}`

/** `maker` is null for those that the platform makes itself. */
export type NewPerson = Omit<Person, 'disabled_at' | 'version' | 'created_at'> &
  NewPseudonym & { readonly maker: Maker | null }
export type PersonChanges = Pick<Person, 'id' | 'version' | 'name' | 'email' | 'roles' | 'custom_roles'> & {
  readonly disabled: boolean
}

const PERSON_COLUMNS = {
  ...{ id: true, tenant_id: true, publisher_id: true, kind: true, name: true, email: true, roles: true },
  ...{ custom_roles: true, pseudonym: true, disabled_at: true, version: true, created_at: true },
} as const

type PersonRow = Omit<Person, 'kind' | 'roles' | 'disabled_at' | 'created_at'> & {
  readonly kind: string
  readonly roles: string[]
  readonly disabled_at: Date | null
  readonly created_at: Date
}
const personOf = (row: PersonRow): Person => ({
  ...row,
  kind: row.kind as Person['kind'],
  roles: row.roles as Person['roles'],
  disabled_at: isoInstant(row.disabled_at),
  created_at: isoInstant(row.created_at),
})

const searched = (search: string) => {
  // Prisma hands it to LIKE as it is.
  const part = { contains: search.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: 'insensitive' as const }
  return { OR: [{ name: part }, { email: part }, ...(Uuid.safeParse(search).success ? [{ id: search }] : [])] }
}

/** People that the scope can see, newest first; of one organisation where it is named, and those alone who are searched for. */
export const listPeople = async (
  { principal }: ScopedReader,
  page: IdPage,
  { tenant_id, search }: Pick<PeopleQuery, 'tenant_id' | 'search'>,
): Promise<Person[]> => {
  const where = { ...ofTenant(tenant_id ?? null), erased_at: null, ...(search !== undefined && searched(search)) }
  return (await principal.findMany({ ...inPage(page, where), select: PERSON_COLUMNS })).map(personOf)
}

/** One person, where the scope can see them. */
export const findPerson = async ({ principal }: ScopedReader, id: string): Promise<Person | undefined> => {
  const row = await principal.findUnique({ where: { id, erased_at: null }, select: PERSON_COLUMNS })
  return row ? personOf(row) : undefined
}

/** Adds a person or service account. */
export const insertPerson = async (tx: GovernedTransaction, row: NewPerson): Promise<Person> => {
  const added = await tx.query<Person>(
    `INSERT INTO principal (id, tenant_id, publisher_id, kind, name, email, roles, custom_roles, pseudonym,
       pseudonym_key, made_by, made_with, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING ${PERSON}`,
    [
      row.id,
      row.tenant_id,
      row.publisher_id,
      row.kind,
      row.name,
      row.email,
      row.roles,
      row.custom_roles,
      row.pseudonym,
      row.pseudonym_key,
      row.maker?.person,
      row.maker?.key,
      tx.decisionId,
    ],
  )
  return added.rows[0]!
}

/** Changes a person as read at `version`; undefined where somebody was faster. */
export const updatePerson = async (tx: GovernedTransaction, row: PersonChanges): Promise<Person | undefined> => {
  const changed = await tx.query<Person>(
    `UPDATE principal SET name = $3, email = $4, roles = $5, custom_roles = $6,
       disabled_at = CASE WHEN $7 THEN coalesce(disabled_at, now()) END, version = version + 1, decision_id = $8
     WHERE id = $1 AND version = $2 RETURNING ${PERSON}`,
    [row.id, row.version, row.name, row.email, row.roles, row.custom_roles, row.disabled, tx.decisionId],
  )
  return changed.rows[0]
}

/** How many active owners an organisation has beside this person. */
export const countOtherOwners = ({ principal }: ScopedReader, { id, tenant_id }: Pick<Person, 'id' | 'tenant_id'>) =>
  principal.count({
    where: { tenant_id, id: { not: id }, kind: 'user', roles: { has: 'owner' }, disabled_at: null },
  })

/** Gives several people other roles in one statement, each as read at its version; fewer come back where somebody was faster. */
export const updateRoles = async (
  tx: GovernedTransaction,
  people: readonly Pick<Person, 'id' | 'version' | 'roles'>[],
): Promise<Person[]> => {
  // In one order, so that two of these at once wait for each other instead of blocking each other.
  await tx.query(`SELECT id FROM principal WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [
    people.map(({ id }) => id),
  ])
  const changed = await tx.query<Person>(
    `UPDATE principal SET version = version + 1, decision_id = $2,
       roles = ARRAY(SELECT jsonb_array_elements_text(given -> 'roles'))
     FROM jsonb_array_elements($1::jsonb) AS given
     WHERE id = (given ->> 'id')::uuid AND version = (given ->> 'version')::int RETURNING ${PERSON}`,
    [JSON.stringify(people), tx.decisionId],
  )
  return changed.rows
}

/** A publisher's organisation, for checking that a person can work for it. */
export const tenantOfPublisher = async ({ publisher }: ScopedReader, id: string): Promise<string | undefined> =>
  (await publisher.findUnique({ where: { id }, select: { tenant_id: true } }))?.tenant_id

/** An active user with an address for notices. */
export type Addressee = Pick<Person, 'id' | 'tenant_id' | 'publisher_id' | 'roles' | 'custom_roles' | 'pseudonym'>

/** Active users with an e-mail address in these organisations, for notices. */
export const listAddressees = async (
  { principal }: ScopedReader,
  tenantIds: readonly string[],
): Promise<Addressee[]> => {
  const found = await principal.findMany({
    where: { tenant_id: { in: [...tenantIds] }, kind: 'user', email: { not: null }, disabled_at: null },
    select: { id: true, tenant_id: true, publisher_id: true, roles: true, custom_roles: true, pseudonym: true },
    orderBy: { id: 'asc' },
  })
  return found.map((row) => ({ ...row, roles: row.roles as Person['roles'] }))
}
