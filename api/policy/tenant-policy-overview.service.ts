import type { TenantActivationShown, TenantHistory, TenantPolicyStatus } from '#contract/api/tenant-policy.js'
import { MAX_RESTRICTIONS } from '#contract/decisions/restrictions.js'
import { problem } from '#contract/problems.js'
import { TENANT_BUDGET, TENANT_MAX_PAGES } from '#engine/tenant/load.js'
import type { z } from 'zod'
import type { TenantModules } from '../gate/tenant-modules.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { tenantOfCaller } from './tenant-of-caller.js'
import { findTenantActivation, findTenantDraft, listTenantActivations } from './tenant-policy.repository.js'
import { hasPassed, shownTenantDraft } from './tenant-policy.rules.js'

const LISTED = 100
const PAGE_BYTES = 65_536

/** What there is to see of an organisation's own restrictions: always those of the caller's. */
export class TenantPolicyOverview {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly modules: Pick<TenantModules, 'inForce'>,
  ) {}

  /** What is in force, whether this instance decides by it, and how the draft stands. */
  async status(caller: Caller): Promise<TenantPolicyStatus> {
    const tenant = tenantOfCaller(caller)
    const { last, draft } = await this.database.inScope({ tenant }, async (tx) => ({
      last: await findTenantActivation(tx, { tenant }),
      draft: await findTenantDraft(tx, tenant),
    }))
    return {
      in_force: last?.module ? last : null,
      follows: this.modules.inForce(tenant) === (last?.module ?? null),
      draft: draft
        ? {
            ...{ version: draft.version, checked: shownTenantDraft(draft).checked, passed: hasPassed(draft) },
            updated_at: draft.updated_at,
          }
        : null,
      limits: { fuel: TENANT_BUDGET, memory_bytes: TENANT_MAX_PAGES * PAGE_BYTES, restrictions: MAX_RESTRICTIONS },
    }
  }

  /** The changes, newest first. */
  async history(caller: Caller): Promise<z.infer<typeof TenantHistory>> {
    const tenant = tenantOfCaller(caller)
    const activations = await this.database.inScope({ tenant }, (tx) =>
      listTenantActivations(tx, { tenant, limit: LISTED }),
    )
    return { activations }
  }

  /** One change with its Rego. Raises `not_found`. */
  async activation(caller: Caller, seq: number): Promise<TenantActivationShown> {
    const tenant = tenantOfCaller(caller)
    const found = await this.database.inScope({ tenant }, (tx) => findTenantActivation(tx, { tenant, seq }))
    if (!found) throw problem('not_found')
    return found
  }
}
