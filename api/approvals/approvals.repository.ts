import type { z } from 'zod'
import type { Approval } from '#contract/api/approvals.js'
import type { VoteFacts } from '#contract/decisions/common.js'
import type { Prisma } from '#prisma/generated/client.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant, isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { ActorFacts } from '../platform/http/caller.js'
import { inPage, type IdPage } from '../platform/http/page.js'
import { stateAt, waitsFor, type ApprovalState, type Verdict, type Viewing } from './approvals.rules.js'

/** An approval as kept: what people see, and the version that a vote must find unchanged. */
export type ApprovalRow = Approval & { readonly version: number }

const COLUMNS = {
  id: true,
  tenant_id: true,
  kind: true,
  action: true,
  state: true,
  title: true,
  subject: true,
  subject_digest: true,
  subject_publisher_id: true,
  scope: true,
  quorum: true,
  opened_by: true,
  version: true,
  expires_at: true,
  settled_at: true,
  voided_because: true,
  created_at: true,
  held_decision_id: true,
  decision_id: true,
  votes: { select: { voter: true, verdict: true, comment: true, created_at: true }, orderBy: { id: 'asc' } },
} as const
type Selected = Prisma.ApprovalGetPayload<{ select: typeof COLUMNS }>

const seenBy =
  (viewing: Viewing) =>
  ({ held_decision_id, ...row }: Selected): ApprovalRow => {
    const approval = {
      ...row,
      decision_id: held_decision_id ?? row.decision_id,
      kind: row.kind as Approval['kind'],
      action: row.action as Approval['action'],
      scope: row.scope as Approval['scope'],
      subject: row.subject as Approval['subject'],
      state: stateAt(viewing.now, row),
      votes: row.votes.map(({ voter, verdict, comment, created_at }) => {
        return { voter, verdict: verdict as Verdict, comment, at: isoInstant(created_at) }
      }),
      expires_at: isoInstant(row.expires_at),
      settled_at: isoInstant(row.settled_at),
      created_at: isoInstant(row.created_at),
    }
    return { ...approval, waits_for_me: waitsFor(viewing, approval) }
  }

export interface ApprovalFilter extends IdPage {
  readonly state: ApprovalState | null
  readonly kind: string | null
  readonly waiting: boolean | null
}

const inState = (state: ApprovalState, now: Date): Prisma.ApprovalWhereInput => {
  if (state === 'open') return { state, expires_at: { gt: now } }
  return state === 'expired' ? { OR: [{ state }, { state: 'open', expires_at: { lte: now } }] } : { state }
}

/** `waitsFor` as a filter; a spec holds that the two agree. */
const waiting = ({ actor: { id, scopes, publisher_id }, now, made }: Viewing): Prisma.ApprovalWhereInput => ({
  ...inState('open', now),
  scope: { in: scopes.includes('approvals:vote') ? [...scopes] : [] },
  opened_by: { not: id },
  AND: made.map(({ scope, maker }) => ({ NOT: { scope, opened_by: maker } })),
  OR: [{ subject_publisher_id: null }, { subject_publisher_id: { not: publisher_id } }],
  votes: { none: { voter: id } },
})

/** What open approvals ask for and who opened them, of those that the scope can see. */
export const openMatters = async ({ approval }: ScopedReader): Promise<Pick<Approval, 'scope' | 'opened_by'>[]> => {
  const found = await approval.findMany({
    where: inState('open', new Date()),
    distinct: ['scope', 'opened_by'],
    select: { scope: true, opened_by: true },
  })
  return found.map(({ scope, opened_by }) => ({ scope: scope as Approval['scope'], opened_by }))
}

/** Approvals that the scope can see and the filter lets through, newest first. */
export const listApprovals = async (
  { approval }: ScopedReader,
  viewing: Viewing,
  filter: ApprovalFilter,
): Promise<ApprovalRow[]> => {
  const conditions: Prisma.ApprovalWhereInput[] = []
  if (filter.state !== null) conditions.push(inState(filter.state, viewing.now))
  if (filter.kind !== null) conditions.push({ kind: filter.kind })
  if (filter.waiting !== null) conditions.push(filter.waiting ? waiting(viewing) : { NOT: waiting(viewing) })
  const found = await approval.findMany({ ...inPage(filter, { AND: conditions }), select: COLUMNS })
  return found.map(seenBy(viewing))
}

/** One approval, where the scope can see it. */
export const findApproval = async (
  { approval }: ScopedReader,
  viewing: Viewing,
  id: string,
): Promise<ApprovalRow | undefined> => {
  const row = await approval.findUnique({ where: { id }, select: COLUMNS })
  return row ? seenBy(viewing)(row) : undefined
}

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
  'state' | 'waits_for_me' | 'votes' | 'expires_at' | 'settled_at' | 'voided_because' | 'created_at' | 'decision_id'
> & { readonly expires_in_s: number }

/** Adds an open approval. */
export const insertApproval = async (tx: GovernedTransaction, row: NewApproval): Promise<OpenedApproval> => {
  const added = await tx.query<OpenedApproval>(
    `INSERT INTO approval (id, tenant_id, kind, action, title, subject, subject_digest, subject_publisher_id, scope, quorum,
       opened_by, expires_at, decision_id, held_decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12), $13, $13) RETURNING ${OPENED}`,
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

/** Puts another subject in the place of one that nobody voted on; false where somebody did, or it is not open. */
export const amendApproval = async (
  tx: GovernedTransaction,
  { id, title, subject, subject_digest }: Pick<NewApproval, 'id' | 'title' | 'subject_digest'> & { subject: object },
): Promise<boolean> => {
  const amended = await tx.query(
    `UPDATE approval SET title = $2, subject = $3, subject_digest = $4, version = version + 1, decision_id = $5,
       held_decision_id = $5
     WHERE id = $1 AND state = 'open' AND expires_at > now() AND NOT EXISTS (SELECT FROM approval_vote WHERE approval_id = $1)`,
    [id, title, JSON.stringify(subject), subject_digest, tx.decisionId],
  )
  return amended.rowCount === 1
}

/** Which approvals to void: those of a kind whose subject contains these parts. */
export interface Voiding {
  readonly kind: Approval['kind']
  readonly parts: object
  /** What people are told. */
  readonly because: string
}

/** Voids open approvals. */
export const voidApprovals = async (tx: GovernedTransaction, { kind, parts, because }: Voiding): Promise<void> => {
  await tx.query(
    `UPDATE approval SET state = 'voided', voided_because = $4, settled_at = now(), version = version + 1, decision_id = $3
     WHERE kind = $1 AND state = 'open' AND subject @> $2`,
    [kind, JSON.stringify(parts), tx.decisionId, because],
  )
}

export interface NewVote {
  readonly id: string
  readonly tenant_id: string
  readonly approval_id: string
  readonly principal_id: string
  readonly key_id: string | null
  readonly actor: ActorFacts
  readonly verdict: Verdict
  readonly comment: string
  readonly subject_digest: string
}

/** Records a vote with the rights that the voter had. */
export const insertVote = async (tx: GovernedTransaction, vote: NewVote): Promise<void> => {
  await tx.query(
    `INSERT INTO approval_vote (id, tenant_id, approval_id, principal_id, voter, key_id, publisher_id, scopes, verdict,
       comment, subject_digest, decision_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      vote.id,
      vote.tenant_id,
      vote.approval_id,
      vote.principal_id,
      vote.actor.id,
      vote.key_id,
      vote.actor.publisher_id,
      vote.actor.scopes,
      vote.verdict,
      vote.comment,
      vote.subject_digest,
      tx.decisionId,
    ],
  )
}

/** A vote as recorded, with the key that it came with. */
export type RecordedVote = Omit<z.infer<typeof VoteFacts>, 'made_by_opener'> & { readonly key_id: string | null }

/** Votes on an approval, in the order in which they came. */
export const votesOn = async ({ approvalVote }: ScopedReader, approvalId: string): Promise<RecordedVote[]> => {
  const found = await approvalVote.findMany({
    where: { approval_id: approvalId },
    select: { voter: true, key_id: true, verdict: true, scopes: true, publisher_id: true },
    orderBy: { id: 'asc' },
  })
  return found as RecordedVote[]
}
