import { z } from 'zod'
import { Instant, RowVersion, Slug, Uuid, text } from '../primitives.js'
import { WORKSPACE_ROLE_IDS } from '../scopes.js'
import { WORKSPACE_STATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const Name = text(120, 1)

/** A slug for a new workspace: calls name workspaces by slug or id, so that none looks like the id of another. */
const NewSlug = Slug.refine((slug) => !Uuid.safeParse(slug).success, {
  error: 'must not have the form of a UUID, since workspaces are named by their ids too; choose a word such as labs',
})

/** A part of an organisation into which extensions are installed. */
export const Workspace = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  slug: Slug.describe('What calls name it by; it never changes'),
  name: Name,
  status: z.enum(WORKSPACE_STATES),
  archived_at: Instant.nullable(),
  archived_because: text(500)
    .nullable()
    .describe('What whoever calls or installs there is told; null while it is active'),
  version: z.int().positive(),
  created_at: Instant,
})
export type Workspace = z.infer<typeof Workspace>
export const WorkspacePage = pageOf(Workspace)

export const WorkspaceQuery = z.strictObject({
  ...pageQuery,
  tenant_id: Uuid.optional().describe('Platform operators only'),
  status: z.enum(WORKSPACE_STATES).optional(),
  search: text(120, 1).optional().describe('Part of its name or slug, whatever the case'),
})
export type WorkspaceQuery = z.infer<typeof WorkspaceQuery>

export const WorkspaceCreate = z.strictObject({
  slug: NewSlug.describe('What calls name it by; it never changes'),
  name: Name,
  tenant_id: Uuid.optional().describe("The caller's own organisation where absent"),
})
export type WorkspaceCreate = z.infer<typeof WorkspaceCreate>

/** `version` is that of the workspace as read; one changed meanwhile is a conflict. */
export const WorkspaceUpdate = z.strictObject({ version: RowVersion, name: Name })
export type WorkspaceUpdate = z.infer<typeof WorkspaceUpdate>

/** `version` is that of the workspace as read. */
export const WorkspaceArchive = z.strictObject({
  version: RowVersion,
  reason: text(500, 1).describe('Why; it goes on record, and whoever looks at the workspace reads it'),
})
export type WorkspaceArchive = z.infer<typeof WorkspaceArchive>
export const WorkspaceRestore = z.strictObject({ version: RowVersion })
export type WorkspaceRestore = z.infer<typeof WorkspaceRestore>

export const WorkspaceRoles = z
  .array(z.enum(WORKSPACE_ROLE_IDS))
  .min(1)
  .max(WORKSPACE_ROLE_IDS.length)
  .transform((roles) => [...new Set(roles)])

/** Somebody with roles in a workspace. */
export const WorkspaceMember = z.strictObject({
  workspace_id: Uuid,
  person: z.strictObject({ id: Uuid, name: Name, pseudonym: text(64), disabled_at: Instant.nullable() }),
  roles: z.array(z.enum(WORKSPACE_ROLE_IDS)),
  given_at: Instant.describe('When these roles were given'),
  version: z.int().positive(),
  decision_id: Uuid,
})
export type WorkspaceMember = z.infer<typeof WorkspaceMember>
export const WorkspaceMemberPage = pageOf(WorkspaceMember)

/** All roles of a member anew. */
export const WorkspaceMemberSet = z.strictObject({
  roles: WorkspaceRoles,
  version: RowVersion.optional().describe('Of the member as read; absent for somebody who is none yet'),
})
export type WorkspaceMemberSet = z.infer<typeof WorkspaceMemberSet>

/** Roles that somebody holds within one workspace. */
export const RolesInWorkspace = z.strictObject({
  workspace: z.strictObject({ id: Uuid, slug: Slug, name: Name }),
  roles: z.array(z.enum(WORKSPACE_ROLE_IDS)),
})
export type RolesInWorkspace = z.infer<typeof RolesInWorkspace>
