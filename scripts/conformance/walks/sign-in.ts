import { createHash } from 'node:crypto'
import { post, signIn, visit, type Session } from '../ground/browser.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const client_id = 'gatehouse-cli'
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

/** A session that walks leave as it is. */
const standing = (ground: WalkGround): Promise<Session> => ground.once('session', () => signIn(ground, 'acme_owner'))

const trusted = (ground: WalkGround) => {
  const { issuer } = ground.around.provider
  const body = { slug: ground.slug(), name: 'Outside', issuer, client_id: ground.slug(), client_auth: 'none' as const }
  return ground.as('acme_owner').get('providers.create', { body })
}
const trustedOnce = (ground: WalkGround) => ground.once('provider', () => trusted(ground))

const claimed = (ground: WalkGround) =>
  ground.as('acme_owner').get('domains.claim', { body: { domain: `${ground.slug()}.test` } })

/** Begins a device grant, and lets it in. */
const admitted = async (ground: WalkGround): Promise<string> => {
  const session = await standing(ground)
  const begun = await post(`${ground.url}/oauth/device_authorization`, { client_id })
  const { user_code, device_code } = (await begun.json()) as { user_code: string; device_code: string }
  const fields = { user_code, csrf_token: session.csrf, verdict: 'approve' }
  await post(`${ground.url}/auth/device`, fields, session)
  return device_code
}

const tokens = async (ground: WalkGround): Promise<{ refresh_token: string }> => {
  const device_code = await admitted(ground)
  const answer = await post(`${ground.url}/oauth/token`, { client_id, grant_type: DEVICE, device_code })
  return (await answer.json()) as { refresh_token: string }
}

const authorization = {
  ...{ response_type: 'code', client_id, redirect_uri: 'http://127.0.0.1:7777/callback', state: 'a-state-of-its-own' },
  ...{ code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'), code_challenge_method: 'S256' },
}

/** Providers, domains and sessions, as administrators and people see them. */
export const governedWalks: Walks = {
  'providers.list': (ground) => ground.as('acme_owner').get('providers.list', {}),
  'providers.create': trustedOnce,
  'providers.update': async (ground) => {
    const { id, version } = await trusted(ground)
    return ground.as('acme_owner').get('providers.update', { params: { id }, body: { version, enabled: false } })
  },
  'domains.list': (ground) => ground.as('acme_owner').get('domains.list', {}),
  'domains.claim': claimed,
  'domains.verify': async (ground) => {
    const { id, record } = await claimed(ground)
    ground.around.names.put(record.name, record.value)
    return ground.as('acme_owner').get('domains.verify', { params: { id } })
  },
  'domains.release': async (ground) => {
    const { id } = await claimed(ground)
    return ground.as('acme_owner').get('domains.release', { params: { id } })
  },
  'sessions.list': async (ground) => visit(await standing(ground), `${ground.url}/v1/sessions`),
  'sessions.end': async (ground) => {
    const session = await signIn(ground, 'acme_member')
    const current = await visit(session, `${ground.url}/auth/session`)
    const { id } = ((await current.json()) as { session: { id: string } }).session
    return visit(session, `${ground.url}/v1/sessions/${id}`, 'DELETE')
  },
  'sessions.of': async (ground) => {
    const { id } = await ground.as('acme_owner').get('whoami.show', {})
    await standing(ground)
    return ground.as('acme_owner').get('sessions.of', { params: { id } })
  },
  'sessions.revoke': async (ground) => {
    const { id } = await ground.as('acme_member').get('whoami.show', {})
    await signIn(ground, 'acme_member')
    return ground.as('acme_owner').get('sessions.revoke', { params: { id } })
  },
}

/** What a browser is sent through. */
export const browserWalks: Walks = {
  'auth.login': [({ url }) => fetch(`${url}/auth/login`), standing],
  'auth.callback': standing,
  'auth.session': async (ground) => visit(await standing(ground), `${ground.url}/auth/session`),
  'auth.logout': async (ground) => visit(await signIn(ground, 'acme_admin'), `${ground.url}/auth/logout`, 'POST'),
  'auth.backchannel': async (ground) => {
    const { id, client_id: client } = await trustedOnce(ground)
    const logout_token = await ground.around.provider.logoutToken(client, 'nobody-yet')
    return post(`${ground.url}/auth/backchannel-logout/${id}`, { logout_token })
  },
  'auth.device': async (ground) => visit(await standing(ground), `${ground.url}/auth/device`),
  'auth.admit': admitted,
}

/** How a command signs in. */
export const oauthWalks: Walks = {
  'oauth.authorize': async (ground) =>
    visit(await standing(ground), `${ground.url}/oauth/authorize?${new URLSearchParams(authorization).toString()}`),
  'oauth.admit': async (ground) => {
    const session = await standing(ground)
    const fields = { ...authorization, csrf_token: session.csrf, verdict: 'approve' }
    return post(`${ground.url}/oauth/authorize`, fields, session)
  },
  'oauth.device': admitted,
  'oauth.token': tokens,
  'oauth.revoke': async (ground) => {
    const { refresh_token } = await tokens(ground)
    return post(`${ground.url}/oauth/revoke`, { client_id, token: refresh_token })
  },
}
