import { generateKeyPairSync } from 'node:crypto'
import { shown } from '../../demo/step.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** Globex has a provider, and who is invited there signs in: an organisation without one gives a token. */
const inviting = (ground: WalkGround) =>
  ground.once('inviting organisation', async () => {
    const slug = ground.slug()
    const body = { slug, name: slug, owner: { name: 'Owner', email: `owner@${slug}.example` } }
    const { tenant, owner } = await ground.as('operator').get('tenants.create', { body })
    const issued = { body: { principal_id: owner.id, name: 'first' } }
    const { secret } = await ground.as('operator').get('keys.create', issued)
    return { tenant, sending: { headers: { authorization: `Bearer ${secret}` } } }
  })

const invited = async (ground: WalkGround) => {
  const { sending } = await inviting(ground)
  const body = { email: `${ground.slug()}@example.com`, roles: ['member' as const] }
  const invitation = await ground.as('operator').get('invitations.create', { body }, sending)
  return { invitation, sending }
}

/** People who are asked to join. */
export const invitationWalks: Walks = {
  'invitations.list': async (ground) => {
    const { sending } = await invited(ground)
    return ground.as('operator').get('invitations.list', {}, sending)
  },
  'invitations.create': async (ground) => {
    const { tenant, sending } = await inviting(ground)
    const workspaces = await ground.as('operator').get('workspaces.list', { query: { tenant_id: tenant.id } })
    const in_workspaces = workspaces.items.map(({ id }) => ({ workspace_id: id, roles: ['viewer' as const] }))
    const body = { email: `${ground.slug()}@example.com`, roles: [], in_workspaces }
    return ground.as('operator').get('invitations.create', { body }, sending)
  },
  'invitations.accept': async (ground) => {
    const { token } = (await invited(ground)).invitation
    shown(token !== null, 'without a mail server and a provider the token is shown', token)
    return ground.as('operator').get('invitations.accept', { body: { token, name: 'Joins' } })
  },
  'invitations.resend': async (ground) => {
    const { invitation, sending } = await invited(ground)
    return ground.as('operator').get('invitations.resend', { params: { id: invitation.id } }, sending)
  },
  'invitations.revoke': async (ground) => {
    const { invitation, sending } = await invited(ground)
    return ground.as('operator').get('invitations.revoke', { params: { id: invitation.id } }, sending)
  },
}

const account = (ground: WalkGround) =>
  ground.as('acme_owner').get('accounts.create', { body: { name: ground.slug(), roles: ['member'] } })

const secret = async (ground: WalkGround) => {
  const { id } = await account(ground)
  return ground.as('acme_owner').get('accounts.secret', { params: { id }, body: { name: 'first' } })
}

/** Programs that act by themselves. */
export const accountWalks: Walks = {
  'accounts.list': (ground) => ground.as('acme_owner').get('accounts.list', {}),
  'accounts.create': account,
  'accounts.handover': async (ground) => {
    const { id, version } = await account(ground)
    const { id: owner_id } = await ground.as('acme_admin').get('whoami.show', {})
    return ground.as('acme_owner').get('accounts.handover', { params: { id }, body: { version, owner_id } })
  },
  'accounts.credentials': async (ground) => {
    const { principal_id: id } = await secret(ground)
    return ground.as('acme_owner').get('accounts.credentials', { params: { id } })
  },
  'accounts.secret': secret,
  'accounts.key': async (ground) => {
    const { id } = await account(ground)
    const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    const body = { name: 'first', jwk: { kty: 'OKP' as const, crv: 'Ed25519' as const, x: x! } }
    return ground.as('acme_owner').get('accounts.key', { params: { id }, body })
  },
  'accounts.revoke': async (ground) => {
    const { id: credential_id, principal_id: id } = await secret(ground)
    return ground.as('acme_owner').get('accounts.revoke', { params: { id, credential_id } })
  },
}
