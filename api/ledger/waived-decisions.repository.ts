import type { WaiverShown } from '#contract/api/policy-waivers.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Where a waiver can have acted. */
export interface ActedQuery {
  readonly id: string
  readonly reason: string
  readonly subject: { readonly kind: 'tenant' | 'extension'; readonly id: string }
  /** ISO 8601. */
  readonly from: string
  readonly until: string
  readonly limit: number
}

/** Decisions whose answer says that a waiver acted, newest first. */
export const waivedDecisions = async (tx: Queryable, asked: ActedQuery): Promise<WaiverShown['acted']> => {
  const about = asked.subject.kind === 'tenant' ? 'tenant_id = $1::uuid' : 'extension = $1'
  const { rows } = await tx.query<WaiverShown['acted'][number]>(
    `SELECT id AS decision_id, ${isoTimestamp('at')}, action, outcome, tenant_id, extension FROM decision
     WHERE ${about} AND at >= $2 AND at <= $3 AND $4 = ANY (rules) AND answer IS NOT NULL
       AND convert_from(answer, 'UTF8')::jsonb @> $5
     ORDER BY at DESC, id DESC LIMIT $6`,
    [
      ...[asked.subject.id, asked.from, asked.until, asked.reason],
      ...[JSON.stringify({ waived: [{ waiver: asked.id }] }), asked.limit],
    ],
  )
  return rows
}
