import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { Workspace, WorkspaceMember, WorkspaceMemberSet } from '#contract/api/workspaces.js'
import { problem } from '#contract/problems.js'
import { actorIn } from '../../gate/actor-in.rules.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import { GateService } from '../../gate/gate.service.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import { Callers } from '../caller-resolver.service.js'
import { findPerson } from '../people.repository.js'
import {
  deleteMember,
  findMember,
  insertMember,
  listMembers,
  updateMember,
  type MemberRow,
} from './members.repository.js'
import { workspaceAbout, workspaceGrant, workspacePart, workspaceResource } from './workspace-facts.rules.js'
import { findWorkspace } from './workspaces.repository.js'

/** Whom it is about, and where. */
export interface Membership {
  readonly workspaceId: string
  readonly personId: string
}

interface Found {
  readonly workspace: Workspace
  readonly member: MemberRow | undefined
}

const viewOf = ({ id: _, ...member }: MemberRow): WorkspaceMember => member

/** Who has which role in a workspace. Every change is decided by the admin gate. */
@Injectable()
export class WorkspaceMembers {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Members of a workspace, newest first. Raises `not_found`. */
  async list(caller: Caller, workspaceId: string, query: { limit: number; cursor?: string | undefined }) {
    const scope = scopeOf(caller)
    const { items, next_cursor } = await pageBy(query, (page) =>
      this.database.inScope(scope, async (tx) => {
        if (!(await findWorkspace(tx, workspaceId))) throw problem('not_found')
        return listMembers(tx, workspaceId, page)
      }),
    )
    return { items: items.map(viewOf), next_cursor }
  }

  /** Gives somebody roles in place of those they had. Raises `not_found`, `conflict`, and what the gate refuses. */
  async set(caller: Caller, membership: Membership, { roles, version }: WorkspaceMemberSet): Promise<WorkspaceMember> {
    const { workspace, member } = await this.find(caller, membership)
    const { personId: principalId, workspaceId } = membership
    const person = await this.database.read(scopeOf(caller), (tx) => findPerson(tx, principalId))
    // Also for whoever operates the platform: nobody becomes a member of another organisation's workspace.
    if (person?.tenant_id !== workspace.tenant_id) throw problem('not_found')
    return this.write(caller, { action: 'workspace.set_member', workspace, member, roles }, async (tx) => {
      const done = member
        ? version === member.version && (await updateMember(tx, { id: member.id, version, roles }))
        : version === undefined && (await insertMember(tx, { id: randomUUIDv7(), workspaceId, principalId, roles }))
      return done ? findMember(tx, workspaceId, principalId) : undefined
    })
  }

  /** Takes all roles in a workspace from somebody; gives what they had. Raises `not_found`, `conflict`, and what the gate refuses. */
  async remove(caller: Caller, membership: Membership): Promise<WorkspaceMember> {
    const { workspace, member } = await this.find(caller, membership)
    if (!member) throw problem('not_found')
    return this.write(caller, { action: 'workspace.remove_member', workspace, member, roles: [] }, async (tx) =>
      (await deleteMember(tx, member)) ? member : undefined,
    )
  }

  private find(caller: Caller, { workspaceId, personId }: Membership): Promise<Found> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const workspace = await findWorkspace(tx, workspaceId)
      if (!workspace) throw problem('not_found')
      return { workspace, member: await findMember(tx, workspaceId, personId) }
    })
  }

  private async write(
    caller: Caller,
    { action, workspace, member, roles }: Writing,
    work: (tx: GovernedTransaction) => Promise<MemberRow | undefined>,
  ): Promise<WorkspaceMember> {
    const asking = actorIn(caller, workspace.id)
    const facts = adminFacts(asking, workspaceResource(workspace), {
      workspace: workspacePart(workspace),
      workspace_grant: workspaceGrant(asking, roles, member?.roles ?? []),
    })
    const permit = this.gate.requireAllow(await this.gate.decide(action, facts, workspaceAbout(caller, workspace)))
    const written = await this.gate.write(permit, work)
    if (!written) throw problem('conflict')
    this.callers.forget()
    return viewOf(written)
  }
}

interface Writing extends Found {
  readonly action: 'workspace.set_member' | 'workspace.remove_member'
  readonly roles: WorkspaceMember['roles']
}
