import { HttpStatus } from '@nestjs/common'
import type { HeldBody } from '#contract/api/problem.js'
import type { Reason } from '#contract/decisions/answer.js'

/** The answer to something that a person must settle first. */
export class Held {
  readonly status = HttpStatus.ACCEPTED
  constructor(readonly body: HeldBody) {}
}

type OpenedApproval = Omit<HeldBody['approval'], 'url'>

/** 202 with a link to what waits; controllers return it as they would return any body. */
export const held = (approval: OpenedApproval, reasons: readonly Reason[], decisionId: string): Held =>
  new Held({
    approval: { ...approval, url: `/v1/approvals/${approval.id}` },
    reasons: [...reasons],
    decision_id: decisionId,
  })
