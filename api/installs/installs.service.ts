import { randomUUIDv7 } from 'node:crypto'
import type { Install, InstallCreate, InstallQuery, InstallUpdate, Uninstalled } from '#contract/api/installs.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import type { Approvals } from '../approvals/approvals.service.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { findVersionById } from '../registry/catalogue.repository.js'
import { consentSubject } from './consent-subject.rules.js'
import { aboutOf, factsOf, installedAlready, type InstallPlan } from './install-plan.js'
import type { InstallPlans } from './install-plans.service.js'
import type { InstallSecrets } from './install-secrets.service.js'
import { installView } from './install-view.rules.js'
import {
  countInstallsAlone,
  findInstall,
  insertConsent,
  insertInstall,
  listInstalls,
  putSubscriptions,
  updateInstall,
  type InstallRow,
} from './installs.repository.js'
import { countInstall, deleteInstall, lockInstall } from './uninstall.repository.js'

const ONE_A_WORKSPACE = 'tenant_extension_install_workspace_id_extension_id_key'

export interface InstallsParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Approvals
  readonly plans: InstallPlans
  readonly secrets: InstallSecrets
}

/** Installing, updating and uninstalling. Every change is decided by the install gate. */
export class Installs {
  constructor(private readonly parts: InstallsParts) {}

  /** Installs that the caller can see, newest first. */
  list(caller: Caller, query: InstallQuery) {
    const { extension = null, tenant_id: tenantId = null, workspace_id: workspaceId = null } = query
    const filter = { ...idPage(query), extension, tenantId, workspaceId }
    return this.parts.database.inScope(scopeOf(caller), async (tx) => {
      const { items, next_cursor } = pageOfIds(await listInstalls(tx, filter), query.limit)
      const views: Install[] = []
      for (const row of items) views.push(await viewOf(tx, row))
      return { items: views, next_cursor }
    })
  }

  /** One install. Raises `not_found`. */
  show(caller: Caller, id: string): Promise<Install> {
    return this.parts.database.inScope(scopeOf(caller), async (tx) => {
      const row = await findInstall(tx, id)
      if (!row) throw problem('not_found')
      return viewOf(tx, row)
    })
  }

  /**
   * Installs an extension, or holds it for consent. Raises `not_found`, `already_exists`, `request.invalid`, `conflict`
   * where the number of installs is limited and changed meanwhile, and what the gate refuses. `agreedBy` is the person whose consent the body carries; the caller where absent.
   */
  async create(caller: Caller, body: InstallCreate, agreedBy = caller.principalId): Promise<Install | Held> {
    const plan = await this.parts.plans.create(caller, body)
    const outcome = await this.parts.gate.decide('install.create', factsOf(plan), aboutOf(plan))
    if (plan.installed && (outcome.kind === 'allow' || outcome.kind === 'hold')) throw installedAlready()
    return this.carryOut(outcome, plan, async (tx) => {
      const { installId: id, workspace, version, granted, laid } = plan
      // Two installs at once may both have seen the last free place.
      if (laid.limits.installs && (await countInstallsAlone(tx)) !== laid.installs) throw problem('conflict')
      const added = await insertInstall(tx, {
        ...{ id, tenant_id: workspace.tenant_id, workspace_id: workspace.id, publisher_id: version.publisher_id },
        ...{ version_id: version.id, extension_id: version.extension_id, permissions: [...granted] },
        config: plan.config,
      })
      if (!added) throw problem('conflict')
      await this.putBelongings(tx, plan, agreedBy)
    })
  }

  /** Changes version, grant, settings or secrets; what widens is held for consent. Raises as `create` does, and `conflict`. */
  async update(
    caller: Caller,
    { id, body }: { id: string; body: InstallUpdate },
    agreedBy = caller.principalId,
  ): Promise<Install | Held> {
    const plan = await this.parts.plans.update(caller, id, body)
    const outcome = await this.parts.gate.decide('install.update', factsOf(plan), aboutOf(plan))
    return this.carryOut(outcome, plan, async (tx) => {
      const change = {
        id,
        revision: body.revision,
        version_id: plan.version.id,
        permissions: [...plan.granted],
        config: plan.config,
      }
      if (!(await updateInstall(tx, change))) throw problem('conflict')
      await this.putBelongings(tx, plan, agreedBy)
    })
  }

  /** Takes an install away with all that is its own, and counts what is left. Raises `not_found`, `conflict`. */
  async uninstall(caller: Caller, id: string): Promise<Uninstalled> {
    const { gate, plans } = this.parts
    const plan = await plans.uninstall(caller, id)
    const permit = gate.requireAllow(await gate.decide('install.uninstall', factsOf(plan), aboutOf(plan)))
    return gate.write(permit, async (tx) => {
      if (!(await lockInstall(tx, id, plan.install.revision))) throw problem('conflict')
      const removed = await deleteInstall(tx, id)
      return { install_id: id, removed, left: await countInstall(tx, id), decision_id: tx.decisionId }
    })
  }

  private async carryOut(
    outcome: Outcome,
    plan: InstallPlan,
    work: (tx: GovernedTransaction) => Promise<void>,
  ): Promise<Install | Held> {
    const { gate } = this.parts
    if (outcome.kind === 'hold') return this.hold(outcome, plan)
    const permit = gate.requireAllow(outcome)
    await gate.write(permit, work).catch((error: unknown) => {
      throw violatedConstraint(error) === ONE_A_WORKSPACE ? installedAlready() : error
    })
    const install = await this.show(plan.caller, plan.installId)
    const warnings = outcome.kind === 'allow' ? outcome.obligations.map(({ id }) => id) : []
    return { ...install, warnings }
  }

  private async putBelongings(tx: GovernedTransaction, plan: InstallPlan, agreedBy: string | null): Promise<void> {
    const { installId, consent, secrets } = plan
    if (consent && agreedBy !== null)
      await insertConsent(tx, { id: randomUUIDv7(), install_id: installId, ...consent, given_by: agreedBy })
    await this.parts.secrets.put(tx, installId, secrets)
    const { consumes } = plan.version.manifest.events
    const receives = plan.granted.includes('events:subscribe')
    await putSubscriptions(tx, installId, receives ? consumes.map(({ type }) => type) : [])
    const overtaken = { extension: plan.version.extension, workspace_id: plan.workspace.id }
    const because = 'The extension was installed or updated meanwhile'
    await this.parts.approvals.overtake(tx, { kind: 'consent', parts: overtaken, because })
  }

  private async hold(outcome: Extract<Outcome, { kind: 'hold' }>, plan: InstallPlan): Promise<Held> {
    const { approvals, secrets } = this.parts
    const { version, workspace, caller } = plan
    const aside = await secrets.putAside(workspace.tenant_id, plan.secrets)
    const approval = await approvals.open(outcome, {
      title: `${plan.install ? 'Update' : 'Install'} ${version.extension} ${version.semver}`,
      subject: consentSubject(plan, aside),
      openedBy: caller.actor.id,
    })
    return held(approval, outcome.reasons, outcome.decisionId)
  }
}

const viewOf = async (tx: Queryable, row: InstallRow): Promise<Install> => {
  const version = await findVersionById(tx, row.version_id)
  if (!version) throw new Error(`install ${row.id} stands on a version that cannot be seen`)
  return installView(row, version)
}
