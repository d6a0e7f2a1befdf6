import canonicalize from 'canonicalize'
import type { Approval } from '#contract/api/approvals.js'
import type { APPROVAL_STATES } from '#contract/vocabulary.js'
import { digestOf } from '#runtime/digest.js'
import type { ActorFacts } from '../platform/http/caller.js'
import type { Made } from './makers.repository.js'

export type ApprovalState = (typeof APPROVAL_STATES)[number]
export type Verdict = 'approve' | 'deny'

/** `sha256:` over the RFC 8785 form of what people are shown. */
export const subjectDigest = (subject: object): string => {
  const bytes = canonicalize(subject)
  if (bytes === undefined) throw new TypeError('the subject of an approval must be JSON')
  return digestOf(Buffer.from(bytes))
}

/** What state the votes come to: one denial settles it, and so do as many approvals as the quorum; until then it stays open. */
export const tally = (
  verdicts: readonly Verdict[],
  quorum: number,
): Extract<ApprovalState, 'open' | 'approved' | 'denied'> => {
  if (verdicts.includes('deny')) return 'denied'
  return verdicts.length >= quorum ? 'approved' : 'open'
}

/** An open approval whose time has run out is expired, without anybody having to write that down. */
export const stateAt = (now: Date, { state, expires_at }: { state: string; expires_at: Date }): ApprovalState =>
  state === 'open' && expires_at <= now ? 'expired' : (state as ApprovalState)

type Matter = Pick<Approval, 'state' | 'scope' | 'opened_by' | 'subject_publisher_id'> & {
  readonly votes: readonly { readonly voter: string }[]
}

/** Who looks, when, and who made them: what waits for whom depends on all three. */
export interface Viewing {
  readonly actor: ActorFacts
  readonly now: Date
  readonly made: readonly Pick<Made, 'scope' | 'maker'>[]
}

/** Whether somebody may vote on a matter and has not yet; policy decides the vote itself. */
export const waitsFor = ({ actor: { id, scopes, publisher_id }, made }: Viewing, matter: Matter): boolean =>
  matter.state === 'open' &&
  scopes.includes('approvals:vote') &&
  scopes.includes(matter.scope) &&
  matter.opened_by !== id &&
  !made.some(({ scope, maker }) => scope === matter.scope && maker === matter.opened_by) &&
  (matter.subject_publisher_id === null || matter.subject_publisher_id !== publisher_id) &&
  matter.votes.every(({ voter }) => voter !== id)
