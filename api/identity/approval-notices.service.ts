import type { OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { ApprovalMailer } from '../approvals/approval-mailer.js'
import { APPROVAL_TOPICS, type Approvals } from '../approvals/approvals.service.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import type { Database } from '../platform/database/database.service.js'
import { heldRoles } from './held-roles.js'
import { askedTenants, mayBeAsked } from './eligible.rules.js'
import { findPerson, listAddressees } from './people.repository.js'

/** One notice to one person: sent, failed and tried again apart from all others. */
export const NOTICE_TOPIC = 'approval.notice'

const Opened = z.looseObject({ approval_id: z.string() })
const Notice = z.looseObject({ approval_id: z.string(), principal_id: z.string() })

export interface NoticeParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly approvals: Pick<Approvals, 'withVotes' | 'madeByOpener'>
  readonly mailer: ApprovalMailer
}

/** Tells people by mail of what waits for them. It runs behind the outbox, so no mail server holds anything up. */
export class ApprovalNotices implements OnModuleInit {
  constructor(private readonly parts: NoticeParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.opened, (payload) => this.onOpened(payload))
    this.parts.outbox.subscribe(NOTICE_TOPIC, (payload) => this.onNotice(payload))
  }

  /** Acts on `approval.opened`: one notice for each person who may vote, whom the opener did not make, and who has an address. */
  async onOpened(payload: unknown): Promise<void> {
    const { approval_id } = Opened.parse(payload)
    const { database, outbox, approvals, mailer } = this.parts
    const voted = mailer.enabled ? await approvals.withVotes(approval_id) : null
    if (voted?.approval.state !== 'open') return
    const { approval } = voted
    const people = await database.read({ platform: true }, (tx) => listAddressees(tx, askedTenants(approval)))
    const voters = people.map(({ pseudonym }) => ({ voter: pseudonym, key_id: null }))
    const made = await approvals.madeByOpener(approval, voters)
    for (const person of people.filter(({ pseudonym }) => !made.has(pseudonym))) {
      if (!mayBeAsked(approval, { ...person, ...(await heldRoles({ database, scope: { platform: true } }, person)) }))
        continue
      const notice = { approval_id, principal_id: person.id }
      await outbox.emit(database.records, { topic: NOTICE_TOPIC, tenantId: approval.tenant_id, payload: notice })
    }
  }

  /** Acts on `approval.notice`. Rejects where the mail server does not take it, so that the outbox tries again. */
  async onNotice(payload: unknown): Promise<void> {
    const { approval_id, principal_id } = Notice.parse(payload)
    const { database, approvals, mailer } = this.parts
    const voted = await approvals.withVotes(approval_id)
    const person = await database.read({ platform: true }, (tx) => findPerson(tx, principal_id))
    if (voted?.approval.state !== 'open' || !person?.email || person.disabled_at !== null) return
    await mailer.send({ id: person.id, email: person.email }, voted.approval)
  }
}
