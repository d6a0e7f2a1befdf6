import type { OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Scope } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { ApprovalMailer, Told } from '../approvals/approval-mailer.js'
import type { Database } from '../platform/database/database.service.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { heldRoles } from './held-roles.js'
import { findPerson, listAddressees } from './people.repository.js'
import { scopesOf } from './scopes.rules.js'

/** One announcement to one person: sent, failed and tried again apart from all others. */
export const ANNOUNCEMENT_TOPIC = 'announcement'

const Announcement = z.looseObject({
  principal_id: z.string(),
  told: z.strictObject({ id: z.string(), subject: z.string(), text: z.string() }),
})

export interface AnnouncementParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly mailer: Pick<ApprovalMailer, 'enabled' | 'tell'>
}

/** Tells the platform's own people, and owners of organisations, by mail of what they must hear of. It runs behind the outbox. */
export class Announcements implements OnModuleInit {
  constructor(private readonly parts: AnnouncementParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(ANNOUNCEMENT_TOPIC, (payload) => this.onAnnouncement(payload))
  }

  /** Tells everybody of the platform who has this scope and an address. Without a mail server it tells nobody. */
  async toAllWith(scope: Scope, told: Told): Promise<void> {
    const { database, mailer } = this.parts
    if (!mailer.enabled) return
    const people = await database.read({ platform: true }, (tx) => listAddressees(tx, [PLATFORM_TENANT_ID]))
    for (const person of people) {
      if (!scopesOf(await heldRoles({ database, scope: { platform: true } }, person)).includes(scope)) continue
      await this.announce({ tenantId: PLATFORM_TENANT_ID, principalId: person.id, told })
    }
  }

  /** Tells every owner of an organisation who has an address. */
  async toOwnersOf(tenantId: string, told: Told): Promise<void> {
    const { database, mailer } = this.parts
    if (!mailer.enabled) return
    const people = await database.read({ platform: true }, (tx) => listAddressees(tx, [tenantId]))
    for (const person of people) {
      const { roles } = await heldRoles({ database, scope: { platform: true } }, person)
      if (roles.includes('owner')) await this.announce({ tenantId, principalId: person.id, told })
    }
  }

  /** Acts on one announcement. Rejects where the mail server does not take it, so that the outbox tries again. */
  async onAnnouncement(payload: unknown): Promise<void> {
    const { principal_id, told } = Announcement.parse(payload)
    const person = await this.parts.database.read({ platform: true }, (tx) => findPerson(tx, principal_id))
    if (!person?.email || person.disabled_at !== null) return
    await this.parts.mailer.tell({ id: person.id, email: person.email }, told)
  }

  private announce({ tenantId, principalId, told }: { tenantId: string; principalId: string; told: Told }) {
    const { database, outbox } = this.parts
    const payload = { principal_id: principalId, told }
    return outbox.emit(database.records, { topic: ANNOUNCEMENT_TOPIC, tenantId, payload })
  }
}
