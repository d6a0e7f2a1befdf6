import type { z } from 'zod'
import type { Approval } from '#contract/api/approvals.js'
import type { VoteFacts } from '#contract/decisions/common.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { ActorFacts } from '../platform/http/caller.js'
import type { IdPage } from '../platform/http/page.js'
import type { ApprovalState, Verdict } from './approvals.rules.js'

/** An approval as kept: what people see, and the version that a vote must find unchanged. */
export type ApprovalRow = Approval & { readonly version: number }

/** An open approval whose time has run out is expired, without anybody having to write that down. */
const STATE = `CASE WHEN a.state = 'open' AND a.expires_at <= now() THEN 'expired' ELSE a.state END`

/** Whether the actor in $1 to $3 (pseudonym, scopes, publisher) may vote and has not yet; policy decides the vote itself. */
const WAITS = `(
  ${STATE} = 'open' AND 'approvals:vote' = ANY ($2::text[]) AND a.scope = ANY ($2::text[]) AND a.opened_by <> $1
  AND (a.subject_publisher_id IS NULL OR a.subject_publisher_id IS DISTINCT FROM $3::uuid)
  AND NOT EXISTS (SELECT FROM approval_vote v WHERE v.approval_id = a.id AND v.voter = $1))`

const VOTES = `coalesce((
  SELECT jsonb_agg(jsonb_build_object('voter', v.voter, 'verdict', v.verdict, 'comment', v.comment,
    'at', to_char(v.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY v.id)
  FROM approval_vote v WHERE v.approval_id = a.id), '[]') AS votes`

const APPROVAL = `a.id, a.tenant_id, a.kind, a.action, ${STATE} AS state, a.title, a.subject, a.subject_digest,
  a.subject_publisher_id, a.scope, a.quorum, a.opened_by, ${WAITS} AS waits_for_me, ${VOTES}, a.version,
  ${isoTimestamp('a.expires_at', 'expires_at')}, ${isoTimestamp('a.settled_at', 'settled_at')},
  ${isoTimestamp('a.created_at', 'created_at')}, a.decision_id`

const viewer = ({ id, scopes, publisher_id }: ActorFacts): unknown[] => [id, scopes, publisher_id]

export interface ApprovalFilter extends IdPage {
  readonly state: string | null
  readonly kind: string | null
  readonly waiting: boolean | null
}

/** Approvals that the scope can see and the filter lets through, newest first. */
export const listApprovals = async (
  tx: Queryable,
  actor: ActorFacts,
  filter: ApprovalFilter,
): Promise<ApprovalRow[]> => {
  const found = await tx.query<ApprovalRow>(
    `SELECT ${APPROVAL} FROM approval a
     WHERE ($5::uuid IS NULL OR a.id < $5) AND ($6::text IS NULL OR ${STATE} = $6) AND ($7::text IS NULL OR a.kind = $7)
       AND ($8::boolean IS NULL OR ${WAITS} = $8)
     ORDER BY a.id DESC LIMIT $4`,
    [...viewer(actor), filter.rows, filter.before, filter.state, filter.kind, filter.waiting],
  )
  return found.rows
}

/** One approval, where the scope can see it. */
export const findApproval = async (tx: Queryable, actor: ActorFacts, id: string): Promise<ApprovalRow | undefined> =>
  (await tx.query<ApprovalRow>(`SELECT ${APPROVAL} FROM approval a WHERE a.id = $4`, [...viewer(actor), id])).rows[0]

/** What opening wrote, as an answer of 202 names it. */
export type OpenedApproval = Pick<Approval, 'id' | 'kind' | 'title' | 'expires_at'>
const OPENED = `id, kind, title, ${isoTimestamp('expires_at')}`

/** The approval that this person already has open for exactly this subject. */
export const findOpen = async (
  tx: Queryable,
  wanted: Pick<Approval, 'action' | 'subject_digest' | 'opened_by'>,
): Promise<OpenedApproval | undefined> => {
  const found = await tx.query<OpenedApproval>(
    `SELECT ${OPENED} FROM approval
     WHERE action = $1 AND subject_digest = $2 AND opened_by = $3 AND state = 'open' AND expires_at > now()`,
    [wanted.action, wanted.subject_digest, wanted.opened_by],
  )
  return found.rows[0]
}

export type NewApproval = Omit<
  Approval,
  'state' | 'waits_for_me' | 'votes' | 'expires_at' | 'settled_at' | 'created_at' | 'decision_id'
> & { readonly expires_in_s: number }

/** Adds an open approval. */
export const insertApproval = async (tx: GovernedTransaction, row: NewApproval): Promise<OpenedApproval> => {
  const added = await tx.query<OpenedApproval>(
    `INSERT INTO approval (id, tenant_id, kind, action, title, subject, subject_digest, subject_publisher_id, scope, quorum,
       opened_by, expires_at, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12), $13) RETURNING ${OPENED}`,
    [
      row.id,
      row.tenant_id,
      row.kind,
      row.action,
      row.title,
      JSON.stringify(row.subject),
      row.subject_digest,
      row.subject_publisher_id,
      row.scope,
      row.quorum,
      row.opened_by,
      row.expires_in_s,
      tx.decisionId,
    ],
  )
  return added.rows[0]!
}

/** Moves an open approval on to `state` as read at `version`; false where somebody was faster or its time ran out. */
export const advanceApproval = async (
  tx: GovernedTransaction,
  { id, version, state }: { id: string; version: number; state: ApprovalState },
): Promise<boolean> => {
  const moved = await tx.query(
    `UPDATE approval SET state = $3, settled_at = CASE WHEN $3 <> 'open' THEN now() END, version = version + 1, decision_id = $4
     WHERE id = $1 AND version = $2 AND state = 'open' AND expires_at > now()`,
    [id, version, state, tx.decisionId],
  )
  return moved.rowCount === 1
}

export interface NewVote {
  readonly id: string
  readonly tenant_id: string
  readonly approval_id: string
  readonly principal_id: string
  readonly actor: ActorFacts
  readonly verdict: Verdict
  readonly comment: string
  readonly subject_digest: string
}

/** Records a vote with the rights that the voter had. */
export const insertVote = async (tx: GovernedTransaction, vote: NewVote): Promise<void> => {
  await tx.query(
    `INSERT INTO approval_vote (id, tenant_id, approval_id, principal_id, voter, publisher_id, scopes, verdict, comment,
       subject_digest, decision_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      vote.id,
      vote.tenant_id,
      vote.approval_id,
      vote.principal_id,
      vote.actor.id,
      vote.actor.publisher_id,
      vote.actor.scopes,
      vote.verdict,
      vote.comment,
      vote.subject_digest,
      tx.decisionId,
    ],
  )
}

/** Votes on an approval as policy sees them. */
export const votesOn = async (tx: Queryable, approvalId: string): Promise<z.infer<typeof VoteFacts>[]> => {
  const found = await tx.query<z.infer<typeof VoteFacts>>(
    'SELECT voter, verdict, scopes, publisher_id FROM approval_vote WHERE approval_id = $1 ORDER BY id',
    [approvalId],
  )
  return found.rows
}
