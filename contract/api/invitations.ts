import { z } from 'zod'
import { Email, Instant, RowVersion, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS, WORKSPACE_ROLE_IDS } from '../scopes.js'
import { CustomRoles, KeyCreated, Name, Person, Roles } from './identity.js'
import { pageOf } from './page.js'
import { WorkspaceRoles } from './workspaces.js'

export const INVITATION_STATES = ['open', 'accepted', 'revoked', 'expired'] as const

/** Somebody who was asked to join an organisation. The token that they were sent is kept as a hash alone. */
export const Invitation = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  email: text(254),
  name: Name.nullable(),
  roles: z.array(z.enum(ROLE_IDS)),
  custom_roles: z.array(Slug),
  in_workspaces: z
    .array(z.strictObject({ workspace_id: Uuid, roles: z.array(z.enum(WORKSPACE_ROLE_IDS)) }))
    .describe('Roles that they get within one workspace alone'),
  state: z.enum(INVITATION_STATES),
  invited_by: text(64).describe('Pseudonym of whoever invited'),
  principal_id: Uuid.nullable().describe('Who came of it'),
  expires_at: Instant,
  version: RowVersion,
  created_at: Instant,
})
export type Invitation = z.infer<typeof Invitation>
export const InvitationPage = pageOf(Invitation)

const InWorkspaces = z
  .array(z.strictObject({ workspace_id: Uuid, roles: WorkspaceRoles }))
  .max(50)
  .refine((all) => new Set(all.map((each) => each.workspace_id)).size === all.length, {
    error: 'names a workspace twice; put its roles together',
  })
  .describe('Roles within single workspaces, of those that the inviter could give there')

/** Asks somebody to join, with roles that the inviter could give them now. */
export const InvitationCreate = z
  .strictObject({
    email: Email,
    name: Name.optional(),
    roles: Roles,
    custom_roles: CustomRoles.default([]),
    in_workspaces: InWorkspaces.default([]),
    expires_at: Instant.optional().describe('In seven days where absent; in thirty at the latest'),
    tenant_id: Uuid.optional().describe("The caller's own organisation where absent"),
  })
  .refine((given) => given.roles.length + given.custom_roles.length + given.in_workspaces.length > 0, {
    error: 'must name a role, here, in custom_roles or in in_workspaces',
    path: ['roles'],
  })
export type InvitationCreate = z.infer<typeof InvitationCreate>

/** How an invitation reached whom it is for. */
export const InvitationSent = z.strictObject({
  ...Invitation.shape,
  accept_by: z
    .enum(['sign_in', 'password', 'token'])
    .describe(
      '`sign_in`: by the provider of the organisation alone; `password`: by it, or by a password that they choose at `password_url`; `token`: there is no provider, so also by the token itself',
    ),
  delivery: z
    .enum(['mailed', 'failed', 'shown'])
    .describe('`failed`: the mail server did not take it, send it again; `shown`: there is no mail server'),
  token: text(64).nullable().describe('Shown this once, to pass on, where it counts and no mail server is set'),
  password_url: text(2000)
    .nullable()
    .describe(
      'Where they choose a password by the token, once; null where the organisation allows none, the token is not shown, or the service does not know its own address',
    ),
})
export type InvitationSent = z.infer<typeof InvitationSent>

/** Whoever was invited, with the token that they were sent. */
export const InvitationAccept = z.strictObject({ token: text(64, 1), name: Name.optional() })
export type InvitationAccept = z.infer<typeof InvitationAccept>
export const InvitationAccepted = z.strictObject({ person: Person, key: KeyCreated })
export type InvitationAccepted = z.infer<typeof InvitationAccepted>
