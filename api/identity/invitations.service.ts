import { randomUUIDv7 } from 'node:crypto'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import type { Invitation, InvitationCreate, InvitationSent } from '#contract/api/invitations.js'
import { problem } from '#contract/problems.js'
import type { ApprovalMailer } from '../approvals/approval-mailer.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import type { PublicUrl } from '../platform/http/public-url.js'
import { pageBy } from '../platform/http/page.js'
import { newApiKey } from './api-key.rules.js'
import { heldRoles, requireKnownRoles } from './held-roles.js'
import { makerOf, nameTaken, ownTenant } from './identity-rows.rules.js'
import {
  findInvitation,
  hasPerson,
  hasProvider,
  insertInvitation,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from './invitations.repository.js'
import { acceptBy, beyondInviter, invitationEnd, invitationMail } from './invitations.rules.js'
import { findTenant } from './organisations.repository.js'
import { ownPasswordPage } from './password-page.js'
import { scopesOf } from './scopes.rules.js'
import { knownWorkspaces } from './workspaces/workspaces.repository.js'

export interface InvitationParts {
  readonly database: Database
  readonly gate: GateService
  readonly mailer: Pick<ApprovalMailer, 'enabled' | 'tell'>
  readonly publicUrl: Pick<PublicUrl, 'origin'>
}

type Given = Pick<Invitation, 'id' | 'tenant_id' | 'roles' | 'custom_roles' | 'in_workspaces'>
type InvitationAction = 'invitation.create' | 'invitation.resend' | 'invitation.revoke'

/** Asks people to join an organisation. Nobody invites with more than what they have. */
export class Invitations {
  constructor(private readonly parts: InvitationParts) {}

  /** Invitations of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.parts.database.inScope(scopeOf(caller), (tx) => listInvitations(tx, page, query.tenant_id ?? null)),
    )
  }

  /**
   * Invites somebody. Raises `already_exists` for an address of a person, or with an invitation that nobody took;
   * `request.invalid`, and what the gate refuses.
   */
  async create(caller: Caller, body: InvitationCreate): Promise<InvitationSent> {
    const { database, gate } = this.parts
    const { email, roles, custom_roles, in_workspaces } = body
    const tenant_id = body.tenant_id ?? ownTenant(caller)
    const given = { id: randomUUIDv7(), tenant_id, roles, custom_roles, in_workspaces }
    const expires_at = invitationEnd(body.expires_at, Date.now())
    await requireKnownRoles({ database, scope: scopeOf(caller) }, given)
    await this.requireKnownWorkspaces(caller, given)
    const permit = gate.requireAllow(await this.ask('invitation.create', caller, given))
    if (await database.inScope({ tenant: given.tenant_id }, (tx) => hasPerson(tx, given.tenant_id, email)))
      throw problem('already_exists', {
        errors: [{ pointer: '/email', detail: 'belongs to a person of this organisation' }],
      })
    const { secret: token, ...kept } = newApiKey('invitation')
    const row = { ...given, email, name: body.name ?? null, maker: makerOf(caller), secret: { ...kept, expires_at } }
    const added = await gate
      .write(permit, (tx) => insertInvitation(tx, row))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
    return this.send(added, token)
  }

  /** Sends another token, by which the one before ends. Raises `not_found`, `conflict`, and what the gate refuses. */
  async resend(caller: Caller, id: string): Promise<InvitationSent> {
    const { gate } = this.parts
    const found = await this.pending(caller, id)
    const permit = gate.requireAllow(await this.ask('invitation.resend', caller, found))
    const { secret: token, ...kept } = newApiKey('invitation')
    const secret = { ...kept, expires_at: invitationEnd(undefined, Date.now()) }
    const renewed = await gate.write(permit, (tx) => renewInvitation(tx, found, { secret, maker: makerOf(caller) }))
    if (!renewed) throw problem('conflict')
    return this.send(renewed, token)
  }

  /** Takes an invitation back. Raises `not_found`, `conflict`, and what the gate refuses. */
  async revoke(caller: Caller, id: string): Promise<Invitation> {
    const { gate } = this.parts
    const found = await this.pending(caller, id)
    const permit = gate.requireAllow(await this.ask('invitation.revoke', caller, found))
    const revoked = await gate.write(permit, (tx) => revokeInvitation(tx, found))
    if (!revoked) throw problem('conflict')
    return revoked
  }

  /** An invitation that nobody took and that was not taken back. */
  private async pending(caller: Caller, id: string): Promise<Invitation> {
    const found = await this.parts.database.inScope(scopeOf(caller), (tx) => findInvitation(tx, id))
    if (!found || found.state === 'accepted' || found.state === 'revoked') throw problem('not_found')
    return found
  }

  /** Raises `request.invalid` for a workspace that the organisation does not have. */
  private async requireKnownWorkspaces(caller: Caller, { tenant_id, in_workspaces }: Given): Promise<void> {
    const ids = in_workspaces.map((each) => each.workspace_id)
    const known = await this.parts.database.inScope(scopeOf(caller), (tx) => knownWorkspaces(tx, tenant_id, ids))
    const errors = ids.flatMap((id, index) =>
      known.has(id)
        ? []
        : [{ pointer: `/in_workspaces/${index}/workspace_id`, detail: 'is no workspace of this organisation' }],
    )
    if (errors.length > 0) throw problem('request.invalid', { errors })
  }

  private async ask(action: InvitationAction, caller: Caller, given: Given) {
    const { database, gate } = this.parts
    const { id, tenant_id, roles } = given
    const scopes = scopesOf(await heldRoles({ database, scope: scopeOf(caller) }, given, 'all'))
    const { actor, inWorkspaces } = caller
    const beyond = beyondInviter({ ...given, scopes }, { scopes: actor.scopes, inWorkspaces: inWorkspaces ?? {} })
    const role_grant = { roles: [...roles], scopes_beyond_actor: beyond }
    const resource = { kind: 'invitation', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    return gate.decide(action, adminFacts(caller, resource, { role_grant }), about)
  }

  private async send(invitation: Invitation, token: string): Promise<InvitationSent> {
    const { database, mailer } = this.parts
    const { id, tenant_id, email } = invitation
    const organisation = await database.read({ tenant: tenant_id }, (tx) => findTenant(tx, tenant_id))
    const provided = await database.inScope({ tenant: tenant_id }, (tx) => hasProvider(tx, tenant_id))
    const passwords = organisation!.settings.sign_in === 'local_allowed'
    const by = acceptBy({ provider: provided, passwords })
    const page = passwords ? ownPasswordPage(this.parts.publicUrl, token) : null
    if (!mailer.enabled) {
      const shown = by === 'sign_in' ? null : token
      return { ...invitation, accept_by: by, delivery: 'shown', token: shown, password_url: page }
    }
    const told = invitationMail(invitation, organisation!, { token, by, page })
    const delivery = await mailer.tell({ id, email }, told).then(
      () => 'mailed' as const,
      () => 'failed' as const,
    )
    return { ...invitation, accept_by: by, delivery, token: null, password_url: null }
  }
}
