import { randomUUIDv7 } from 'node:crypto'
import { USUAL_BRAKE, type ScimBrakeSettings } from '#contract/api/scim.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { Before, Loss } from './losses.rules.js'

/** One at a time counts who goes by a connection, on whatever instance, until its transaction ends. */
export const holdBrake = async (tx: GovernedTransaction, connectionId: string): Promise<void> => {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('scim_brake ' || $1, 0))`, [connectionId])
}

/** A brake that waits for people: its approval is open, or settled and not acted on yet. */
export const IS_WAITING = `b.verdict IS NULL AND EXISTS (SELECT FROM approval a WHERE a.id = b.approval_id AND (
  (a.state = 'open' AND a.expires_at > now()) OR (a.state IN ('approved', 'denied') AND a.settled_at > now() - interval '10 minutes')))`

/** How fast a connection lets people go. */
export interface Pace {
  readonly settings: ScimBrakeSettings
  /** Active people who are kept in step. */
  readonly active: number
  /** Those let go in the window by nobody's leave; `off` where they are not active now. */
  readonly gone: readonly { readonly id: string; readonly off: boolean }[]
  readonly waiting: boolean
}

/** Reads how fast a connection lets people go, at this moment. */
export const findPace = async (tx: GovernedTransaction, connectionId: string): Promise<Pace> => {
  const { rows } = await tx.query<Omit<Pace, 'settings'> & { settings: ScimBrakeSettings }>({
    name: 'scim_pace',
    text: `WITH c AS (
         SELECT id, tenant_id, $2::jsonb || coalesce(settings->'brake', '{}') AS brake FROM scim_connection WHERE id = $1)
       SELECT c.brake AS settings,
         (SELECT count(*)::int FROM scim_user u JOIN principal p ON p.id = u.principal_id
          WHERE u.tenant_id = c.tenant_id AND p.disabled_at IS NULL) AS active,
         EXISTS (SELECT FROM scim_brake b WHERE b.connection_id = c.id AND ${IS_WAITING}) AS waiting,
         (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', p.id, 'off', p.disabled_at IS NOT NULL)), '[]')
          FROM scim_let_go g JOIN principal p ON p.id = g.principal_id
          WHERE g.connection_id = c.id AND g.brake_id IS NULL
            AND g.at > now() - make_interval(mins => (c.brake->>'window_minutes')::int)) AS gone
       FROM c`,
    values: [connectionId, JSON.stringify(USUAL_BRAKE)],
  })
  return rows[0]!
}

/** Whom previews with a token would have let go in the window. */
export const findWouldBeGone = async (tx: Queryable, tokenId: string, minutes: number): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `SELECT DISTINCT effect->'resource'->>'id' AS id FROM scim_log l, jsonb_array_elements(l.effects) AS effect
       WHERE l.token_id = $1 AND l.would AND l.at > now() - make_interval(mins => $2)
         AND effect->>'kind' IN ('user.deactivated', 'user.deleted')`,
      [tokenId, minutes],
    )
  ).rows.map(({ id }) => id)

/** What people said of losses like these, by their places: the brake that was released, and whether somebody wants them to stay. */
export interface Said {
  readonly released: string | null
  readonly rejected: boolean
}

/** Reads what people said of each of these losses. Whom they brought back in the window, they want to stay. */
export const findSaid = async (
  tx: Queryable,
  connectionId: string,
  { losses, minutes }: { losses: readonly Loss[]; minutes: number },
): Promise<Said[]> => {
  const { rows } = await tx.query<Said>(
    `SELECT (
         SELECT b.id FROM scim_brake_change c JOIN scim_brake b ON b.id = c.brake_id
         WHERE b.connection_id = $1 AND b.verdict = 'released' AND b.until > now() AND c.principal_id = w.person
           AND c.what = w.what AND c.group_id IS NOT DISTINCT FROM w.group_id AND c.seq <= b.count
         ORDER BY b.id DESC LIMIT 1) AS released,
       (EXISTS (SELECT FROM scim_brake_change c JOIN scim_brake b ON b.id = c.brake_id
          WHERE b.connection_id = $1 AND b.verdict = 'rejected' AND b.until > now() AND c.principal_id = w.person)
        OR EXISTS (SELECT FROM scim_let_go g WHERE g.connection_id = $1 AND g.principal_id = w.person
          AND g.undone_at > now() - make_interval(mins => $5))) AS rejected
     FROM unnest($2::uuid[], $3::text[], $4::uuid[]) WITH ORDINALITY AS w (person, what, group_id, place) ORDER BY place`,
    [
      connectionId,
      losses.map(({ person }) => person),
      losses.map(({ what }) => what),
      losses.map(({ group }) => group?.id ?? null),
      minutes,
    ],
  )
  return rows
}

/** What was before is kept for as many days, for the case that somebody brings people back. */
const KEPT_DAYS = 7

/** Keeps who was let go, as they were, and lets what was kept for long enough go. */
export const insertLetGo = async (
  tx: GovernedTransaction,
  connectionId: string,
  { losses, before, said }: { losses: readonly Loss[]; before: Before; said: readonly Said[] },
): Promise<void> => {
  const rows = losses.map(({ person, what, group }, place) => {
    const { name, email, said: kept, groups } = before.people.get(person)!
    const left = (group ? [group.id] : groups).flatMap((id) => before.groups.get(id) ?? [])
    return {
      ...{ id: randomUUIDv7(), principal_id: person, what, group_id: group?.id ?? null },
      ...{ brake_id: said[place]?.released ?? null, before: { name, email, said: kept, groups: left } },
    }
  })
  await tx.query(
    `WITH old AS (DELETE FROM scim_let_go WHERE connection_id = $3 AND at < now() - make_interval(days => $5))
     INSERT INTO scim_let_go (id, tenant_id, connection_id, principal_id, what, group_id, before, brake_id, decision_id)
     SELECT id, $2, $3, principal_id, what, group_id, before, brake_id, $4 FROM json_populate_recordset(NULL::scim_let_go, $1)`,
    [JSON.stringify(rows), tx.tenantId, connectionId, tx.decisionId, KEPT_DAYS],
  )
}
