import type { Workspace } from '#contract/api/workspaces.js'
import type { WorkspaceRole } from '#contract/scopes.js'
import { DEFAULT_WORKSPACE } from '#contract/vocabulary.js'
import type { AdminFacts } from '../../gate/admin-facts.rules.js'
import type { Caller } from '../../platform/http/caller.js'
import { scopesBeyond, scopesInWorkspace } from '../scopes.rules.js'

/** The workspace as decisions name it. */
export const workspaceResource = ({ id, tenant_id }: Workspace) => ({
  ...{ kind: 'workspace', id, tenant_id, publisher_id: null, workspace_id: id },
})

/** Where decisions about a workspace are filed. */
export const workspaceAbout = ({ correlationId }: Caller, { id, tenant_id }: Workspace) => ({
  ...{ correlationId, tenantId: tenant_id, workspaceId: id },
})

/** What the admin gate sees of a workspace. */
export const workspacePart = ({ status, slug }: Workspace): NonNullable<AdminFacts['workspace']> => ({
  ...{ status, default: slug === DEFAULT_WORKSPACE },
})

/**
 * Roles that a member would have, weighed with those that they have: nobody gives in a workspace what they lack there, nor takes
 * it from somebody who has it.
 */
export const workspaceGrant = (
  { actor }: Pick<Caller, 'actor'>,
  becomes: readonly WorkspaceRole[],
  was: readonly WorkspaceRole[],
): NonNullable<AdminFacts['workspace_grant']> => ({
  roles: [...becomes],
  scopes_beyond_actor: scopesBeyond(scopesInWorkspace([...becomes, ...was]), [
    ...actor.scopes,
    ...(actor.workspace?.scopes ?? []),
  ]),
})
