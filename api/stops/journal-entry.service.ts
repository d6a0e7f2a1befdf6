import { Logger, type OnModuleInit } from '@nestjs/common'
import type { GateService } from '../gate/gate.service.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { LeaseRenewal } from '../killswitch/lease-renewal.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { inForce } from './engagement.rules.js'
import type { JournalledOrder, KillJournal } from './kill-journal.js'
import { insertOrder } from './stops.repository.js'

export interface JournalParts {
  readonly gate: GateService
  readonly state: KillState
  readonly renewal: LeaseRenewal
  readonly journal: KillJournal
}

/** Puts journalled orders in force from the start, and into the database before this node renews its lease again. */
export class JournalEntry implements OnModuleInit {
  private readonly logger = new Logger('kill-journal')

  constructor(private readonly parts: JournalParts) {}

  /** Rejects, and so stops the boot, where the journal cannot be read. */
  async onModuleInit(): Promise<void> {
    const { journal, state, renewal } = this.parts
    for (const { order } of await journal.entries()) state.admit(inForce(order, null))
    renewal.beforeRenewal(() => this.enterAll())
  }

  /** Enters what the journal holds; rejects where the database still cannot be written. */
  async enterAll(): Promise<void> {
    for (const entry of await this.parts.journal.entries()) await this.enter(entry)
  }

  private async enter({ order, facts, about }: JournalledOrder): Promise<void> {
    const { gate, state, journal } = this.parts
    const outcome = await gate.floor(facts, about)
    switch (outcome.kind) {
      case 'unavailable':
        throw gate.refusal(outcome)
      case 'deny':
      case 'hold':
        // It stays in force on this node until it stops: letting go is for people to decide.
        this.logger.error({ order: order.id, decision: outcome.decisionId }, 'a journalled kill order was refused')
        return journal.setAside(order.id)
      case 'allow': {
        const epoch = await gate
          .write(outcome.permit, async (tx) => BigInt((await insertOrder(tx, order)).epoch))
          .catch((error: unknown) => {
            // Committed before, though its answer was lost.
            if (violatedConstraint(error) === 'kill_order_pkey') return 0n
            throw error
          })
        state.admit(inForce(order, epoch))
        return journal.drop(order.id)
      }
    }
  }
}
