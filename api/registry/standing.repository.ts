import type { z } from 'zod'
import type { Standing } from '#contract/decisions/common.js'
import type { STANDING_KINDS, STANDING_SUBJECTS } from '#contract/vocabulary.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Queryable } from '../platform/database/queryable.js'

export type StandingFacts = z.infer<typeof Standing>
export type StandingKind = (typeof STANDING_KINDS)[number]

/** Whose standing. `id`: a UUID of a tenant, publisher or install; an extension's name; `name@semver` of a version. */
export interface StandingSubject {
  readonly kind: (typeof STANDING_SUBJECTS)[number]
  readonly id: string
}

interface Row {
  readonly subject_kind: string
  readonly subject_id: string
  readonly kind: StandingKind
  readonly value: string
  /** Milliseconds since the epoch. */
  readonly until: number | null
}

/** The standing of each subject, in their order; `{}` where nothing is known. Rows that have ended are left out. */
export const standingOf = async (
  tx: Queryable,
  subjects: readonly StandingSubject[],
): Promise<readonly StandingFacts[]> => {
  const { rows } = await tx.query<Row>(
    `SELECT subject_kind, subject_id, kind, value, (extract(epoch FROM until) * 1000)::float8 AS until
     FROM standing JOIN unnest($1::text[], $2::text[]) AS wanted (subject_kind, subject_id) USING (subject_kind, subject_id)
     WHERE until IS NULL OR until > now()`,
    [subjects.map(({ kind }) => kind), subjects.map(({ id }) => id)],
  )
  return subjects.map(({ kind, id }) =>
    Object.fromEntries(
      rows
        .filter((row) => row.subject_kind === kind && row.subject_id === id)
        .map((row) => [row.kind, { value: row.value, until: row.until }]),
    ),
  )
}

/** One standing to be set; `tenantId` is the subject's owner. */
export interface StandingChange {
  readonly id: string
  readonly tenantId: string
  readonly subject: StandingSubject
  readonly kind: StandingKind
  readonly value: string
  readonly reason: string
  /** RFC 3339; null for no end. */
  readonly until: string | null
}

/** Sets a standing in place of the one of its kind. */
export const setStanding = async (tx: GovernedTransaction, change: StandingChange): Promise<void> => {
  const { id, tenantId, subject, kind, value, reason, until } = change
  await tx.query(
    `INSERT INTO standing (id, tenant_id, subject_kind, subject_id, kind, value, reason, until, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (subject_kind, subject_id, kind) DO UPDATE SET value = EXCLUDED.value, reason = EXCLUDED.reason,
       until = EXCLUDED.until, decision_id = EXCLUDED.decision_id, version = standing.version + 1`,
    [id, tenantId, subject.kind, subject.id, kind, value, reason, until, tx.decisionId],
  )
}
