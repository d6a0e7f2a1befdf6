import type { Person } from '#contract/api/identity.js'
import type { Erasure } from '#contract/api/privacy.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import { subjectDigest } from '../approvals/approvals.rules.js'
import { struckOut, type ShownBrake } from '../scim/brake/brake-subject.rules.js'

/** The id of whoever decisions call by this pseudonym; undefined once they were erased. */
export const idOf = async ({ principal }: ScopedReader, pseudonym: string): Promise<string | undefined> =>
  (await principal.findUnique({ where: { pseudonym, erased_at: null }, select: { id: true } }))?.id

/** Who is erased, as read at `version`, and the id that what is left of them has afterwards. */
export interface Erasing extends Pick<Person, 'id' | 'version' | 'email' | 'pseudonym'> {
  readonly stub: string
}

/** Rows that are theirs alone, and go. */
const THEIRS = [
  ['external_account', 'principal_id'],
  ['scim_group_member', 'member_id'],
  ['scim_user', 'principal_id'],
  ['workspace_member', 'principal_id'],
  ['scim_let_go', 'principal_id'],
  ['local_password', 'principal_id'],
  ['totp_secret', 'principal_id'],
  ['recovery_code', 'principal_id'],
  ['passkey', 'principal_id'],
  ['password_token', 'principal_id'],
] as const

const removeLive = async (
  tx: GovernedTransaction,
  table: 'api_key' | 'runtime_token',
  principalId: string,
): Promise<number> => {
  const removed = await tx.query<{ live: boolean }>(
    `DELETE FROM ${table} WHERE principal_id = $1 RETURNING revoked_at IS NULL AND coalesce(expires_at > now(), true) AS live`,
    [principalId],
  )
  return removed.rows.filter(({ live }) => live).length
}

/** Service accounts that they answer for wait for somebody else; those of their making that nobody answers for end. */
const endAccounts = async (tx: GovernedTransaction, { id, pseudonym, stub }: Erasing): Promise<string[]> => {
  const owned = await tx.query<{ id: string }>(
    `UPDATE principal SET owner_id = $2, version = version + 1, decision_id = $3 WHERE owner_id = $1 RETURNING id`,
    [id, stub, tx.decisionId],
  )
  const made = await tx.query<{ id: string }>(
    `UPDATE principal p SET disabled_at = now(), version = version + 1, decision_id = $2
     WHERE p.made_by = $1 AND p.tenant_id = $3 AND p.kind = 'service_account' AND p.owner_id IS NULL AND p.disabled_at IS NULL
       AND NOT EXISTS (SELECT FROM scim_connection c WHERE c.principal_id = p.id) RETURNING p.id`,
    [pseudonym, tx.decisionId, tx.tenantId],
  )
  return [...owned.rows, ...made.rows].map((row) => row.id)
}

/** Approvals of brakes show whom they are about. Whoever looks at one votes on what is shown now; votes keep what they were for. */
const strikeOut = async (tx: GovernedTransaction, person: Erasing): Promise<void> => {
  const { rows } = await tx.query<{ id: string; subject: ShownBrake }>(
    `SELECT id, subject FROM approval WHERE tenant_id = $1 AND kind = 'scim_brake' AND subject @> $2 ORDER BY id FOR UPDATE`,
    [tx.tenantId, JSON.stringify({ changes: [{ person: person.id }] })],
  )
  for (const { id, subject } of rows) {
    const struck = struckOut(subject, person)
    // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
    await tx.query(
      'UPDATE approval SET subject = $2, subject_digest = $3, version = version + 1, decision_id = $4 WHERE id = $1',
      [id, JSON.stringify(struck), subjectDigest(struck), tx.decisionId],
    )
  }
}

/**
 * Erases a person: all that says who they are, all by which they act, and the key of their pseudonym. What is left is a row
 * with that pseudonym under another id, for whatever names whoever made or agreed to something. Undefined where somebody
 * changed the person meanwhile.
 */
export const erasePerson = async (tx: GovernedTransaction, person: Erasing): Promise<Erasure | undefined> => {
  const { id, stub } = person
  const traces = await tx.query<{ sessions: number }>('SELECT erase_traces($1, $2) AS sessions', [id, stub])
  await strikeOut(tx, person)
  const keys = await removeLive(tx, 'api_key', id)
  const tokens = await removeLive(tx, 'runtime_token', id)
  for (const [table, column] of THEIRS)
    // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
    await tx.query(`DELETE FROM ${table} WHERE ${column} = $1`, [id])
  await tx.query(
    `DELETE FROM invitation WHERE principal_id = $1 OR (tenant_id = $2 AND $3::text IS NOT NULL AND lower(email) = lower($3))`,
    [id, tx.tenantId, person.email],
  )
  const accounts = await endAccounts(tx, person)
  const erased = await tx.query<Pick<Erasure, 'pseudonym' | 'erased_at'>>(
    `UPDATE principal SET id = $3, name = 'Erased', email = NULL, roles = '{}', custom_roles = '{}', publisher_id = NULL,
       pseudonym_key = NULL, disabled_at = coalesce(disabled_at, now()), erased_at = now(), created_at = now(),
       version = version + 1, decision_id = $4
     WHERE id = $1 AND version = $2 RETURNING pseudonym, ${isoTimestamp('erased_at')}`,
    [id, person.version, stub, tx.decisionId],
  )
  const row = erased.rows[0]
  return row && { ...row, ended: { sessions: traces.rows[0]!.sessions, keys, tokens, accounts } }
}
