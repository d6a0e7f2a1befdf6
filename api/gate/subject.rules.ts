import type { Action } from '#contract/actions.js'
import { PLATFORM_TENANT_ID, type Gate } from '#contract/vocabulary.js'
import type { KillTarget } from '../killswitch/kill-state.service.js'
import type { About, AnyFacts } from './gate.types.js'

/** What a decision is about, beyond its resource: the search columns of its row and what a kill order could stop. */
export interface Subject {
  readonly tenantId: string
  readonly workspaceId: string | null
  readonly publisherId: string | null
  readonly extension: string | null
  readonly semver: string | null
  readonly installId: string | null
  readonly executionId: string | null
}

/** The parts that several gates' facts name their subject by. */
interface NamingFacts {
  readonly actor: AnyFacts['actor']
  readonly publisher?: { readonly id: string }
  readonly extension?: { readonly id: string; readonly publisher_id: string } | null
  readonly version?: { readonly version: string }
  readonly install?: { readonly id: string; readonly workspace_id: string }
}

/** Whose matter it is; whoever belongs to no tenant is filed under the platform's. */
export const tenantOf = (facts: Pick<AnyFacts, 'actor'>, about: About): string =>
  about.tenantId ?? facts.actor.tenant_id ?? PLATFORM_TENANT_ID

/** Takes from `about` what it names and the rest from the facts. */
export const subjectOf = (facts: AnyFacts, about: About): Subject => {
  const { publisher, extension, version, install }: NamingFacts = facts
  return {
    tenantId: tenantOf(facts, about),
    workspaceId: about.workspaceId ?? install?.workspace_id ?? null,
    publisherId: about.publisherId ?? publisher?.id ?? extension?.publisher_id ?? null,
    extension: about.extension ?? extension?.id ?? null,
    semver: about.semver ?? version?.version ?? null,
    installId: about.installId ?? install?.id ?? null,
    executionId: about.executionId ?? null,
  }
}

/** Actions that bring foreign code in or let it run: the kill switch stands before policy there. Taking it away never waits. */
export const isKillable = (action: Action, gate: Gate): boolean =>
  gate === 'call' ||
  gate === 'capability' ||
  (gate === 'install' && action !== 'install.uninstall') ||
  action === 'extension.submit'

/** What an engaged order would have to stop to stop this. */
export const killTargetOf = ({ tenantId, publisherId, extension, semver, installId }: Subject): KillTarget => ({
  tenantId,
  publisherId,
  extension,
  semver,
  installId,
})
