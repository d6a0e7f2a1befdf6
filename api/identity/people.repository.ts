import type { Person } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const PERSON = `id, tenant_id, publisher_id, kind, name, email, roles, pseudonym, ${isoTimestamp('disabled_at')}, version, ${isoTimestamp('created_at')}`

export type NewPerson = Omit<Person, 'disabled_at' | 'version' | 'created_at'>
export type PersonChanges = Pick<Person, 'id' | 'version' | 'name' | 'email' | 'roles'> & { readonly disabled: boolean }

/** People that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listPeople = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<Person[]> => {
  const found = await tx.query<Person>(
    `SELECT ${PERSON} FROM principal
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR tenant_id = $3) ORDER BY id DESC LIMIT $1`,
    [rows, before, tenantId],
  )
  return found.rows
}

/** One person, where the scope can see them. */
export const findPerson = async (tx: Queryable, id: string): Promise<Person | undefined> =>
  (await tx.query<Person>(`SELECT ${PERSON} FROM principal WHERE id = $1`, [id])).rows[0]

/** Adds a person or service account. */
export const insertPerson = async (tx: GovernedTransaction, row: NewPerson): Promise<Person> => {
  const added = await tx.query<Person>(
    `INSERT INTO principal (id, tenant_id, publisher_id, kind, name, email, roles, pseudonym, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${PERSON}`,
    [row.id, row.tenant_id, row.publisher_id, row.kind, row.name, row.email, row.roles, row.pseudonym, tx.decisionId],
  )
  return added.rows[0]!
}

/** Changes a person as read at `version`; undefined where somebody was faster. */
export const updatePerson = async (tx: GovernedTransaction, row: PersonChanges): Promise<Person | undefined> => {
  const changed = await tx.query<Person>(
    `UPDATE principal SET name = $3, email = $4, roles = $5,
       disabled_at = CASE WHEN $6 THEN coalesce(disabled_at, now()) END, version = version + 1, decision_id = $7
     WHERE id = $1 AND version = $2 RETURNING ${PERSON}`,
    [row.id, row.version, row.name, row.email, row.roles, row.disabled, tx.decisionId],
  )
  return changed.rows[0]
}

/** A publisher's organisation, for checking that a person can work for it. */
export const tenantOfPublisher = async (tx: Queryable, publisherId: string): Promise<string | undefined> =>
  (await tx.query<{ tenant_id: string }>('SELECT tenant_id FROM publisher WHERE id = $1', [publisherId])).rows[0]
    ?.tenant_id

/** An active user with an address for notices. */
export type Addressee = Pick<Person, 'id' | 'tenant_id' | 'publisher_id' | 'roles' | 'pseudonym'> & { email: string }

/** Active users with an e-mail address in these organisations, for notices. */
export const listAddressees = async (tx: Queryable, tenantIds: readonly string[]): Promise<Addressee[]> => {
  const found = await tx.query<Addressee>(
    `SELECT id, tenant_id, publisher_id, roles, pseudonym, email FROM principal
     WHERE tenant_id = ANY ($1::uuid[]) AND kind = 'user' AND email IS NOT NULL AND disabled_at IS NULL ORDER BY id`,
    [tenantIds],
  )
  return found.rows
}
