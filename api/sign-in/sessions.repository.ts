import type { Session } from '#contract/api/sign-in.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { SessionClient } from '../platform/http/caller.js'
import type { IdPage } from '../platform/http/page.js'

const SESSION = `id, tenant_id, principal_id, provider_id, client, label, acr, second_factor, jkt IS NOT NULL AS bound, ${isoTimestamp('auth_time')},
  ${isoTimestamp('last_used_at')}, ${isoTimestamp('idle_until')}, ${isoTimestamp('expires_at')}, ${isoTimestamp('created_at')}`
const LIVE = 'ended_at IS NULL AND expires_at > now() AND idle_until > now()'

/** A session as its row shows it. */
export type KeptSession = Omit<Session, 'current'>

/** What a provider said of whoever signed in. */
export interface Authentication {
  readonly issuer: string
  readonly subject: string
  /** The session at the provider, where it names one. */
  readonly sid: string | null
  readonly acr: string | null
  readonly second_factor: boolean
  readonly auth_time: Date
}

/** A session to be kept; of its secrets the hashes. */
export interface NewSession extends Authentication {
  readonly id: string
  readonly tenant_id: string
  readonly principal_id: string
  readonly provider_id: string | null
  readonly client: SessionClient
  readonly label: string
  /** By which the sign-in was let in. */
  readonly decision_id: string | null
  readonly prefix: string
  readonly hash: Uint8Array
  readonly refresh_hash: Uint8Array | null
  /** Thumbprint of the key that its tokens are bound to. */
  readonly jkt: string | null
}

/** How long sessions last. Seconds. */
export interface SessionLimits {
  /** Of one that nobody uses. */
  readonly idle: number
  /** Of any. */
  readonly absolute: number
  /** Of a command's token, until it is refreshed. */
  readonly access: number
}

/** Adds a session. One that replaces another lasts no longer than `until`. */
export const insertSession = async (
  records: Queryable,
  row: NewSession,
  { idle, absolute, access, until = null }: SessionLimits & { readonly until?: Date | null },
): Promise<KeptSession> =>
  (
    await records.query<KeptSession>(
      `INSERT INTO session (id, tenant_id, principal_id, provider_id, issuer, subject, sid, client, label, acr, second_factor,
         auth_time, prefix, hash, refresh_hash, decision_id, jkt, idle_until, expires_at, access_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $20, $21, now() + make_interval(secs => $16),
         least(now() + make_interval(secs => $17), $19), CASE WHEN $8 = 'cli' THEN now() + make_interval(secs => $18) END)
       RETURNING ${SESSION}`,
      [
        ...[row.id, row.tenant_id, row.principal_id, row.provider_id, row.issuer, row.subject, row.sid, row.client],
        ...[row.label, row.acr, row.second_factor, row.auth_time, row.prefix, row.hash, row.refresh_hash],
        ...[idle, absolute, access, until, row.decision_id, row.jkt],
      ],
    )
  ).rows[0]!

/** Live sessions of a person that the scope can see, newest first. */
export const listSessions = async (
  tx: Queryable,
  principalId: string,
  { rows, before }: IdPage,
): Promise<KeptSession[]> =>
  (
    await tx.query<KeptSession>(
      `SELECT ${SESSION} FROM session WHERE principal_id = $1 AND ${LIVE} AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [principalId, before, rows],
    )
  ).rows

/** One live session, where the scope can see it. */
export const findSession = async (tx: Queryable, id: string): Promise<KeptSession | undefined> =>
  (await tx.query<KeptSession>(`SELECT ${SESSION} FROM session WHERE id = $1 AND ${LIVE}`, [id])).rows[0]

/** All of a live session that another one may be made of. */
export const findWhole = async (
  records: Queryable,
  id: string,
): Promise<(NewSession & { readonly expires_at: Date }) | undefined> =>
  (await records.query<NewSession & { expires_at: Date }>(`SELECT * FROM session WHERE id = $1 AND ${LIVE}`, [id]))
    .rows[0]

/** Whose sessions end: each field that is given narrows. */
export interface Ending {
  readonly id?: string
  readonly principal_id?: string
  readonly provider_id?: string
  readonly subject?: string
  readonly sid?: string
}

/** Ends sessions for good; how many. Without any field it ends none. */
export const endSessions = async (records: Queryable, ending: Ending, because: string): Promise<number> => {
  const { id = null, principal_id = null, provider_id = null, subject = null, sid = null } = ending
  const ended = await records.query(
    `UPDATE session SET ended_at = now(), ended_because = $6
     WHERE ended_at IS NULL AND ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR principal_id = $2)
       AND ($3::uuid IS NULL OR provider_id = $3) AND ($4::text IS NULL OR subject = $4) AND ($5::text IS NULL OR sid = $5)
       AND coalesce($1::text, $2::text, $4, $5) IS NOT NULL`,
    [id, principal_id, provider_id, subject, sid, because],
  )
  return ended.rowCount ?? 0
}

/** Keeps that a session was used just now: its idle limit begins anew. */
export const noteUse = async (records: Queryable, id: string, idle: number): Promise<void> => {
  await records.query(
    `UPDATE session SET last_used_at = now(), idle_until = now() + make_interval(secs => $2)
     WHERE id = $1 AND ${LIVE} AND last_used_at < now() - interval '1 minute'`,
    [id, idle],
  )
}

/** Gives a browser's session another secret; the one before counts a moment longer. False where it was rotated just now. */
export const rotateCookie = async (records: Queryable, id: string, hash: Uint8Array): Promise<boolean> => {
  const rotated = await records.query(
    `UPDATE session SET previous_hash = hash, hash = $2, rotated_at = now()
     WHERE id = $1 AND client = 'browser' AND ${LIVE} AND rotated_at < now() - interval '5 minutes'`,
    [id, hash],
  )
  return rotated.rowCount === 1
}

/** A refresh token as its session knows it. */
export interface RefreshRow {
  readonly id: string
  readonly refresh_hash: Buffer
  readonly spent: Buffer[]
  /** Thumbprint of the key that it is bound to (RFC 9449, section 5). */
  readonly jkt: string | null
}

/** The live session of a command by the prefix of its tokens. */
export const findRefresh = async (records: Queryable, prefix: string): Promise<RefreshRow | undefined> =>
  (
    await records.query<RefreshRow>(
      `SELECT s.id, s.refresh_hash, s.spent, s.jkt FROM session s
       JOIN principal_active p ON p.id = s.principal_id
       WHERE (s.provider_id IN (SELECT id FROM provider_enabled)
           OR s.provider_id IS NULL AND s.tenant_id IN (SELECT id FROM local_accounts_allowed)) AND s.prefix = $1 AND s.refresh_hash IS NOT NULL AND s.ended_at IS NULL AND s.expires_at > now()
         AND s.idle_until > now()`,
      [prefix],
    )
  ).rows[0]

/** What takes the place of a session's secrets, by their hashes. */
export interface NextSecrets {
  readonly hash: Uint8Array
  readonly refresh_hash: Uint8Array
  readonly jkt: string | null
}

/** Spends a refresh token for new secrets; the session, or undefined where somebody was faster. One that is bound to no key yet is from now on to `jkt`. */
export const spendRefresh = async (
  records: Queryable,
  { row, next, limits }: { row: RefreshRow; next: NextSecrets; limits: SessionLimits },
): Promise<KeptSession | undefined> =>
  (
    await records.query<KeptSession>(
      `UPDATE session SET hash = $3, refresh_hash = $4, spent = spent || ARRAY[$2::bytea], rotated_at = now(),
         last_used_at = now(), idle_until = now() + make_interval(secs => $5),
         access_until = now() + make_interval(secs => $6), jkt = coalesce(jkt, $7)
       WHERE id = $1 AND refresh_hash = $2 AND ${LIVE} RETURNING ${SESSION}`,
      [row.id, row.refresh_hash, next.hash, next.refresh_hash, limits.idle, limits.access, next.jkt],
    )
  ).rows[0]

/** Counts a code that nobody was given; the session ends with the tenth. */
export const countWrongCode = async (records: Queryable, id: string, most: number): Promise<void> => {
  await records.query(
    `UPDATE session SET wrong_codes = wrong_codes + 1,
       ended_at = CASE WHEN wrong_codes + 1 >= $2 THEN now() END,
       ended_because = CASE WHEN wrong_codes + 1 >= $2 THEN 'codes were guessed' END
     WHERE id = $1 AND ended_at IS NULL`,
    [id, most],
  )
}
