import type { OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Tenant } from '#contract/api/identity.js'
import type { Database } from '../../platform/database/database.service.js'
import type { DomainEvent, Outbox } from '../../platform/outbox/outbox.port.js'
import type { Announcements } from '../announcements.service.js'
import { findTenant } from '../organisations.repository.js'

/** That an organisation which is closing loses all that it has a day from then on. */
export const ENDING_TOPIC = 'organisation.ending'

const Ending = z.looseObject({ tenant_id: z.string(), until: z.string() })

/** Owners hear of the end this long before it; where the grace period is shorter, at once. */
const AHEAD_MS = 24 * 60 * 60_000

/** The event that has owners told before the end of an organisation; null where it does not end. */
export const endingOf = ({ id, closing }: Pick<Tenant, 'id' | 'closing'>): DomainEvent | null =>
  closing && {
    ...{ topic: ENDING_TOPIC, tenantId: id, payload: { tenant_id: id, until: closing.until } },
    availableAt: new Date(Date.parse(closing.until) - AHEAD_MS),
  }

export interface LastNoticeParts {
  readonly database: Pick<Database, 'read'>
  readonly outbox: Pick<Outbox, 'subscribe'>
  readonly announcements: Pick<Announcements, 'toOwnersOf'>
}

/** Tells owners by mail, once, that what their organisation has is about to go. */
export class LastNotice implements OnModuleInit {
  constructor(private readonly parts: LastNoticeParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(ENDING_TOPIC, (payload) => this.onEnding(payload))
  }

  /** Acts on `organisation.ending`. An end that was called off, or put off, is not told of. Safe to repeat: a mail sent twice is recognised as one. */
  async onEnding(payload: unknown): Promise<void> {
    const { tenant_id, until } = Ending.parse(payload)
    const { database, announcements } = this.parts
    const tenant = await database.read({ platform: true }, (tx) => findTenant(tx, tenant_id))
    if (tenant?.status !== 'closing' || tenant.closing?.until !== until) return
    await announcements.toOwnersOf(tenant_id, {
      ...{ id: `${tenant_id}.${Date.parse(until)}`, subject: `${tenant.name} is deleted at ${until}` },
      text: textOf(tenant, until),
    })
  }
}

const textOf = ({ name, slug, closing }: Tenant, until: string): string =>
  [
    `${name} (${slug}) is closing: ${closing?.because ?? ''}`,
    '',
    `All that it has goes after ${until}, for good.`,
    'Until then owners can take out what it has, or call its deletion off:',
    '',
    `  gatehouse organisations export ${slug} --to ${slug}.jsonl`,
    closing?.by_platform
      ? "  It was asked for by the platform's operators; settle it with them."
      : `  gatehouse organisations restore ${slug}`,
    '',
  ].join('\n')
