import type { AuditEntry, AuditFilters } from '#contract/api/privacy.js'
import { leastIdOf } from '../ledger/decision-filters.rules.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

/** A person as the list is searched for: the id, and what decisions call them. */
export interface Sought {
  readonly id: string | null
  readonly pseudonym: string | null
}

/** What is read for whom; `named` where the reader may see people. */
export interface AuditReading extends AuditFilters {
  readonly sought: Sought | null
  readonly named: boolean
}

type Bind = (value: unknown) => string

const SIGN_IN = `('session.create', 'session.end', 'session.revoke', 'invitation.accept', 'service_token.create')`
const SCIM_OUTCOME = `CASE WHEN l.status < 400 THEN 'done' WHEN l.status < 500 THEN 'refused' ELSE 'failed' END`

/** Both halves of somebody, by either; undefined where the scope has nobody of that name. */
export const findSought = async (tx: Queryable, person: string): Promise<Sought | undefined> =>
  (await tx.query<Sought>('SELECT id, pseudonym FROM principal WHERE (id::text = $1 OR pseudonym = $1)', [person]))
    .rows[0]

/** What both kinds of row are searched by; `of` is the alias of theirs. */
const common =
  ({ tenant_id, since, until }: AuditFilters, { before }: IdPage, of: string) =>
  (bind: Bind): string[] => [
    'true',
    ...(tenant_id === undefined ? [] : [`${of}.tenant_id = ${bind(tenant_id)}::uuid`]),
    ...(before === null ? [] : [`${of}.id < ${bind(before)}::uuid`]),
    ...(since === undefined ? [] : [`${of}.id >= ${bind(leastIdOf(Date.parse(since)))}::uuid`]),
    ...(until === undefined ? [] : [`${of}.id < ${bind(leastIdOf(Date.parse(until)))}::uuid`]),
  ]

/** Decisions on what people do; calls of extensions have a list of their own, and what SCIM asks for is in its log. */
const decisions = (reading: AuditReading, page: IdPage, bind: Bind): string => {
  const { sought, source, action, outcome } = reading
  const id = sought && bind(sought.id)
  const pseudonym = sought && bind(sought.pseudonym)
  const conditions = [
    ...common(reading, page, 'd')(bind),
    // In these words, for the index of what is not a call.
    ...[`d.action <> 'extension.invoke'`, `d.action <> 'capability.use'`, `d.action <> 'scim.provision'`],
    ...(action === undefined ? [] : [`d.action = ${bind(action)}`]),
    ...(outcome === undefined ? [] : [`d.outcome = ${bind(outcome)}`]),
    ...(source === undefined ? [] : [`${SOURCE} = ${bind(source)}`]),
    ...(sought
      ? [
          `(d.actor = ${pseudonym} OR d.resource_id IN (${id}::text, ${pseudonym})
            OR d.id IN (SELECT decision_id FROM session WHERE principal_id = ${id}::uuid))`,
        ]
      : []),
  ]
  return `SELECT d.id, d.at, ${SOURCE} AS source, d.tenant_id, d.actor, d.action, d.action AS did, d.outcome,
      json_build_object('kind', d.resource_kind, 'id', d.resource_id) AS resource, d.reasons, d.id AS decision_id,
      d.correlation_id, convert_from(d.input, 'UTF8')::json -> 'actor' AS facts, NULL::uuid AS connection_id,
      NULL::uuid AS token_id
    FROM decision d WHERE ${conditions.join(' AND ')} ORDER BY d.id DESC LIMIT ${bind(page.rows)}`
}
const SOURCE = `CASE WHEN d.action IN ${SIGN_IN} THEN 'sign_in' WHEN d.action = 'scim.look_up' THEN 'scim' ELSE 'admin' END`

const provisioning = (reading: AuditReading, page: IdPage, bind: Bind): string => {
  const { sought, source, action, outcome } = reading
  const id = sought && bind(sought.id)
  const conditions = [
    ...common(reading, page, 'l')(bind),
    ...(source === undefined || source === 'scim' ? [] : ['false']),
    ...(action === undefined || action === 'scim.provision' ? [] : ['false']),
    ...(outcome === undefined ? [] : [`${SCIM_OUTCOME} = ${bind(outcome)}`]),
    ...(sought
      ? [
          `(l.resource_id = ${id}::text OR l.effects @> jsonb_build_array(jsonb_build_object('member', ${id}::text))
            OR l.effects @> jsonb_build_array(jsonb_build_object('resource', jsonb_build_object('id', ${id}::text)))
            OR l.connection_id = (SELECT c.id FROM scim_connection c WHERE c.principal_id = ${id}::uuid))`,
        ]
      : []),
  ]
  return `SELECT l.id, l.at, 'scim', l.tenant_id, NULL, 'scim.provision',
      format('%s %s%s', l.method, left(l.path, 200), CASE WHEN l.would THEN ' (preview)' ELSE '' END), ${SCIM_OUTCOME},
      CASE WHEN l.resource_id IS NOT NULL
        THEN json_build_object('kind', 'scim_' || lower(coalesce(l.resource_type, 'resource')), 'id', l.resource_id) END,
      CASE WHEN l.scim_type IS NULL THEN '{}' ELSE ARRAY[l.scim_type] END, l.decision_id, l.correlation_id, NULL::json,
      l.connection_id, l.token_id
    FROM scim_log l WHERE ${conditions.join(' AND ')} ORDER BY l.id DESC LIMIT ${bind(page.rows)}`
}

/**
 * What was done and refused, newest first, out of decisions, sessions and the provisioning log as they stand: nothing is
 * kept twice. A sign-in names whoever came of it as long as their session is kept.
 */
export const readAudit = async (tx: Queryable, reading: AuditReading, page: IdPage): Promise<AuditEntry[]> => {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const entries = `(${decisions(reading, page, bind)}) UNION ALL (${provisioning(reading, page, bind)})`
  const text = `
    SELECT e.id, ${isoTimestamp('e.at', 'at')}, e.source, e.tenant_id AS tenant,
      coalesce(signed.pseudonym, connection.pseudonym, e.actor, 'unknown') AS actor,
      CASE WHEN ${bind(reading.named)}::boolean THEN who.name END AS name,
      e.action, e.did, e.outcome, e.resource, e.reasons, e.decision_id, e.correlation_id,
      json_build_object('kind', CASE
          WHEN e.connection_id IS NOT NULL OR e.action = 'scim.look_up' THEN 'scim'
          WHEN signed.label IS NOT NULL OR e.facts -> 'session' ->> 'auth_time' IS NOT NULL THEN 'session'
          WHEN e.facts ->> 'kind' = 'system' THEN 'platform'
          WHEN e.facts ->> 'kind' = 'anonymous' THEN 'nobody'
          ELSE 'key' END,
        'name', coalesce(connection.name, signed.label, acting.label)) AS "from"
    FROM (SELECT * FROM (${entries}) AS merged ORDER BY id DESC LIMIT ${bind(page.rows)}) AS e
    LEFT JOIN LATERAL (
      SELECT p.pseudonym, s.client || ': ' || s.label AS label FROM session s JOIN principal p ON p.id = s.principal_id
      WHERE e.action = 'session.create' AND s.decision_id = e.decision_id ORDER BY s.id LIMIT 1) AS signed ON true
    LEFT JOIN LATERAL (
      SELECT s.client || ': ' || s.label AS label FROM session s JOIN principal p ON p.id = s.principal_id
      WHERE p.pseudonym = e.actor AND s.created_at <= e.at
        AND s.auth_time = to_timestamp((e.facts -> 'session' ->> 'auth_time')::float8 / 1000)::timestamptz(3)
      ORDER BY s.id DESC LIMIT 1) AS acting ON true
    LEFT JOIN LATERAL (
      SELECT p.pseudonym, c.name || coalesce(', ' || t.name, '') AS name FROM scim_connection c
      JOIN principal p ON p.id = c.principal_id LEFT JOIN scim_token t ON t.id = e.token_id
      WHERE c.id = e.connection_id) AS connection ON true
    LEFT JOIN principal who ON who.pseudonym = coalesce(signed.pseudonym, connection.pseudonym, e.actor)
      AND who.erased_at IS NULL
    ORDER BY e.id DESC`
  return (await tx.query<AuditEntry>(text, values)).rows
}
