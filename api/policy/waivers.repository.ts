import type { Waiver, WaiverQuery, WaiverRequest } from '#contract/api/policy-waivers.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const STATE = `CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN until <= clock_timestamp() THEN 'expired' ELSE 'in_force' END`
const WAIVER = `id, reason, json_build_object('kind', subject_kind, 'id', subject_id) AS subject, ${isoTimestamp('until')},
  why, ${STATE} AS state, asked_by, approval_id, ${isoTimestamp('revoked_at')}, revoked_by, revoked_because, decision_id,
  ${isoTimestamp('created_at', 'granted_at')}`

/** Waivers in one state or any, newest first. */
export const listWaivers = async (
  tx: Queryable,
  { rows: limit, before }: IdPage,
  { state }: Pick<WaiverQuery, 'state'>,
): Promise<Waiver[]> =>
  (
    await tx.query<Waiver>(
      `SELECT ${WAIVER} FROM policy_waiver WHERE ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR ${STATE} = $3)
       ORDER BY id DESC LIMIT $1`,
      [limit, before, state ?? null],
    )
  ).rows

/** One waiver; undefined where the scope has none of this id. */
export const findWaiver = async (tx: Queryable, id: string): Promise<Waiver | undefined> =>
  (await tx.query<Waiver>(`SELECT ${WAIVER} FROM policy_waiver WHERE id = $1`, [id])).rows[0]

/** Whose matter a waiver would be. Undefined where there is no such organisation or extension. */
export const waiverSubject = async (
  tx: Queryable,
  { kind, id }: WaiverRequest['subject'],
): Promise<{ readonly publisher_id: string | null } | undefined> => {
  const text =
    kind === 'tenant'
      ? 'SELECT NULL AS publisher_id FROM tenant WHERE id = $1'
      : 'SELECT publisher_id FROM extension_registry WHERE name = $1'
  return (await tx.query<{ publisher_id: string | null }>(text, [id])).rows[0]
}

/** A waiver to keep. */
export type NewWaiver = WaiverRequest & Pick<Waiver, 'id' | 'asked_by' | 'approval_id'> & { readonly tenant_id: string }

/** Keeps a waiver. One that an approval has had kept already violates a unique key. */
export const insertWaiver = async (tx: GovernedTransaction, made: NewWaiver): Promise<Waiver> => {
  const { rows } = await tx.query<Waiver>(
    `INSERT INTO policy_waiver (id, tenant_id, reason, subject_kind, subject_id, until, why, asked_by, approval_id, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${WAIVER}`,
    [
      ...[made.id, made.tenant_id, made.reason, made.subject.kind, made.subject.id, made.until, made.why],
      ...[made.asked_by, made.approval_id, tx.decisionId],
    ],
  )
  return rows[0]!
}

/** Ends a waiver; undefined where it has ended already. */
export const revokeWaiver = async (
  tx: GovernedTransaction,
  { id, by, why }: { readonly id: string; readonly by: string; readonly why: string },
): Promise<Waiver | undefined> => {
  const { rows } = await tx.query<Waiver>(
    `UPDATE policy_waiver SET revoked_at = clock_timestamp(), revoked_by = $2, revoked_because = $3, decision_id = $4,
       version = version + 1
     WHERE id = $1 AND revoked_at IS NULL AND until > clock_timestamp() RETURNING ${WAIVER}`,
    [id, by, why, tx.decisionId],
  )
  return rows[0]
}
