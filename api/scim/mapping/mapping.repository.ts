import type { MappedPerson, ScimMappingDocument, ScimPersonShown } from '#contract/api/scim-mapping.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { UserContent } from '../users/user-row.rules.js'

/**
 * The mapping that holds in the organisation of a transaction. Until it ends the mapping is not written; others read it
 * meanwhile.
 */
export const findKeptMapping = async (tx: GovernedTransaction): Promise<ScimMappingDocument | undefined> =>
  (
    await tx.query<{ document: ScimMappingDocument | null }>({
      name: 'scim_mapping_kept',
      text: 'SELECT scim_mapping_kept($1) AS document',
      values: [tx.tenantId],
    })
  ).rows[0]?.document ?? undefined

/** Somebody as they are here, and what was said of them. */
export interface Kept extends UserContent, MappedPerson {
  readonly id: string
}

const KEPT = `s.principal_id AS id, s.user_name, s.external_id, s.attributes, p.disabled_at IS NULL AS active, p.name, p.email,
  s.mapped AS fields`

/** People of an organisation by their ids, so many after one. */
export const listKept = async (
  tx: Queryable,
  tenantId: string,
  { after, rows }: { after: string | null; rows: number },
): Promise<Kept[]> =>
  (
    await tx.query<Kept>(
      `SELECT ${KEPT} FROM scim_user s JOIN principal p ON p.id = s.principal_id
       WHERE s.tenant_id = $1 AND ($2::uuid IS NULL OR s.principal_id > $2) ORDER BY s.principal_id LIMIT $3`,
      [tenantId, after, rows],
    )
  ).rows

/** Somebody whom a connection keeps in step, where the scope can see them. */
export const findShownPerson = async (tx: Queryable, id: string): Promise<ScimPersonShown | undefined> =>
  (
    await tx.query<ScimPersonShown>(
      `SELECT s.principal_id AS id, s.user_name, p.name, p.email, s.mapped AS fields
       FROM scim_user s JOIN principal p ON p.id = s.principal_id WHERE s.principal_id = $1`,
      [id],
    )
  ).rows[0]

/** What becomes of somebody by another mapping. */
export interface Remapped {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly fields: Readonly<Record<string, string>>
}

/** Who is here already under these addresses, in any case. */
export const findHolders = async (
  tx: Queryable,
  tenantId: string,
  addresses: readonly string[],
): Promise<{ readonly id: string; readonly address: string }[]> =>
  (
    await tx.query<{ id: string; address: string }>(
      `SELECT p.id, lower(p.email) AS address FROM principal p
       WHERE p.tenant_id = $1 AND p.email IS NOT NULL AND lower(p.email) = ANY($2::text[])`,
      [tenantId, addresses.map((address) => address.toLowerCase())],
    )
  ).rows

/** Writes what a mapping makes of people. */
export const updateMapped = async (tx: GovernedTransaction, people: readonly Remapped[]): Promise<void> => {
  const rows = JSON.stringify(people.map(({ id, name, email, fields }) => ({ id, name, email, fields })))
  const wanted = 'json_to_recordset($1) AS w(id uuid, name text, email text, fields jsonb)'
  await tx.query(
    `UPDATE principal p SET name = w.name, email = w.email, version = p.version + 1, decision_id = $2 FROM ${wanted}
     WHERE p.id = w.id AND p.tenant_id = $3 AND (p.name, p.email) IS DISTINCT FROM (w.name, w.email)`,
    [rows, tx.decisionId, tx.tenantId],
  )
  await tx.query(
    `UPDATE scim_user s SET mapped = w.fields, version = s.version + 1, decision_id = $2 FROM ${wanted}
     WHERE s.principal_id = w.id AND s.tenant_id = $3 AND s.mapped <> w.fields`,
    [rows, tx.decisionId, tx.tenantId],
  )
}
