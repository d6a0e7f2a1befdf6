import type { Pool } from 'pg'
import type { AgentDecision, AgentDecisionQuery, OpaAgent } from '#contract/api/agents.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { IdPage } from '../platform/http/page.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { ToldDecision } from './decision-logs.rules.js'
import type { AgentState } from './status.rules.js'

/** An agent that was not heard of for this long has ended: each start makes another id. */
const GONE = '7 days'

/** Whose agent it is. */
export interface Owner {
  readonly tenant: string
  /** Pseudonym of the service account. */
  readonly principal: string
}

/** What agents tell, over the records pool: nothing of it is ever read where something is permitted. */
export class AgentRecords {
  constructor(private readonly records: Pool) {}

  /** Keeps an agent's last report in place of the one before. Takes the rows of agents that ended long ago. */
  async keepState({ tenant, principal }: Owner, state: AgentState): Promise<void> {
    const { agent, version, labels, active_revision, errors } = state
    await this.records.query(
      `INSERT INTO opa_agent (tenant_id, agent, principal, version, labels, active_revision, errors, seen_at, reported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp())
       ON CONFLICT (tenant_id, agent) DO UPDATE SET principal = $3, version = $4, labels = $5, active_revision = $6, errors = $7,
         seen_at = clock_timestamp(), reported_at = clock_timestamp()`,
      [tenant, agent, principal, version, JSON.stringify(labels), active_revision, JSON.stringify(errors)],
    )
    await this.records.query(
      `DELETE FROM opa_agent WHERE tenant_id = $1 AND seen_at < clock_timestamp() - interval '${GONE}'`,
      [tenant],
    )
  }

  /** Notes that an agent sent decisions, and how many of them were refused. */
  async heardFrom({ tenant, principal }: Owner, agent: string, refused: number): Promise<void> {
    await this.records.query(
      `INSERT INTO opa_agent AS kept (tenant_id, agent, principal, labels, errors, refused_events, seen_at)
       VALUES ($1, $2, $3, '{}', '[]', $4, clock_timestamp())
       ON CONFLICT (tenant_id, agent) DO UPDATE SET
         refused_events = least(kept.refused_events::bigint + excluded.refused_events, 2147483647)::int,
         seen_at = excluded.seen_at`,
      [tenant, agent, principal, refused],
    )
  }

  /** Keeps decisions; one that is there already, since an agent sends again what it got no answer for, changes nothing. */
  async keepDecisions({ tenant, principal }: Owner, told: readonly (ToldDecision & { id: string })[]): Promise<void> {
    const column = <K extends keyof (typeof told)[number]>(name: K) => told.map((row) => row[name])
    await this.records.query(
      `INSERT INTO agent_decision (tenant_id, principal, masked_paths, id, agent, decision_id, path, gate, action, outcome,
         revision, input, answer, input_digest, error, masked, requested_by, at)
       SELECT $1, $2, ARRAY(SELECT jsonb_array_elements_text(row.paths)), row.id, row.agent, row.decision_id, row.path,
         row.gate, row.action, row.outcome, row.revision, row.input, row.answer, row.input_digest, row.error, row.masked,
         row.requested_by, row.at
       FROM unnest($3::jsonb[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
         $11::text[], $12::bytea[], $13::bytea[], $14::text[], $15::text[], $16::bool[], $17::text[], $18::timestamptz[])
         AS row(paths, id, agent, decision_id, path, gate, action, outcome, revision, input, answer, input_digest, error,
           masked, requested_by, at)
       ON CONFLICT (tenant_id, agent, decision_id) DO NOTHING`,
      [
        ...[tenant, principal, told.map(({ masked_paths }) => JSON.stringify(masked_paths))],
        ...[column('id'), column('agent'), column('decision_id'), column('path'), column('gate'), column('action')],
        ...[column('outcome'), column('revision'), column('input'), column('answer'), column('input_digest')],
        ...[column('error'), column('masked'), column('requested_by'), column('at')],
      ],
    )
  }
}

/** Agents by their id, and the organisation that they belong to where two have the same. */
export const listAgents = async (
  tx: Queryable,
  { rows: limit, after }: { rows: number; after: { agent: string; tenant: string } | null },
): Promise<Omit<OpaAgent, 'follows'>[]> => {
  const { rows } = await tx.query<Omit<OpaAgent, 'follows'>>(
    `SELECT agent AS id, tenant_id AS tenant, principal, version, labels, active_revision, errors, refused_events,
       ${isoTimestamp('reported_at')}, ${isoTimestamp('seen_at')}
     FROM opa_agent WHERE $2::text IS NULL OR (agent, tenant_id) > ($2, $3::uuid)
     ORDER BY agent, tenant_id LIMIT $1`,
    [limit, after?.agent ?? null, after?.tenant ?? null],
  )
  return rows
}

/** A page of what agents decided, newest first by when it was received. */
export const listAgentDecisions = async (
  tx: Queryable,
  { rows: limit, before }: IdPage,
  { agent, gate }: Pick<AgentDecisionQuery, 'agent' | 'gate'>,
): Promise<AgentDecision[]> => {
  const { rows } = await tx.query<AgentDecision>(
    `SELECT id, 'agent' AS source, ${isoTimestamp('at')}, ${isoTimestamp('received_at')}, tenant_id AS tenant, agent,
       principal, decision_id, path, gate, action, outcome, revision, error, masked, masked_paths,
       NOT masked AND gate IS NOT NULL AND revision IS NOT NULL AND input IS NOT NULL AND answer IS NOT NULL AS replayable
     FROM agent_decision
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR agent = $3) AND ($4::text IS NULL OR gate = $4)
     ORDER BY id DESC LIMIT $1`,
    [limit, before, agent ?? null, gate ?? null],
  )
  return rows
}
