import { HttpStatus } from '@nestjs/common'
import type { Reason } from '#contract/decisions/answer.js'

/** The answer to something that a person must settle first. */
export class Held {
  readonly status = HttpStatus.ACCEPTED
  constructor(readonly body: HeldBody) {}
}

interface HeldBody {
  readonly approval: {
    readonly id: string
    readonly kind: string
    readonly title: string
    readonly expires_at: string
    readonly url: string
  }
  readonly reasons: readonly Reason[]
  readonly decision_id: string
}

type OpenedApproval = Omit<HeldBody['approval'], 'url'>

/** 202 with a link to what waits; controllers return it as they would return any body. */
export const held = (approval: OpenedApproval, reasons: readonly Reason[], decisionId: string): Held =>
  new Held({ approval: { ...approval, url: `/v1/approvals/${approval.id}` }, reasons, decision_id: decisionId })
