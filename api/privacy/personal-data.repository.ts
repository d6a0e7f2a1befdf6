import type { PersonalData } from '#contract/api/privacy.js'
import { summaryColumns } from '../ledger/decision-view.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Whose data is read. */
export interface Subject {
  readonly id: string
  readonly tenant_id: string
  readonly pseudonym: string
  readonly email: string | null
}

type Part<K extends keyof PersonalData> = PersonalData[K]
const moment = (column: string) => isoTimestamp(column, column.slice(column.indexOf('.') + 1))

const rowsOf = async <Row extends object>(tx: Queryable, text: string, values: readonly unknown[]): Promise<Row[]> =>
  (await tx.query<Row>(text, [...values])).rows

const identities = (tx: Queryable, id: string) =>
  rowsOf<Part<'identities'>[number]>(
    tx,
    `SELECT coalesce(i.name, 'gone') AS provider, a.issuer, a.subject, ${isoTimestamp('a.created_at', 'since')}
     FROM external_account a LEFT JOIN identity_provider i ON i.id = a.provider_id
     WHERE a.principal_id = $1 ORDER BY a.created_at`,
    [id],
  )

const scim = async (tx: Queryable, id: string): Promise<Part<'scim'>> =>
  (
    await rowsOf<NonNullable<Part<'scim'>>>(
      tx,
      `SELECT s.user_name, s.external_id, s.attributes, s.mapped, ARRAY(SELECT g.display_name FROM scim_group_member m
         JOIN scim_group g ON g.id = m.group_id WHERE m.member_id = s.principal_id ORDER BY g.display_name) AS groups
       FROM scim_user s WHERE s.principal_id = $1`,
      [id],
    )
  )[0] ?? null

const invitations = (tx: Queryable, { id, tenant_id, email }: Subject) =>
  rowsOf<Part<'invitations'>[number]>(
    tx,
    `SELECT id, email, name, invited_by, ${moment('created_at')}, ${moment('accepted_at')} FROM invitation
     WHERE principal_id = $1 OR (tenant_id = $2 AND lower(email) = lower($3)) ORDER BY id DESC`,
    [id, tenant_id, email],
  )

const sessions = (tx: Queryable, id: string) =>
  rowsOf<Part<'sessions'>[number]>(
    tx,
    `SELECT id, client, label, issuer, ${moment('auth_time')}, ${moment('created_at')}, ${moment('last_used_at')},
       ${moment('ended_at')}, ended_because FROM session WHERE principal_id = $1 ORDER BY id DESC`,
    [id],
  )

const keys = (tx: Queryable, id: string) =>
  rowsOf<Part<'keys'>[number]>(
    tx,
    `SELECT k.id, k.tenant_id, k.principal_id, k.name, k.prefix, k.scopes, ${moment('k.expires_at')},
       ${moment('k.revoked_at')}, ${moment('k.created_at')}, ${isoTimestamp('u.used_at', 'last_used_at')}
     FROM api_key k LEFT JOIN api_key_use u ON u.key_id = k.id WHERE k.principal_id = $1 ORDER BY k.id DESC`,
    [id],
  )

const votes = (tx: Queryable, id: string) =>
  rowsOf<Part<'votes'>[number]>(
    tx,
    `SELECT approval_id, verdict, comment, ${isoTimestamp('created_at', 'at')} FROM approval_vote
     WHERE principal_id = $1 ORDER BY id DESC`,
    [id],
  )

const accounts = (tx: Queryable, id: string) =>
  rowsOf<Part<'service_accounts'>[number]>(
    tx,
    `SELECT id, name FROM principal WHERE owner_id = $1 AND erased_at IS NULL ORDER BY id`,
    [id],
  )

/** What rows say of somebody that no list of its own tells. */
export const readOwnRows = async (tx: Queryable, subject: Subject) => ({
  identities: await identities(tx, subject.id),
  scim: await scim(tx, subject.id),
  invitations: await invitations(tx, subject),
  sessions: await sessions(tx, subject.id),
  keys: await keys(tx, subject.id),
  votes: await votes(tx, subject.id),
  service_accounts: await accounts(tx, subject.id),
})

/** What somebody did, newest first: every decision that names them as who asked. */
export const decisionsOf = (tx: Queryable, pseudonym: string, rows: number) =>
  rowsOf<Part<'decisions'>[number]>(
    tx,
    `SELECT ${summaryColumns('rows', 'd')} FROM decision d WHERE d.actor = $1 ORDER BY d.id DESC LIMIT $2`,
    [pseudonym, rows],
  )
