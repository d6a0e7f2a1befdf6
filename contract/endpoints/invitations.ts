import { z } from 'zod'
import { TenantScopedQuery } from '../api/identity.js'
import {
  Invitation,
  InvitationAccept,
  InvitationAccepted,
  InvitationCreate,
  InvitationPage,
  InvitationSent,
} from '../api/invitations.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** People who are asked to join an organisation. */
export const invitationEndpoints = {
  'invitations.list': endpoint({
    method: 'GET',
    path: '/v1/invitations',
    summary: 'Invitations, open and past',
    action: 'invitation.read',
    query: TenantScopedQuery,
    response: InvitationPage,
    status: 200,
  }),
  'invitations.create': endpoint({
    method: 'POST',
    path: '/v1/invitations',
    summary: 'Invite somebody by e-mail',
    action: 'invitation.create',
    body: InvitationCreate,
    response: InvitationSent,
    status: 201,
  }),
  'invitations.accept': endpoint({
    method: 'POST',
    path: '/v1/invitations/accept',
    summary: 'Join by the token of an invitation; the answer holds a first API key, shown once',
    action: 'invitation.accept',
    public: true,
    body: InvitationAccept,
    response: InvitationAccepted,
    status: 201,
  }),
  'invitations.resend': endpoint({
    method: 'POST',
    path: '/v1/invitations/{id}/resend',
    summary: 'Send an invitation again, with a new token and seven days more; the token before it ends',
    action: 'invitation.resend',
    params,
    response: InvitationSent,
    status: 200,
  }),
  'invitations.revoke': endpoint({
    method: 'DELETE',
    path: '/v1/invitations/{id}',
    summary: 'Take an invitation back',
    action: 'invitation.revoke',
    params,
    response: Invitation,
    status: 200,
  }),
}
