import type { WhatIfForetold, WhatIfQuery, WhatIfRun } from '#contract/api/what-if-runs.js'
import type { FlipVerdict, WhatIfReport, WhatIfState } from '#contract/api/what-if.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { SourceTree } from './revisions.repository.js'

/** A run as kept. */
export type WhatIfRow = WhatIfRun

/** The same with what a shadow has found by now. */
export type ShownRow = WhatIfRow & { readonly shadowed: WhatIfState | null }

const epochMs = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8 AS ${column}`

const SUMMARY = `id, draft_id, revision, state, ${epochMs('since')}, ${epochMs('until')}, "limit", only_tenant AS tenant,
  budget, follow, decisions, flips, report_digest, verdict, fault, attempts, started_by, decision_id,
  ${isoTimestamp('created_at', 'started_at')}, ${isoTimestamp('ended_at')}`
const RUN = `${SUMMARY}, report, CASE WHEN follow THEN resume END AS shadowed`

/** Module and data of a sealed revision: a run replays nothing else, so that it says the same of all that share them. */
const BUNDLE_OF = 'SELECT bundle_revision FROM policy_revision WHERE policy_revision.revision ='

/** Runs without their reports, newest first. */
export const listWhatIfs = async (
  tx: Queryable,
  { rows: limit, before }: IdPage,
  { draft, revision }: Pick<WhatIfQuery, 'draft' | 'revision'>,
): Promise<Omit<WhatIfRow, 'report'>[]> =>
  (
    await tx.query<Omit<WhatIfRow, 'report'>>(
      `SELECT ${SUMMARY} FROM policy_what_if WHERE ($2::uuid IS NULL OR id < $2)
         AND ($3::uuid IS NULL OR draft_id = $3) AND ($4::text IS NULL OR revision IN ($4, (${BUNDLE_OF} $4))) ORDER BY id DESC LIMIT $1`,
      [limit, before, draft ?? null, revision ?? null],
    )
  ).rows

/** One run; undefined where the scope has none of this id. */
export const findWhatIf = async (tx: Queryable, id: string): Promise<ShownRow | undefined> =>
  (await tx.query<ShownRow>(`SELECT ${RUN} FROM policy_what_if WHERE id = $1`, [id])).rows[0]

/** What the newest finished run of a revision found; null where none was run to its end. */
export const foretold = async (tx: Queryable, revision: string): Promise<WhatIfForetold | null> => {
  const { rows } = await tx.query<WhatIfForetold>(
    `SELECT id, report_digest, ${epochMs('since')}, ${epochMs('until')}, only_tenant AS tenant, decisions,
       (report->>'replayed')::int AS replayed, flips, (verdict->>'within')::boolean AS within_budget
     FROM policy_what_if WHERE revision IN ($1, (${BUNDLE_OF} $1)) AND state = 'done' AND NOT follow ORDER BY id DESC LIMIT 1`,
    [revision],
  )
  return rows[0] ?? null
}

/** A run to begin. */
export interface NewWhatIf extends Pick<
  WhatIfRow,
  | 'id'
  | 'draft_id'
  | 'revision'
  | 'since'
  | 'until'
  | 'limit'
  | 'tenant'
  | 'budget'
  | 'follow'
  | 'started_by'
  | 'decision_id'
> {
  readonly tenant_id: string
  readonly tree: SourceTree | null
}

/** A run that an instance has taken up. `claim` is the only name under which it can be written until that lapses. */
export interface ClaimedWhatIf extends Omit<WhatIfRow, 'report' | 'started_at' | 'ended_at'> {
  readonly claim: string
  readonly tree: SourceTree | null
  readonly resume: WhatIfState | null
}

/** How far a run is. */
export interface WhatIfProgress {
  readonly decisions: number
  readonly flips: number
  readonly resume: WhatIfState
}

/** Keeps runs, over the records pool: they are carried on by whichever instance takes them up. */
export class WhatIfsRepository {
  constructor(private readonly records: Queryable) {}

  /** Puts a run in the queue; false where `most` wait already. */
  async insert(made: NewWhatIf, most: number): Promise<boolean> {
    const { rowCount } = await this.records.query(
      `INSERT INTO policy_what_if (id, tenant_id, draft_id, tree, revision, since, until, "limit", only_tenant, budget,
         follow, started_by, decision_id)
       SELECT $1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000), $8, $9, $10, $11, $12, $13
       WHERE (SELECT count(*) FROM policy_what_if WHERE state = 'waiting') < $14`,
      [
        ...[made.id, made.tenant_id, made.draft_id, made.tree && JSON.stringify(made.tree), made.revision],
        ...[made.since, made.until, made.limit, made.tenant, made.budget && JSON.stringify(made.budget)],
        ...[made.follow, made.started_by, made.decision_id, most],
      ],
    )
    return rowCount === 1
  }

  /** Takes up the oldest run that waits, or whose instance has let its claim lapse. */
  async claim(follow: boolean, leaseMs: number): Promise<ClaimedWhatIf | undefined> {
    const { rows } = await this.records.query<ClaimedWhatIf>(
      `UPDATE policy_what_if SET state = 'running', claim = gen_random_uuid(), attempts = attempts + 1,
         claimed_until = clock_timestamp() + $1 * interval '1 millisecond'
       WHERE id = (
         SELECT id FROM policy_what_if
         WHERE follow = $2 AND (state = 'waiting' OR (state = 'running' AND claimed_until < clock_timestamp()))
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${SUMMARY}, claim, tree, resume`,
      [leaseMs, follow],
    )
    return rows[0]
  }

  /** Keeps how far it is, and the claim; a shadow that gets on has its attempts anew. False where it was cancelled or another instance has it. */
  async keep({ id, claim }: Held, progress: WhatIfProgress | null, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.records.query(
      `UPDATE policy_what_if SET claimed_until = clock_timestamp() + $3 * interval '1 millisecond',
         decisions = coalesce($4, decisions), flips = coalesce($5, flips), resume = coalesce($6::jsonb, resume),
         attempts = CASE WHEN follow AND $6::jsonb IS NOT NULL THEN 1 ELSE attempts END
       WHERE id = $1 AND claim = $2 AND state = 'running'`,
      [
        ...[id, claim, leaseMs, progress?.decisions ?? null, progress?.flips ?? null],
        progress && JSON.stringify(progress.resume),
      ],
    )
    return rowCount === 1
  }

  /** Names the candidate, once it is compiled. */
  async name({ id, claim }: Held, revision: string): Promise<void> {
    await this.records.query(`UPDATE policy_what_if SET revision = $3 WHERE id = $1 AND claim = $2`, [
      id,
      claim,
      revision,
    ])
  }

  /** Ends a run with its report. */
  async finish({ id, claim }: Held, { report, digest, verdict }: Finished): Promise<void> {
    await this.records.query(
      `UPDATE policy_what_if SET state = 'done', decisions = $3, flips = $4, report = $5, report_digest = $6,
         verdict = $7, resume = NULL, ended_at = clock_timestamp()
       WHERE id = $1 AND claim = $2 AND state = 'running'`,
      [
        ...[id, claim, report.decisions, report.flips, JSON.stringify(report), digest],
        verdict && JSON.stringify(verdict),
      ],
    )
  }

  /** Ends a run that cannot come to a report. */
  async fail({ id, claim }: Held, fault: string): Promise<void> {
    await this.records.query(
      `UPDATE policy_what_if SET state = 'failed', fault = $3, resume = NULL, ended_at = clock_timestamp()
       WHERE id = $1 AND claim = $2 AND state = 'running'`,
      [id, claim, fault],
    )
  }

  /** Gives a run back, for any instance to go on with it. */
  async release({ id, claim }: Held): Promise<void> {
    await this.records.query(
      `UPDATE policy_what_if SET state = 'waiting', claim = NULL, claimed_until = NULL
       WHERE id = $1 AND claim = $2 AND state = 'running'`,
      [id, claim],
    )
  }

  /** Cancels a run that has not ended; a shadow keeps what it found. The instance that works at it hears of it when it next keeps its claim. */
  async cancel(id: string): Promise<void> {
    await this.records.query(
      `UPDATE policy_what_if SET state = 'cancelled', resume = CASE WHEN follow THEN resume END, ended_at = clock_timestamp()
       WHERE id = $1 AND state IN ('waiting', 'running')`,
      [id],
    )
  }
}

type Held = Pick<ClaimedWhatIf, 'id' | 'claim'>

/** What a run came to. */
export interface Finished {
  readonly report: WhatIfReport
  readonly digest: string
  readonly verdict: FlipVerdict | null
}
