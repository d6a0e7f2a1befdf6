import type { ScimBrake, ScimBrakeQuery, ScimBrakeShown } from '#contract/api/scim.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'
import { MOST_SHOWN } from './brake-subject.rules.js'
import { digestsOf, type KeptChange, type ListedChange } from './list-digest.rules.js'
import { IS_WAITING } from './pace.repository.js'

const STATE = `CASE WHEN b.verdict IS NOT NULL AND b.until > now() THEN b.verdict WHEN ${IS_WAITING} THEN 'held' ELSE 'over' END`
/** What passed before a brake tripped, by nobody's leave. */
const PASSED = `g.connection_id = b.connection_id AND g.brake_id IS NULL
  AND g.at > b.tripped_at - make_interval(secs => b.window_s) AND g.at <= b.tripped_at`
const BRAKE = `b.id, b.tenant_id, b.connection_id, (SELECT c.name FROM scim_connection c WHERE c.id = b.connection_id) AS connection,
  ${STATE} AS state, b.because, b.people, b.let_go, b.percent, b.window_s / 60 AS window_minutes, b.count, b.digest,
  (SELECT count(DISTINCT g.principal_id)::int FROM scim_let_go g WHERE ${PASSED} AND g.undone_at IS NULL) AS passed,
  b.approval_id, (SELECT CASE WHEN a.state = 'open' AND a.expires_at <= now() THEN 'expired' ELSE a.state END
    FROM approval a WHERE a.id = b.approval_id) AS approval_state,
  b.verdict_by AS decided_by, ${isoTimestamp('b.until', 'until')}, ${isoTimestamp('b.tripped_at', 'tripped_at')}`

/** Brakes that the scope can see, newest first. */
export const listBrakes = async (
  tx: Queryable,
  { tenant_id, connection_id, state }: Pick<ScimBrakeQuery, 'tenant_id' | 'connection_id' | 'state'>,
  { rows, before }: IdPage,
): Promise<ScimBrake[]> =>
  (
    await tx.query<ScimBrake>(
      `SELECT ${BRAKE} FROM scim_brake b
       WHERE ($1::uuid IS NULL OR b.tenant_id = $1) AND ($2::uuid IS NULL OR b.id < $2)
         AND ($4::uuid IS NULL OR b.connection_id = $4) AND ($5::text IS NULL OR ${STATE} = $5)
       ORDER BY b.id DESC LIMIT $3`,
      [tenant_id ?? null, before, rows, connection_id ?? null, state ?? null],
    )
  ).rows

/** One brake, where the scope can see it. */
export const findBrake = async (tx: Queryable, id: string): Promise<ScimBrake | undefined> =>
  (await tx.query<ScimBrake>(`SELECT ${BRAKE} FROM scim_brake b WHERE b.id = $1`, [id])).rows[0]

/** Whom a listed change was about is nobody any more. */
const IS_ERASED = 'EXISTS (SELECT FROM principal p WHERE p.id = c.principal_id AND p.erased_at IS NOT NULL)'

/** What a brake holds off, in the order in which it came: the first thousand, without whoever was erased since. */
export const findChanges = async (tx: Queryable, brakeId: string): Promise<ScimBrakeShown['changes']> =>
  (
    await tx.query<ScimBrakeShown['changes'][number]>(
      `SELECT principal_id AS person, name, what, group_name AS "group", method, path, held AS decision_id, ${isoTimestamp('at')}
       FROM scim_brake_change c WHERE brake_id = $1 AND NOT ${IS_ERASED} ORDER BY seq LIMIT $2`,
      [brakeId, MOST_SHOWN],
    )
  ).rows

/** All that a brake lists, as far as its digest goes. */
export const findListed = async (tx: Queryable, brakeId: string): Promise<KeptChange[]> =>
  (
    await tx.query<KeptChange>(
      `SELECT c.principal_id, c.what, c.group_id, c.list_digest, ${IS_ERASED} AS erased
       FROM scim_brake_change c WHERE c.brake_id = $1 ORDER BY c.seq`,
      [brakeId],
    )
  ).rows

/** What passed before a brake tripped, as people are shown it. */
export const findPassed = async (tx: Queryable, brakeId: string): Promise<ScimBrakeShown['before']> =>
  (
    await tx.query<ScimBrakeShown['before'][number]>(
      `SELECT g.principal_id AS person, left(coalesce(g.before->'said'->>'user_name', g.before->>'name'), 256) AS name, g.what,
         CASE WHEN g.group_id IS NOT NULL THEN left(g.before->'groups'->0->>'display_name', 256) END AS "group",
         ${isoTimestamp('g.undone_at', 'undone_at')}, g.decision_id, ${isoTimestamp('g.at', 'at')}
       FROM scim_let_go g JOIN scim_brake b ON b.id = $1 WHERE ${PASSED} ORDER BY g.id LIMIT $2`,
      [brakeId, MOST_SHOWN],
    )
  ).rows

/** Somebody to be brought back. */
export interface LetGo {
  readonly id: string
  readonly principal_id: string
  readonly what: ScimBrakeShown['before'][number]['what']
  readonly group_id: string | null
  readonly decision_id: string
  readonly before: {
    readonly name: string
    readonly email: string | null
    readonly said: {
      readonly user_name: string
      readonly external_id: string | null
      readonly attributes: object
      readonly mapped?: object
    } | null
    readonly groups: readonly {
      readonly id: string
      readonly display_name: string
      readonly external_id: string | null
      readonly attributes: object
    }[]
  }
}

/** Those who passed before a brake tripped and were not brought back, the latest first: what happened last is undone first. */
export const findToUndo = async (tx: Queryable, brakeId: string): Promise<LetGo[]> =>
  (
    await tx.query<LetGo>(
      `SELECT g.id, g.principal_id, g.what, g.group_id, g.decision_id, g.before
       FROM scim_let_go g JOIN scim_brake b ON b.id = $1 WHERE ${PASSED} AND g.undone_at IS NULL ORDER BY g.id DESC`,
      [brakeId],
    )
  ).rows

/** A brake to be kept, with nothing on its list yet. */
export interface NewBrake {
  readonly id: string
  readonly connection_id: string
  readonly approval_id: string
  readonly because: readonly string[]
  readonly people: number
  readonly let_go: number
  readonly percent: number
  readonly window_s: number
  readonly count: number
  readonly digest: string
}

/** Adds a brake. */
export const insertBrake = async (tx: GovernedTransaction, row: NewBrake): Promise<void> => {
  await tx.query(
    `INSERT INTO scim_brake (id, tenant_id, connection_id, approval_id, because, people, let_go, percent, window_s, count, digest, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[row.id, tx.tenantId, row.connection_id, row.approval_id, row.because, row.people, row.let_go, row.percent],
      ...[row.window_s, row.count, row.digest, tx.decisionId],
    ],
  )
}

/** One change to be put on a list. */
export interface NewChange extends ListedChange {
  readonly name: string
  readonly group_name: string | null
  readonly method: string
  readonly path: string
  readonly held: string
}

/** Puts changes on a list, behind the `count` that stand on it and have this digest. */
export const insertChanges = async (
  tx: GovernedTransaction,
  { brakeId, count, digest }: { brakeId: string; count: number; digest: string },
  changes: readonly NewChange[],
): Promise<void> => {
  const digests = digestsOf(digest, changes)
  const rows = changes.map((change, place) => ({ ...change, seq: count + place + 1, list_digest: digests[place] }))
  await tx.query(
    `INSERT INTO scim_brake_change (brake_id, seq, tenant_id, principal_id, name, what, group_id, group_name, method, path, held, list_digest, decision_id)
     SELECT $2, seq, $3, principal_id, name, what, group_id, group_name, method, path, held, list_digest, $4
     FROM json_populate_recordset(NULL::scim_brake_change, $1)`,
    [JSON.stringify(rows), brakeId, tx.tenantId, tx.decisionId],
  )
}

/** A brake that waits for people. */
export interface Waiting extends Omit<NewBrake, 'connection_id'> {
  readonly connection: string
  readonly tripped_at: string
  /** Nobody voted yet. */
  readonly unvoted: boolean
}

/** Brakes of a connection that wait for people, newest first. */
export const findWaiting = async (tx: Queryable, connectionId: string): Promise<Waiting[]> =>
  (
    await tx.query<Waiting>(
      `SELECT b.id, b.approval_id, b.because, b.people, b.let_go, b.percent, b.window_s, b.count, b.digest,
         c.name AS connection, ${isoTimestamp('b.tripped_at', 'tripped_at')},
         NOT EXISTS (SELECT FROM approval_vote v WHERE v.approval_id = b.approval_id) AND EXISTS (
           SELECT FROM approval o WHERE o.id = b.approval_id AND o.state = 'open' AND o.expires_at > now()) AS unvoted
       FROM scim_brake b JOIN scim_connection c ON c.id = b.connection_id
       WHERE b.connection_id = $1 AND ${IS_WAITING} ORDER BY b.id DESC`,
      [connectionId],
    )
  ).rows

/** Of these changes those that none of these brakes lists, by their places. */
export const findUnlisted = async (
  tx: Queryable,
  brakeIds: readonly string[],
  changes: readonly ListedChange[],
): Promise<number[]> =>
  (
    await tx.query<{ place: number }>(
      `SELECT (place - 1)::int AS place FROM unnest($2::uuid[], $3::text[], $4::uuid[]) WITH ORDINALITY AS w (person, what, group_id, place)
       WHERE NOT EXISTS (SELECT FROM scim_brake_change c WHERE c.brake_id = ANY($1::uuid[]) AND c.principal_id = w.person
         AND c.what = w.what AND c.group_id IS NOT DISTINCT FROM w.group_id) ORDER BY place`,
      [
        brakeIds,
        changes.map(({ principal_id }) => principal_id),
        changes.map(({ what }) => what),
        changes.map(({ group_id }) => group_id),
      ],
    )
  ).rows.map(({ place }) => place)

/** Notes that a list has grown. */
export const growBrake = async (
  tx: GovernedTransaction,
  { id, count, digest }: Pick<NewBrake, 'id' | 'count' | 'digest'>,
): Promise<void> => {
  await tx.query(
    'UPDATE scim_brake SET count = $2, digest = $3, version = version + 1, decision_id = $4 WHERE id = $1',
    [id, count, digest, tx.decisionId],
  )
}

/** What people say to a brake. */
export interface BrakeVerdict {
  readonly id: string
  readonly verdict: 'released' | 'rejected'
  /** Pseudonym. */
  readonly by: string
  readonly approvalId: string | null
  /** For as many seconds; where absent, for the window of the brake. */
  readonly lastsS: number | null
  /** Of the list that it is about. */
  readonly digest: string
}

/** Notes what people say to a brake; false where its list is another by now, or this approval was acted on already. */
export const settleBrake = async (tx: GovernedTransaction, verdict: BrakeVerdict): Promise<boolean> => {
  const { id, by, approvalId, lastsS, digest } = verdict
  const settled = await tx.query(
    `UPDATE scim_brake SET verdict = $2, verdict_by = $3, verdict_approval = $4, verdict_at = now(),
       until = now() + make_interval(secs => coalesce($5, window_s)), version = version + 1, decision_id = $6
     WHERE id = $1 AND digest = $7 AND ($4::uuid IS NULL OR verdict_approval IS DISTINCT FROM $4)`,
    [id, verdict.verdict, by, approvalId, lastsS, tx.decisionId, digest],
  )
  return settled.rowCount === 1
}

/** The approval that a verdict on a brake came of. */
export const settledBy = async (tx: Queryable, id: string): Promise<string | null> =>
  (await tx.query<{ verdict_approval: string | null }>('SELECT verdict_approval FROM scim_brake WHERE id = $1', [id]))
    .rows[0]?.verdict_approval ?? null
