import { Logger } from '@nestjs/common'
import { Problem } from '#contract/problems.js'
import type { ApprovalSettled, Approvals, VotedApproval } from '../approvals/approvals.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { BlobMissing } from '../platform/blobs/blob-faults.js'
import type { Caller } from '../platform/http/caller.js'
import { ConsentSubject } from './consent-subject.rules.js'
import type { InstallSecrets } from './install-secrets.service.js'
import type { Installs } from './installs.service.js'

export interface ConsentsParts {
  readonly approvals: Approvals
  readonly callers: Callers
  readonly installs: Installs
  readonly secrets: InstallSecrets
}

/** A refusal that trying again does not change; values that are gone were taken up when this was delivered before. */
const isFinal = (error: unknown): error is Error =>
  error instanceof BlobMissing || (error instanceof Problem && error.status < 500)

/** Owner of approvals of the kind `consent`. */
export class Consents {
  private readonly logger = new Logger('consent')

  constructor(private readonly parts: ConsentsParts) {}

  /**
   * Installs or updates once somebody agreed: decided again with fresh facts as whoever asked, so that a right lost
   * meanwhile stops it. Safe to repeat; rejects where it should be tried again.
   */
  async settled({ approval_id, kind, state, subject }: ApprovalSettled): Promise<void> {
    if (kind !== 'consent') return
    const wanted = ConsentSubject.parse(subject)
    if (state === 'approved') await this.carryOut(approval_id, wanted)
    await this.parts.secrets.drop(wanted.sealed_secrets)
  }

  private async carryOut(approvalId: string, wanted: ConsentSubject): Promise<void> {
    const { approvals, callers } = this.parts
    const voted = await approvals.withVotes(approvalId)
    if (!voted) return
    const caller = await callers.callerOf(voted.approval.opened_by, approvalId)
    const agreed = await this.whoAgreed(voted)
    if (!caller || !agreed) return this.stopped(approvalId, 'somebody who was needed is gone')
    try {
      await this.act(caller, { wanted, tenantId: voted.approval.tenant_id, agreedBy: agreed.principalId })
    } catch (error) {
      if (!isFinal(error)) throw error
      this.stopped(approvalId, error.message)
    }
  }

  private async act(
    caller: Caller,
    { wanted, tenantId, agreedBy }: { wanted: ConsentSubject; tenantId: string; agreedBy: string | null },
  ): Promise<void> {
    const { installs, secrets } = this.parts
    const { extension, version, workspace_id, install } = wanted
    const permissions = wanted.permissions.map(({ id }) => id)
    const consent = { digest: wanted.digest, permissions }
    const { config } = wanted
    const granted = {
      permissions,
      consent,
      ...(config && { config }),
      secrets: await secrets.takeUp(tenantId, wanted.sealed_secrets),
    }
    if (install) {
      const body = { ...granted, version, revision: install.revision }
      await installs.update(caller, { id: install.id, body }, agreedBy)
    } else await installs.create(caller, { ...granted, extension, version, workspace_id }, agreedBy)
  }

  /** The person behind the approving vote; none where it was of the opener's own making. */
  private async whoAgreed({ approval, votes }: VotedApproval): Promise<Caller | null> {
    const vote = votes.find(({ verdict, made_by_opener }) => verdict === 'approve' && !made_by_opener)
    return vote ? this.parts.callers.callerOf(vote.voter, approval.id) : null
  }

  private stopped(approvalId: string, why: string): void {
    this.logger.warn({ approval_id: approvalId, why }, 'an agreed install was not carried out')
  }
}
