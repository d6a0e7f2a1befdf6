import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { APPROVAL_STATES } from '#contract/vocabulary.js'

export type ApprovalState = (typeof APPROVAL_STATES)[number]
export type Verdict = 'approve' | 'deny'

/** `sha256:` over the RFC 8785 form of what people are shown. */
export const subjectDigest = (subject: object): string => {
  const bytes = canonicalize(subject)
  if (bytes === undefined) throw new TypeError('the subject of an approval must be JSON')
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** What state the votes come to: one denial settles it, and so do as many approvals as the quorum; until then it stays open. */
export const tally = (
  verdicts: readonly Verdict[],
  quorum: number,
): Extract<ApprovalState, 'open' | 'approved' | 'denied'> => {
  if (verdicts.includes('deny')) return 'denied'
  return verdicts.length >= quorum ? 'approved' : 'open'
}
