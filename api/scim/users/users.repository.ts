import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { NewPseudonym } from '../../identity/pseudonyms.service.js'
import type { UserContent, UserRow } from './user-row.rules.js'

/** Groups of whoever is `s`, by name. */
const GROUPS = `(SELECT jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name) ORDER BY g.display_name_key, g.id)
  FROM scim_group_member m JOIN scim_group g ON g.id = m.group_id WHERE m.member_id = s.principal_id) AS groups`
const USER = `s.principal_id AS id, s.user_name, s.external_id, s.attributes, p.disabled_at IS NULL AS active, p.pseudonym,
  p.name, p.email,
  format('W/"%s-%s"', s.version, p.version) AS version, s.created_at, s.last_modified_at`

/** Columns of people, with their groups where those are wanted. */
export const userColumns = (withGroups: boolean): string => (withGroups ? `${USER}, ${GROUPS}` : USER)

/** Where people come from; conditions name `s` and the parameter of the organisation. */
export const USERS_FROM = 'scim_user s JOIN principal p ON p.id = s.principal_id'

/** People by their ids, in no order; `lock` keeps others from changing them meanwhile. */
export const findUsers = async (
  tx: Queryable,
  { tenantId, ids, groups, lock }: { tenantId: string; ids: readonly string[]; groups: boolean; lock?: boolean },
): Promise<UserRow[]> =>
  (
    await tx.query<UserRow>({
      name: `scim_users_${groups}_${lock ?? false}`,
      text: `SELECT ${userColumns(groups)} FROM ${USERS_FROM} WHERE s.tenant_id = $1 AND s.principal_id = ANY($2::uuid[])
             ${lock ? 'FOR UPDATE OF s' : ''}`,
      values: [tenantId, ids],
    })
  ).rows

/** People who are here already under one of these addresses; `managed` where a connection keeps them. */
export interface Existing {
  readonly id: string
  readonly address: string
  readonly managed: boolean
  readonly kind: string
}

/** Who is here already, in the organisation of the transaction, under these addresses, in any case. */
export const findByAddress = async (tx: GovernedTransaction, addresses: readonly string[]): Promise<Existing[]> =>
  (
    await tx.query<Existing>({
      name: 'scim_existing',
      text: 'SELECT id, address, kind, managed FROM people_at($1)',
      values: [[...new Set(addresses.map((each) => each.toLowerCase()))]],
    })
  ).rows

/** Somebody to be added; `email` null where the address is another's or there is none. */
export interface NewUser extends UserContent, NewPseudonym {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** Fields of the organisation's own. */
  readonly mapped: Readonly<Record<string, string>>
}

/**
 * Adds people who are not here yet. Those whose userName or externalId is another's are left out, also where it is that of
 * somebody added with them.
 * @returns when each of those was added who were, by id
 */
export const insertUsers = async (tx: GovernedTransaction, users: readonly NewUser[]): Promise<Map<string, Date>> => {
  const rows = users.map(({ active, pseudonym_key, ...user }) => ({
    ...user,
    pseudonym_key: Buffer.from(pseudonym_key).toString('hex'),
    active: active ?? true,
    user_name_key: user.user_name.toLowerCase(),
  }))
  const added = await tx.query<{ id: string; created_at: Date }>({
    name: 'scim_insert_users',
    text: `WITH wanted AS (
        SELECT * FROM json_to_recordset($1) AS w(id uuid, pseudonym text, pseudonym_key text, name text, email text, user_name text,
          user_name_key text, external_id text, attributes jsonb, mapped jsonb, active boolean)
      ), kept AS (
        INSERT INTO scim_user (principal_id, tenant_id, user_name, user_name_key, external_id, attributes, mapped, decision_id)
        SELECT id, $2, user_name, user_name_key, external_id, attributes, mapped, $3 FROM wanted
        ON CONFLICT DO NOTHING RETURNING principal_id
      )
      INSERT INTO principal (id, tenant_id, kind, name, email, roles, custom_roles, pseudonym, pseudonym_key, disabled_at,
        decision_id)
      SELECT w.id, $2, 'user', w.name, w.email, '{}', '{}', w.pseudonym, decode(w.pseudonym_key, 'hex'),
        CASE WHEN NOT w.active THEN now() END, $3
      FROM wanted w JOIN kept k ON k.principal_id = w.id RETURNING id, created_at`,
    values: [JSON.stringify(rows), tx.tenantId, tx.decisionId],
  })
  return new Map(added.rows.map(({ id, created_at }) => [id, created_at]))
}

/** Lets a connection keep somebody who is here already. False where their userName or externalId is another's. */
export const insertAdopted = async (
  tx: GovernedTransaction,
  user: Pick<NewUser, 'id' | 'mapped' | keyof UserContent>,
): Promise<boolean> => {
  const added = await tx.query(
    `INSERT INTO scim_user (principal_id, tenant_id, user_name, user_name_key, external_id, attributes, mapped, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      ...[user.id, tx.tenantId, user.user_name, user.user_name.toLowerCase(), user.external_id],
      ...[JSON.stringify(user.attributes), JSON.stringify(user.mapped), tx.decisionId],
    ],
  )
  return added.rowCount === 1
}

/** Whose userName or externalId stands in the way; null where it is nobody's any more. */
export const findClash = async (
  tx: Queryable,
  {
    tenantId,
    id,
    user_name,
    external_id,
  }: { tenantId: string; id: string } & Pick<UserContent, 'user_name' | 'external_id'>,
): Promise<'userName' | 'externalId' | null> => {
  const found = await tx.query<{ field: 'userName' | 'externalId' }>(
    `SELECT CASE WHEN user_name_key = $3 THEN 'userName' ELSE 'externalId' END AS field FROM scim_user
     WHERE tenant_id = $1 AND principal_id <> $2 AND (user_name_key = $3 OR external_id = $4)
     ORDER BY 1 DESC LIMIT 1`,
    [tenantId, id, user_name.toLowerCase(), external_id],
  )
  return found.rows[0]?.field ?? null
}

/** Changes what a provider says of somebody. Raises unique violations of userName and externalId. */
export const updateUser = async (
  tx: GovernedTransaction,
  id: string,
  content: UserContent & Pick<NewUser, 'mapped'>,
): Promise<void> => {
  await tx.query(
    `UPDATE scim_user SET user_name = $2, user_name_key = $3, external_id = $4, attributes = $5, mapped = $6, version = version + 1,
       last_modified_at = now(), decision_id = $7 WHERE principal_id = $1`,
    [
      ...[id, content.user_name, content.user_name.toLowerCase(), content.external_id],
      ...[JSON.stringify(content.attributes), JSON.stringify(content.mapped), tx.decisionId],
    ],
  )
}

/** What the person's own row takes over. */
export interface PersonFields {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly active: boolean
}

/** Changes name, address and access of the person's own row. */
export const updatePrincipal = async (
  tx: GovernedTransaction,
  { id, name, email, active }: PersonFields,
): Promise<void> => {
  await tx.query(
    `UPDATE principal SET name = $2, email = $3, disabled_at = CASE WHEN NOT $4 THEN coalesce(disabled_at, now()) END,
       version = version + 1, decision_id = $5 WHERE id = $1`,
    [id, name, email, active, tx.decisionId],
  )
}

/** Takes away what a provider says of somebody. Their own row stays, disabled and without an address, as the audit names it. */
export const deleteUser = async (tx: GovernedTransaction, id: string): Promise<void> => {
  await tx.query('DELETE FROM external_account WHERE principal_id = $1', [id])
  await tx.query('DELETE FROM scim_user WHERE principal_id = $1', [id])
  await tx.query(
    `UPDATE principal SET disabled_at = coalesce(disabled_at, now()), email = NULL, version = version + 1, decision_id = $2
     WHERE id = $1`,
    [id, tx.decisionId],
  )
}
