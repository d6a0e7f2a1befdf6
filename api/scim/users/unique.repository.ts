import type { GovernedTransaction } from '../../gate/gate.types.js'

/** An attribute of an extension that no two people of an organisation have the same of. */
export interface UniquePath {
  readonly urn: string
  readonly name: string
  /** Upper and lower case are the same. */
  readonly folds: boolean
}

/** One at a time gives people values of an attribute, on whatever instance, until its transaction ends. */
export const holdAttribute = async (tx: GovernedTransaction, { urn, name }: UniquePath): Promise<void> => {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'scim_unique', $1::text, $2::text, $3::text), 0))`,
    [...[tx.tenantId, urn, name]],
  )
}

/** Who has which of these values. */
export const findHolders = async (
  tx: GovernedTransaction,
  { urn, name, folds }: UniquePath,
  keys: readonly string[],
): Promise<[key: string, holders: string[]][]> => {
  const value = folds ? 'lower(u.attributes->$2->>$3)' : 'u.attributes->$2->>$3'
  const { rows } = await tx.query<{ key: string; holders: string[] }>(
    `SELECT ${value} AS key, array_agg(u.principal_id::text) AS holders FROM scim_user u
     WHERE u.tenant_id = $1 AND ${value} = ANY($4) GROUP BY 1`,
    [tx.tenantId, urn, name, keys],
  )
  return rows.map(({ key, holders }) => [key, holders])
}
