import type { WaiverShown } from '#contract/api/policy-waivers.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import { leastIdOf } from './decision-filters.rules.js'

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

/** Decisions whose answer says that a waiver acted, newest first. Where an organisation's module had a say, that is one part of it. */
export const waivedDecisions = async (tx: Queryable, asked: ActedQuery): Promise<WaiverShown['acted']> => {
  const about = asked.subject.kind === 'tenant' ? 'tenant_id = $1::uuid' : 'extension = $1'
  const answer = `convert_from(answer, 'UTF8')::jsonb`
  const { rows } = await tx.query<WaiverShown['acted'][number]>(
    `SELECT id AS decision_id, ${isoTimestamp('at')}, action, outcome, tenant_id, extension FROM decision
     WHERE ${about} AND id >= $2 AND id < $3 AND $4 = ANY (rules) AND answer IS NOT NULL
       AND CASE WHEN tenant_module IS NULL THEN ${answer} ELSE ${answer}->'platform' END @> $5
     ORDER BY id DESC LIMIT $6`,
    [
      ...[asked.subject.id, leastIdOf(Date.parse(asked.from)), leastIdOf(Date.parse(asked.until) + 1), asked.reason],
      ...[JSON.stringify({ waived: [{ waiver: asked.id }] }), asked.limit],
    ],
  )
  return rows
}
