import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type {
  Workspace,
  WorkspaceArchive,
  WorkspaceCreate,
  WorkspaceQuery,
  WorkspaceRestore,
  WorkspaceUpdate,
} from '#contract/api/workspaces.js'
import { problem } from '#contract/problems.js'
import { actorIn } from '../../gate/actor-in.rules.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import { GateService } from '../../gate/gate.service.js'
import { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import { nameTaken, ownTenant } from '../identity-rows.rules.js'
import { workspaceAbout, workspacePart, workspaceResource } from './workspace-facts.rules.js'
import { changeWorkspace, findWorkspace, insertWorkspace, listWorkspaces } from './workspaces.repository.js'

interface Change {
  readonly action: 'workspace.update' | 'workspace.archive' | 'workspace.restore'
  readonly version: number
  readonly name?: string
  readonly archivedBecause?: string | null
}

/** Workspaces of organisations. Every change is decided by the admin gate. */
@Injectable()
export class Workspaces {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
  ) {}

  /** Workspaces of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: WorkspaceQuery) {
    return pageBy(query, (page) =>
      this.database.inScope(scopeOf(caller), (tx) => listWorkspaces(tx, { ...page, query })),
    )
  }

  /** One workspace. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<Workspace> {
    const workspace = await this.database.inScope(scopeOf(caller), (tx) => findWorkspace(tx, id))
    if (!workspace) throw problem('not_found')
    return workspace
  }

  /** Adds a workspace. Raises `already_exists`, and what the gate refuses. */
  async create(caller: Caller, { slug, name, tenant_id = ownTenant(caller) }: WorkspaceCreate): Promise<Workspace> {
    const row = { id: randomUUIDv7(), tenant_id, slug, name }
    // What is not there yet lies in no workspace: only roles in the whole organisation count.
    const resource = { kind: 'workspace', id: row.id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const outcome = await this.gate.decide('workspace.create', adminFacts(caller, resource), about)
    return this.gate
      .write(this.gate.requireAllow(outcome), (tx) => insertWorkspace(tx, row))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Renames a workspace. Raises `not_found`, `conflict`, and what the gate refuses. */
  rename(caller: Caller, id: string, { version, name }: WorkspaceUpdate): Promise<Workspace> {
    return this.change(caller, id, { action: 'workspace.update', version, name })
  }

  /** Archives a workspace: its installs stay as they are and answer no call. Raises as `rename` does. */
  archive(caller: Caller, id: string, { version, reason }: WorkspaceArchive): Promise<Workspace> {
    return this.change(caller, id, { action: 'workspace.archive', version, archivedBecause: reason })
  }

  /** Restores an archived workspace. Raises as `rename` does. */
  restore(caller: Caller, id: string, { version }: WorkspaceRestore): Promise<Workspace> {
    return this.change(caller, id, { action: 'workspace.restore', version, archivedBecause: null })
  }

  private async change(caller: Caller, id: string, { action, version, ...change }: Change): Promise<Workspace> {
    const workspace = await this.show(caller, id)
    const facts = adminFacts(actorIn(caller, id), workspaceResource(workspace), { workspace: workspacePart(workspace) })
    const permit = this.gate.requireAllow(await this.gate.decide(action, facts, workspaceAbout(caller, workspace)))
    const { name = workspace.name, archivedBecause = workspace.archived_because } = change
    const changed = await this.gate.write(permit, (tx) => changeWorkspace(tx, { id, version, name, archivedBecause }))
    if (!changed) throw problem('conflict')
    return changed
  }
}
