import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { SCOPE_IDS } from '../scopes.js'
import { APPROVAL_KINDS, APPROVAL_STATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const VERDICTS = ['approve', 'deny'] as const

/** One vote as people see it; the voter under the pseudonym that decisions use. */
const Vote = z.strictObject({
  voter: text(64),
  verdict: z.enum(VERDICTS),
  comment: text(1000),
  at: Instant,
})

/** Something that waits for people, or did. `subject` is what they are shown, and `subject_digest` binds votes to it. */
export const Approval = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  kind: z.enum(APPROVAL_KINDS),
  action: z.enum(ACTION_IDS),
  state: z.enum(APPROVAL_STATES),
  title: text(300),
  subject: z.json(),
  subject_digest: Digest,
  subject_publisher_id: Uuid.nullable(),
  scope: z.enum(SCOPE_IDS).describe('Who may vote: people with this scope'),
  quorum: z.int().positive(),
  opened_by: text(64),
  waits_for_me: z.boolean().describe('The caller may vote on it and has not yet'),
  votes: z.array(Vote),
  expires_at: Instant,
  settled_at: Instant.nullable(),
  voided_because: text(300).nullable().describe('Why it can no longer be voted on; null unless it was voided'),
  created_at: Instant,
  decision_id: Uuid.describe('The decision that was held'),
})
export type Approval = z.infer<typeof Approval>
export const ApprovalPage = pageOf(Approval)

/** Which approvals to list; `waiting` are those that the caller may vote on. */
export const ApprovalQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(APPROVAL_STATES).optional(),
  kind: z.enum(APPROVAL_KINDS).optional(),
  waiting: z.enum(['true', 'false']).optional().describe('True: only what the caller may vote on and has not yet'),
})
export type ApprovalQuery = z.infer<typeof ApprovalQuery>

/** `subject_digest` is that of the approval as it was shown: a vote counts for exactly this. */
export const VoteRequest = z.strictObject({
  verdict: z.enum(VERDICTS),
  comment: text(1000).default(''),
  subject_digest: Digest,
})
export type VoteRequest = z.infer<typeof VoteRequest>
