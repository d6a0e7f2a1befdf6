import { randomUUIDv7 } from 'node:crypto'
import type { InstallCreate, InstallUpdate } from '#contract/api/installs.js'
import { problem } from '#contract/problems.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import {
  findExtension,
  findVersion,
  findVersionById,
  listVersions,
  type VersionRow,
} from '../registry/catalogue.repository.js'
import { carriedGrant, secretsMissing, versionToInstall } from './grant.rules.js'
import type { Candidates } from './install-candidate.service.js'
import { requireFitting } from './config.rules.js'
import type { InstallPlan } from './install-plan.js'
import { laidDownForInstall } from './laid-down.js'
import { findInstall, findWorkspace, isInstalled, type InstallRow } from './installs.repository.js'

export interface PlansParts {
  readonly database: Database
  readonly candidates: Candidates
}

/** An install with the version that it stands on and its workspace. */
interface Standing {
  readonly install: InstallRow
  readonly current: VersionRow
  readonly workspace: InstallPlan['workspace']
}

/** Looks up what a request is about, and refuses what names nothing; whether it may happen is for the gate. */
export class InstallPlans {
  constructor(private readonly parts: PlansParts) {}

  /**
   * Raises `not_found` for an extension, version or workspace out of sight, `request.invalid`. That it is `installed` there already
   * is told to whoever might have installed it.
   */
  create(caller: Caller, body: InstallCreate): Promise<InstallPlan & { readonly installed: boolean }> {
    const { tenantId } = caller
    if (tenantId === null) throw problem('auth.required')
    return this.parts.database.inScope({ tenant: tenantId }, async (tx) => {
      const version = await wantedVersion(tx, body)
      const workspace = await findWorkspace(tx, tenantId, body.workspace_id ?? null)
      if (!workspace)
        throw problem('not_found', {
          detail: `There is no workspace ${body.workspace_id ?? 'default'} in your organisation: gatehouse workspaces list names those`,
        })
      const installed = await isInstalled(tx, workspace.id, version.extension_id)
      refuseUndeclared(version, body.secrets)
      const config = body.config ?? {}
      requireFitting(version.manifest, config)
      const candidate = await this.candidate(tx, version, Object.keys(body.secrets))
      const granted = body.permissions ?? version.manifest.permissions
      return {
        ...{ caller, installId: randomUUIDv7(), workspace, version, install: null, previousSemver: null, candidate },
        ...{ granted, secrets: body.secrets, config, consent: body.consent, installed },
        laid: await laidDownForInstall(tx, { tenantId, version, granted }),
      }
    })
  }

  /** Raises `not_found`, `request.invalid`, and `conflict` where the install is not at the revision that was read. */
  update(caller: Caller, id: string, body: InstallUpdate): Promise<InstallPlan> {
    return this.parts.database.inScope(scopeOf(caller), async (tx) => {
      const { install, current, workspace } = await standing(tx, id)
      if (install.revision !== body.revision) throw problem('conflict')
      const version = body.version === undefined ? current : await namedVersion(tx, current.extension, body.version)
      refuseUndeclared(version, body.secrets)
      const config = body.config ?? install.config
      requireFitting(version.manifest, config)
      const asked = version.manifest.permissions
      const granted = body.permissions ?? carriedGrant(install.permissions, current.manifest.permissions, asked)
      const available = [...install.secret_names, ...Object.keys(body.secrets)]
      return {
        ...{ caller, installId: id, workspace, version, install, previousSemver: current.semver, granted },
        ...{ secrets: body.secrets, config, consent: body.consent },
        ...{ candidate: await this.candidate(tx, version, available) },
        laid: await laidDownForInstall(tx, { tenantId: workspace.tenant_id, version, granted }),
      }
    })
  }

  /** Raises `not_found`. */
  uninstall(caller: Caller, id: string): Promise<InstallPlan & { readonly install: InstallRow }> {
    return this.parts.database.inScope(scopeOf(caller), async (tx) => {
      const { install, current, workspace } = await standing(tx, id)
      return {
        ...{ caller, installId: id, workspace, version: current, install, previousSemver: current.semver },
        ...{ granted: install.permissions, secrets: {}, config: install.config, consent: undefined },
        candidate: await this.candidate(tx, current, install.secret_names),
        laid: await laidDownForInstall(tx, { tenantId: workspace.tenant_id, version: current, granted: [] }),
      }
    })
  }

  private candidate(tx: Queryable, version: VersionRow, secrets: readonly string[]) {
    return this.parts.candidates.factsOf(tx, version, secretsMissing(version.manifest, secrets))
  }
}

const standing = async (tx: Queryable, id: string): Promise<Standing> => {
  const install = await findInstall(tx, id)
  const current = install && (await findVersionById(tx, install.version_id))
  const workspace = install && (await findWorkspace(tx, install.tenant_id, install.workspace_id))
  if (!install || !current || !workspace) throw problem('not_found')
  return { install, current, workspace }
}

const namedVersion = async (tx: Queryable, extension: string, semver: string): Promise<VersionRow> => {
  const version = await findVersion(tx, extension, semver)
  if (!version) throw problem('not_found', { detail: `There is no version ${semver} of ${extension} to install` })
  return version
}

const wantedVersion = async (tx: Queryable, { extension, version }: InstallCreate): Promise<VersionRow> => {
  if (version !== undefined) return namedVersion(tx, extension, version)
  const row = await findExtension(tx, extension)
  const wanted = row && versionToInstall(await listVersions(tx, [row.id]))
  if (!wanted) throw problem('not_found', { detail: `There is no version of ${extension} to install` })
  return wanted
}

/** A value for a secret that the manifest does not declare would be kept and never read. */
const refuseUndeclared = ({ manifest }: VersionRow, given: Readonly<Record<string, string>>): void => {
  const declared = manifest.secrets.map(({ name }) => name)
  const errors = Object.keys(given)
    .filter((name) => !declared.includes(name))
    .map((name) => ({ pointer: `/secrets/${name}`, detail: 'is not a secret that the manifest declares' }))
  if (errors.length > 0) throw problem('request.invalid', { errors })
}
