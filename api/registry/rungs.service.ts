import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { RungChange, RungState } from '#contract/api/registry.js'
import { problem } from '#contract/problems.js'
import { RUNGS, type Rung } from '#contract/vocabulary.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { findExtension, type ExtensionRow } from './catalogue.repository.js'
import { setStanding, standingOf } from './standing.repository.js'
import { rungOf } from './views.rules.js'

interface Found {
  readonly extension: ExtensionRow
  readonly current: Rung
}

/** The enforcement ladder of extensions. */
@Injectable()
export class Rungs {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
  ) {}

  /** Sets an extension on a rung. Raises `not_found`, and what the gate refuses. */
  async set(caller: Caller, name: string, change: RungChange): Promise<RungState> {
    const { extension, current } = await this.find(caller, name)
    const { tenant_id, publisher_id } = extension
    const facts = {
      actor: caller.actor,
      tenant: caller.tenant,
      resource: { kind: 'extension', id: name, tenant_id, publisher_id },
      subject: { kind: 'extension' as const, id: name, publisher_id },
      rung: { current, requested: change.rung, steps: RUNGS.indexOf(change.rung) - RUNGS.indexOf(current) },
      reason_given: change.reason.trim() !== '',
      severity_reason: change.severity_reason ?? null,
    }
    const about = {
      correlationId: caller.correlationId,
      tenantId: tenant_id,
      publisherId: publisher_id,
      extension: name,
    }
    const permit = this.gate.requireAllow(await this.gate.decide('enforcement.set_rung', facts, about))
    const { rung, reason, until = null } = change
    await this.gate.write(permit, (tx) =>
      setStanding(tx, {
        ...{ id: randomUUIDv7(), tenantId: tenant_id, subject: { kind: 'extension', id: name } },
        ...{ kind: 'rung', value: rung, reason, until },
      }),
    )
    return { extension: name, rung, previous: current, reason, until, decision_id: permit.decisionId }
  }

  private find(caller: Caller, name: string): Promise<Found> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const extension = await findExtension(tx, name)
      if (!extension) throw problem('not_found')
      const [standing = {}] = await standingOf(tx, [{ kind: 'extension', id: name }])
      return { extension, current: rungOf(standing) }
    })
  }
}
