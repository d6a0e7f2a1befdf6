import type { ConsentGiven } from '#contract/api/installs.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { JsonObject } from '#contract/json-object.js'
import type { Permission } from '#contract/permissions.js'
import { problem, type Problem } from '#contract/problems.js'
import type { Caller } from '../platform/http/caller.js'
import type { VersionRow } from '../registry/catalogue.repository.js'
import type { CandidateFacts } from './install-candidate.service.js'
import { consentFacts, grantFacts } from './grant.rules.js'
import type { InstallLaidDown } from './laid-down.js'
import { actorFactsIn } from '../gate/actor-in.rules.js'
import type { InstallRow, WorkspaceRow } from './installs.repository.js'

export type InstallFacts = DecisionFacts<'install'>

/** What somebody wants done, with everything looked up that it is decided on. */
export interface InstallPlan {
  readonly caller: Caller
  readonly installId: string
  readonly workspace: WorkspaceRow
  /** The version that would be there afterwards; of an uninstall the one that is. */
  readonly version: VersionRow
  /** The install as it is now; null where there is none yet. */
  readonly install: InstallRow | null
  readonly previousSemver: string | null
  readonly granted: readonly Permission[]
  /** Secret values given now, by name. */
  readonly secrets: Readonly<Record<string, string>>
  /** Settings as they would be kept. */
  readonly config: JsonObject
  readonly consent: ConsentGiven | undefined
  readonly candidate: CandidateFacts
  readonly laid: InstallLaidDown
}

/** The install gate's facts of a plan. */
export const factsOf = (plan: InstallPlan): InstallFacts => {
  const { caller, workspace, version, install, granted, candidate, laid } = plan
  return {
    actor: actorFactsIn(caller, workspace.id),
    tenant: caller.tenant,
    resource: {
      kind: 'install',
      id: plan.installId,
      tenant_id: workspace.tenant_id,
      publisher_id: version.publisher_id,
      workspace_id: workspace.id,
    },
    workspace: { id: workspace.id, status: workspace.status },
    ...candidate,
    grant: grantFacts(granted, version.manifest.permissions, install?.consented ?? []),
    consent: consentFacts(plan.consent, { digest: version.digest, permissions: [...granted] }),
    certification_mode: workspace.certification_mode,
    listed: laid.listed,
    limits: laid.limits,
    previous: plan.previousSemver === null ? null : { version: plan.previousSemver },
  }
}

/** Where a plan's decision is filed, and what a kill order could stop. */
export const aboutOf = ({ caller, workspace, version, installId }: InstallPlan) => ({
  correlationId: caller.correlationId,
  tenantId: workspace.tenant_id,
  workspaceId: workspace.id,
  publisherId: version.publisher_id,
  extension: version.extension,
  semver: version.semver,
  installId,
})

/** The problem of a second install of an extension in a workspace, whether it was seen before or came at the same moment. */
export const installedAlready = (): Problem =>
  problem('already_exists', { errors: [{ pointer: '/extension', detail: 'is installed in this workspace' }] })
