import { z } from 'zod'
import { Uuid } from '../primitives.js'
import { SCOPE_IDS, WORKSPACE_ROLE_IDS } from '../scopes.js'
import { WORKSPACE_STATES } from '../vocabulary.js'

/** What an actor holds in one workspace, beside what they hold in the whole organisation. */
export const ActorInWorkspace = z
  .strictObject({
    id: Uuid,
    roles: z.array(z.enum(WORKSPACE_ROLE_IDS)),
    scopes: z.array(z.enum(SCOPE_IDS)).describe("What these roles give, cut down to the key's own scopes"),
  })
  .describe('What the actor holds in the workspace of the resource; absent where that is nothing')

/** The workspace that something is done in. */
export const WorkspaceFacts = z.strictObject({ id: Uuid, status: z.enum(WORKSPACE_STATES) })

/** Facts of the admin gate that actions on workspaces need. */
export const workspaceFacts = {
  workspace: z
    .strictObject({
      status: z.enum(WORKSPACE_STATES),
      default: z.boolean().describe("The organisation's default one, in which is what names none"),
    })
    .optional()
    .describe('Of workspace.update, archive, restore, set_member and remove_member: the workspace as it is'),
  workspace_grant: z
    .strictObject({
      roles: z.array(z.enum(WORKSPACE_ROLE_IDS)).max(WORKSPACE_ROLE_IDS.length),
      scopes_beyond_actor: z.array(z.enum(SCOPE_IDS)).max(50),
    })
    .optional()
    .describe(
      'Of workspace.set_member and remove_member: roles that the member has afterwards, and what those and the ones held until now give that the actor lacks there',
    ),
}
