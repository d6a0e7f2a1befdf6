import { Logger } from '@nestjs/common'
import type { Outcome } from '#contract/decisions/outcome.js'
import type { ApprovalSettled, Approvals, VotedApproval } from '../approvals/approvals.service.js'
import type { GateService } from '../gate/gate.service.js'
import { SYSTEM_ACTOR } from '../gate/system-actor.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Publications } from './publications.service.js'
import type { PublishFacts } from './publish-facts.rules.js'
import { ReviewSubject } from './review-subject.rules.js'
import type { Submission } from './submission.js'
import type { Submissions } from './submissions.service.js'

export interface ReviewsParts {
  readonly gate: GateService
  readonly approvals: Approvals
  readonly blobs: BlobStore
  readonly callers: Callers
  readonly submissions: Submissions
  readonly publications: Publications
}

/** Owner of approvals of the kind `review`. */
export class Reviews {
  private readonly logger = new Logger('review')

  constructor(private readonly parts: ReviewsParts) {}

  /**
   * Acts on a settled review; safe to repeat. What was denied or expired wrote nothing, so there is nothing to undo.
   * Rejects where no decision could be made, so that the outbox delivers it again.
   */
  async settled({ approval_id, kind, state }: ApprovalSettled): Promise<void> {
    if (kind !== 'review' || state !== 'approved') return
    const voted = await this.parts.approvals.withVotes(approval_id)
    if (!voted) return
    const subject = ReviewSubject.parse(voted.approval.subject)
    const submission = JSON.parse((await this.parts.blobs.read(subject.submission)).toString()) as Submission
    const facts = await this.freshFacts(voted, submission)
    if (facts === null || facts.version.exists) return
    await this.approve(voted, { submission, facts })
  }

  /** Submitting is weighed once more as whoever did it: a right, a key or a publisher lost meanwhile stops it here. */
  private async freshFacts({ approval }: VotedApproval, submission: Submission): Promise<PublishFacts | null> {
    const { callers, submissions, gate } = this.parts
    const { manifest, certification, digest, envelope } = submission
    const submitter = await callers.callerOf(approval.opened_by, approval.id)
    if (!submitter) return this.stopped(approval.id, 'whoever submitted it is gone')
    const inspection = { kind: 'read' as const, manifest, certification, artifact: null }
    const { facts, names } = await submissions.weighable(submitter, { envelope, inspection, digest })
    if (facts.version.exists) return facts
    const about = { ...names, correlationId: approval.id, tenantId: facts.publisher.tenant_id }
    const outcome = await gate.decide('extension.submit', facts, about)
    this.requireAnswer(outcome)
    return outcome.kind === 'deny' ? this.stopped(approval.id, outcome.decisionId) : facts
  }

  private async approve(
    { approval, votes }: VotedApproval,
    { submission, facts }: { submission: Submission; facts: PublishFacts },
  ): Promise<void> {
    const { gate, publications } = this.parts
    const { id: extension, version: semver } = submission.manifest
    const outcome = await gate.decide(
      'extension.approve',
      { ...facts, actor: SYSTEM_ACTOR, version: { ...facts.version, review_state: 'in_review' }, votes },
      {
        ...{ correlationId: approval.id, tenantId: facts.publisher.tenant_id },
        ...{ publisherId: submission.publisher_id, extension, semver },
      },
    )
    this.requireAnswer(outcome)
    if (outcome.kind === 'allow') await publications.write(outcome.permit, submission)
    else this.stopped(approval.id, outcome.decisionId)
  }

  private requireAnswer(outcome: Outcome): void {
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
  }

  private stopped(approvalId: string, why: string): null {
    this.logger.warn({ approval_id: approvalId, why }, 'an approved review was not carried out')
    return null
  }
}
