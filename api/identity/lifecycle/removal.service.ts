import { Logger } from '@nestjs/common'
import type { Tenant } from '#contract/api/identity.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { systemCaller } from '../../gate/system-actor.js'
import type { Database } from '../../platform/database/database.service.js'
import { anonymousCaller, type Caller } from '../../platform/http/caller.js'
import type { Callers } from '../caller-resolver.service.js'
import { findTenant } from '../organisations.repository.js'
import { organisationFacts, organisationResource } from './organisation-facts.rules.js'
import { closeForGood, dueOrganisations, removeRows, takeOrganisation, type Due } from './removal.repository.js'

/** Rows that one decision, and one transaction, lets go. */
const BATCH = 5_000
/** Organisations that one turn looks at. */
const AT_ONCE = 20
/** How long nobody is asked again after a refusal. */
const REFUSED_MS = 60 * 60_000

export interface RemovalParts {
  readonly database: Pick<Database, 'read' | 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'write'>
  readonly callers: Pick<Callers, 'callerOf' | 'forget'>
  /** Rows that go at once. */
  readonly batch?: number
}

/** How far a removal came: there is more, nothing is left, somebody else is at it, or policy refuses. */
export type Progress = 'more' | 'closed' | 'elsewhere' | 'refused'

/**
 * Takes away what organisations have whose time has come. Each batch is decided anew on behalf of whoever asked for the end,
 * so that a right lost meanwhile stops it; a crash leaves whole batches gone, and any instance goes on with the rest.
 */
export class Removal {
  private readonly logger = new Logger('identity')
  private readonly refused = new Map<string, number>()

  constructor(private readonly parts: RemovalParts) {}

  /** Removes whatever is due, to its end. Never rejects. */
  async turn(correlationId: string): Promise<void> {
    try {
      const due = await this.parts.database.inScope({ platform: true }, (tx) => dueOrganisations(tx, AT_ONCE))
      for (const one of due) if ((this.refused.get(one.id) ?? 0) <= Date.now()) await this.remove(one, correlationId)
    } catch (error) {
      this.logger.error({ error }, 'an organisation whose time has come could not be removed; it is tried again')
    }
  }

  /** One batch of an organisation: decided, and gone or not. */
  async step({ id, by }: Due, correlationId: string): Promise<Progress> {
    const { database, gate, batch = BATCH } = this.parts
    const tenant = await database.read({ platform: true }, (tx) => findTenant(tx, id))
    if (!tenant || tenant.status === 'closed') return 'elsewhere'
    const outcome = await this.decide(await this.onBehalfOf(by, correlationId), tenant)
    if (outcome.kind !== 'allow') {
      this.logger.warn({ decision: outcome.decisionId, organisation: id }, 'policy does not let an organisation go')
      return 'refused'
    }
    return gate.write(outcome.permit, async (tx) => {
      if (!(await takeOrganisation(tx, tenant))) return 'elsewhere'
      if ((await removeRows(tx, batch)) >= batch) return 'more'
      await closeForGood(tx)
      return 'closed'
    })
  }

  private async remove(due: Due, correlationId: string): Promise<void> {
    let progress: Progress
    do progress = await this.step(due, correlationId)
    while (progress === 'more')
    if (progress === 'refused') this.refused.set(due.id, Date.now() + REFUSED_MS)
    if (progress !== 'closed') return
    this.refused.delete(due.id)
    this.parts.callers.forget()
    this.logger.log({ organisation: due.id }, 'an organisation is gone with all that it had')
  }

  private decide(caller: Caller, tenant: Tenant) {
    const { id } = tenant
    const facts = adminFacts(caller, organisationResource(id), { organisation: organisationFacts(tenant, Date.now()) })
    return this.parts.gate.decide('tenant.remove', facts, { correlationId: caller.correlationId, tenantId: id })
  }

  /** A sandbox ends by itself. Where whoever asked is gone, nobody asks any more: that is refused, and on record. */
  private async onBehalfOf(by: string | null, correlationId: string): Promise<Caller> {
    if (by === null) return systemCaller(correlationId)
    return (await this.parts.callers.callerOf(by, correlationId)) ?? anonymousCaller(correlationId)
  }
}
