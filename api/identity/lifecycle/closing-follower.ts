import type { OnModuleInit } from '@nestjs/common'
import { APPROVAL_TOPICS } from '../../approvals/approvals.service.js'
import type { Outbox } from '../../platform/outbox/outbox.port.js'
import type { Closing } from './closing.service.js'

/** Has what other owners agreed to happen. */
export class ClosingFollower implements OnModuleInit {
  constructor(
    private readonly outbox: Pick<Outbox, 'subscribe'>,
    private readonly closing: Pick<Closing, 'onSettled'>,
  ) {}

  onModuleInit(): void {
    this.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.closing.onSettled(payload))
  }
}
