import type { LoginQuery } from '#contract/api/sign-in.js'
import { problem } from '#contract/problems.js'
import { adminFacts, type AdminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { findTenantFacts } from '../../identity/caller.repository.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import { passwordPath } from '../pages.js'
import { findSession } from '../sessions.repository.js'
import { findOrganisation, hasNoProvider, type Organisation } from './local-accounts.repository.js'

export interface DoorParts {
  readonly database: Database
  readonly gate: GateService
}
/** Whom a decision about a local account is about. */
interface About {
  readonly id: string
  readonly organisation: Organisation
  readonly local_account: NonNullable<AdminFacts['local_account']>
}

/** Where people stand who sign in here: whether their organisation lets them, as policy decides. */
export class Door {
  constructor(private readonly parts: DoorParts) {}

  /** An organisation that somebody names. Raises `sign_in.no_realm`. */
  async organisation(named: { readonly id?: string; readonly slug?: string }): Promise<Organisation> {
    const found = await this.parts.database.inScope({ platform: true }, (tx) => findOrganisation(tx, named))
    if (!found) throw problem('sign_in.no_realm')
    return found
  }

  /**
   * The page on which somebody signs in here, where that is how they do: again, or because their organisation has no
   * provider and allows it. Undefined for everybody else.
   */
  async wayIn(
    { tenant, provider, return_to, step_up }: Pick<LoginQuery, 'tenant' | 'provider' | 'return_to' | 'step_up'>,
    current: Caller | null,
  ): Promise<string | undefined> {
    return this.parts.database.inScope({ platform: true }, async (tx) => {
      if (step_up === '1' && current?.session) {
        const session = await findSession(tx, current.session.id)
        if (session?.provider_id !== null) return undefined
        const own = await findOrganisation(tx, { id: session.tenant_id })
        return passwordPath({ tenant: own?.slug, return_to, step_up })
      }
      if (tenant === undefined || provider !== undefined) return undefined
      const named = await findOrganisation(tx, { slug: tenant })
      return named?.allowed && (await hasNoProvider(tx, named.id)) ? passwordPath({ tenant, return_to }) : undefined
    })
  }

  /**
   * Whether somebody may sign in here at all, whoever they are: asked before anything that they bring is looked at, so that the
   * answer says nothing of it. Refusals go on record. Raises what the gate refuses.
   */
  async knock(caller: Caller, organisation: Organisation): Promise<void> {
    const { gate } = this.parts
    const { allowed, id } = organisation
    const asked = await this.facts(caller, {
      id,
      organisation,
      local_account: { allowed, active: true, proven: false, owner: false },
    })
    await gate.pending(asked.facts, asked.about)
    const weighed = gate.weigh('account.knock', asked.facts, asked.about)
    gate.requireAllow(weighed.outcome.kind === 'allow' ? weighed.outcome : await gate.record(weighed))
  }

  /** Decides one of the actions by which somebody comes in. Raises what the gate refuses. */
  async permit(action: 'session.create' | 'account.recover' | 'account.enrol', caller: Caller, about: About) {
    const asked = await this.facts(caller, about)
    return this.parts.gate.requireAllow(await this.parts.gate.decide(action, asked.facts, asked.about))
  }

  private async facts(caller: Caller, { id, organisation, local_account }: About) {
    const tenant_id = organisation.id
    const tenant = await this.parts.database.inScope({ tenant: tenant_id }, (tx) => findTenantFacts(tx, tenant_id))
    const resource = { kind: 'local_account', id, tenant_id, publisher_id: null }
    return {
      facts: { ...adminFacts(caller, resource, { local_account }), tenant },
      about: { correlationId: caller.correlationId, tenantId: tenant_id },
    }
  }
}
