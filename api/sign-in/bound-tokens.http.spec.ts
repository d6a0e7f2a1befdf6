import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { signInWorld, type SignInWorld } from './testing/sign-in-world.js'
import { ProvingClient, type ProofPart } from './testing/proving-client.js'

const client_id = 'gatehouse-cli'
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

let world: SignInWorld
let client: ProvingClient
let other: ProvingClient
/** A service account and its secret. */
let account: { readonly client_id: string; readonly client_secret: string }

beforeAll(async () => {
  world = await signInWorld()
  client = await ProvingClient.make()
  other = await ProvingClient.make()
  const made = await world.service.ask('acme_owner', 'POST', '/v1/service-accounts', { name: 'CI', roles: ['member'] })
  const id = String(made.body['id'])
  const secret = await world.service.ask('acme_owner', 'POST', `/v1/service-accounts/${id}/secrets`, { name: 'one' })
  account = { client_id: id, client_secret: String(secret.body['secret']) }
}, 120_000)
afterAll(() => world?.stop())

const origin = (): string => world.service.url
const credentials = () => ({ grant_type: 'client_credentials', ...account })
const serviceToken = async (): Promise<string> =>
  String((await client.token(origin(), credentials())).body['access_token'])

const form = async (path: string, fields: Record<string, string>, cookie = '') => {
  const response = await fetch(origin() + path, {
    ...{ method: 'POST', redirect: 'manual' },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie && { cookie: `__Host-gatehouse=${cookie}` }),
    },
    body: new URLSearchParams(fields).toString(),
  })
  const text = await response.text()
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, string> }
}
/** A device code that somebody let in. */
const admitted = async (part: Record<string, string> = {}): Promise<string> => {
  const { session } = await world.signIn('mia')
  const { body } = await form('/oauth/device_authorization', { client_id, ...part })
  const headers = { cookie: `__Host-gatehouse=${session!}` }
  const shown = (await (await fetch(`${origin()}/auth/session`, { headers })).json()) as { csrf_token: string }
  const fields = { user_code: body['user_code']!, csrf_token: shown.csrf_token, verdict: 'approve' }
  await form('/auth/device', fields, session!)
  return body['device_code']!
}
const byDevice = async (device_code: string) => ({ client_id, grant_type: DEVICE, device_code })
const bearer = async (token: string) => {
  const response = await fetch(`${origin()}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, body, challenge: response.headers.get('www-authenticate') }
}

describe('tokens bound to a key (RFC 9449)', () => {
  it('are announced with the algorithms of their proofs', async () => {
    const metadata = await (await fetch(`${origin()}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).toMatchObject({ dpop_signing_alg_values_supported: expect.arrayContaining(['ES256']) })
    expect(JSON.stringify(metadata)).not.toMatch(/HS256|none"\].*dpop/)
  })

  it('are given for client credentials with a proof, and count with proofs of the same key alone', async () => {
    const { status, body, nonce } = await client.token(origin(), credentials())
    expect({ status, type: body['token_type'], nonce }).toEqual({
      status: 200,
      type: 'DPoP',
      nonce: expect.any(String),
    })
    const token = String(body['access_token'])
    expect(await client.whoami(token, origin())).toMatchObject({ status: 200, body: { id: account.client_id } })
    expect(await other.whoami(token, origin())).toMatchObject({
      ...{ status: 401, body: { code: 'auth.proof_invalid' } },
      challenge: expect.stringMatching(/^DPoP .*error="invalid_dpop_proof".*algs="ES256 /),
    })
  })

  it('are refused as bearer tokens, and bearer tokens with a proof', async () => {
    const token = await serviceToken()
    expect(await bearer(token)).toMatchObject({
      ...{ status: 401, body: { code: 'auth.token_bound' } },
      challenge: expect.stringMatching(/^DPoP .*error="invalid_token"/),
    })
    const plain = await form('/oauth/token', credentials())
    expect(plain.body['token_type']).toBe('Bearer')
    expect(await bearer(plain.body['access_token']!)).toMatchObject({ status: 200 })
    expect(await client.whoami(plain.body['access_token']!, origin())).toMatchObject({
      ...{ status: 401, body: { code: 'auth.invalid' }, challenge: expect.stringMatching(/^DPoP /) },
    })
    expect(await client.whoami(world.service.keys['acme_owner']!, origin())).toMatchObject({ status: 401 })
  })

  it.each<[string, (token: string) => Promise<ProofPart> | ProofPart]>([
    ['for another method', (token) => ({ claims: { htm: 'POST', ath: client.ath(token) } })],
    ['for another address', (token) => ({ claims: { htu: `${origin()}/v1/kills`, ath: client.ath(token) } })],
    [
      'for another service',
      (token) => ({ claims: { htu: 'https://other.example/v1/whoami', ath: client.ath(token) } }),
    ],
    ['of another token', () => ({ claims: { ath: client.ath('another') } })],
    ['of no token', () => ({})],
    ['stale', (token) => ({ claims: { iat: Date.now() / 1000 - 600, ath: client.ath(token) } })],
    ['of the future', (token) => ({ claims: { iat: Date.now() / 1000 + 600, ath: client.ath(token) } })],
    ['signed by another key', async () => ({ key: (await generateKeyPair('ES256')).privateKey })],
    [
      'signed with the public key as a secret',
      (token) => ({ header: { alg: 'HS256' }, key: Buffer.from(client.jwk.x!), claims: { ath: client.ath(token) } }),
    ],
  ])('do not count with a proof %s', async (_what, part) => {
    const token = await serviceToken()
    const proof = await client.proof('GET', `${origin()}/v1/whoami`, await part(token))
    expect(await client.whoami(token, origin(), proof)).toMatchObject({
      ...{ status: 401, body: { code: 'auth.proof_invalid' } },
      challenge: expect.stringMatching(/^DPoP .*error="invalid_dpop_proof"/),
    })
  })

  it('do not count with an unsigned proof, nor without one', async () => {
    const token = await serviceToken()
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { jti: 'an-id-of-its-own', htm: 'GET', htu: `${origin()}/v1/whoami`, ath: client.ath(token) }
    const header = { typ: 'dpop+jwt', alg: 'none', jwk: client.jwk }
    const unsigned = `${encoded(header)}.${encoded({ ...claims, iat: Date.now() / 1000 })}.`
    for (const proof of [unsigned, ''])
      expect(await client.whoami(token, origin(), proof)).toMatchObject({
        ...{ status: 401, body: { code: 'auth.proof_invalid' } },
        challenge: expect.stringMatching(/^DPoP .*error="invalid_dpop_proof"/),
      })
  })

  it('do not count with a proof that was taken before, by whichever instance', async () => {
    const token = await serviceToken()
    const claims = { ath: client.ath(token) }
    const proof = await client.proof('GET', `${origin()}/v1/whoami`, { claims })
    expect(await client.whoami(token, origin(), proof)).toMatchObject({ status: 200 })
    expect(await client.whoami(token, origin(), proof)).toMatchObject({
      ...{ status: 401, challenge: expect.stringContaining('error="invalid_dpop_proof"') },
    })
    const beside = await world.service.beside()
    try {
      const jti = 'the-same-on-both'
      const first = await client.proof('GET', `${beside.url}/v1/whoami`, { claims: { ...claims, jti } })
      const second = await client.proof('GET', `${origin()}/v1/whoami`, { claims: { ...claims, jti } })
      expect(await client.whoami(token, beside.url, first)).toMatchObject({ status: 200 })
      expect(await client.whoami(token, origin(), second)).toMatchObject({ status: 401 })
    } finally {
      await beside.stop()
    }
  }, 60_000)

  it('are taken from nobody where it cannot be kept that a proof was taken, but for engaging the kill switch', async () => {
    const { body } = await client.token(origin(), await byDevice(await admitted()))
    const token = String(body['access_token'])
    await world.service.owner.query('REVOKE INSERT ON dpop_proof FROM gatehouse_records')
    try {
      expect((await client.whoami(token, origin())).status).toBeGreaterThanOrEqual(500)
      const url = `${origin()}/v1/kills`
      const dpop = await client.proof('POST', url, { claims: { ath: client.ath(token) } })
      const engage = () =>
        fetch(url, {
          method: 'POST',
          headers: { authorization: `DPoP ${token}`, dpop, 'content-type': 'application/json' },
          body: JSON.stringify({ scope: 'global', reason: 'The database takes no writes of proofs' }),
        })
      // Decided, or the target not found: by whom it is asked was taken.
      expect([403, 404, 401]).toContain((await engage()).status)
      const again = await engage()
      expect([again.status, await again.json()]).toMatchObject([401, { code: 'auth.proof_invalid' }])
    } finally {
      await world.service.owner.query('GRANT INSERT ON dpop_proof TO gatehouse_records')
    }
  })
})

describe('the token endpoint', () => {
  const url = () => `${origin()}/oauth/token`

  it('wants a nonce of its own in a proof, so that none can be made ahead', async () => {
    for (const nonce of [undefined, 'guessed'])
      expect(
        await client.token(origin(), credentials(), await client.proof('POST', url(), { claims: { nonce } })),
      ).toMatchObject({
        ...{ status: 400, body: { error: 'use_dpop_nonce' }, nonce: expect.any(String) },
      })
  })

  it('refuses a proof that is not of the request, or was taken before', async () => {
    const { nonce } = await client.token(origin(), credentials())
    const refused = { status: 400, body: { error: 'invalid_dpop_proof' } }
    for (const claims of [{ htm: 'GET' }, { htu: `${origin()}/oauth/revoke` }, { iat: 1 }])
      expect(
        await client.token(
          origin(),
          credentials(),
          await client.proof('POST', url(), { claims: { nonce, ...claims } }),
        ),
      ).toMatchObject(refused)
    const proof = await client.proof('POST', url(), { claims: { nonce } })
    expect(await client.token(origin(), credentials(), proof)).toMatchObject({ status: 200 })
    expect(await client.token(origin(), credentials(), proof)).toMatchObject(refused)
  })

  it('binds a command’s session and its refresh token, which nobody else spends', async () => {
    const { status, body } = await client.token(origin(), await byDevice(await admitted()))
    expect([status, body['token_type']]).toEqual([200, 'DPoP'])
    const [access, refresh_token] = [String(body['access_token']), String(body['refresh_token'])]
    expect(await client.whoami(access, origin())).toMatchObject({ status: 200 })
    expect(await bearer(access)).toMatchObject({ status: 401 })
    const refresh = { client_id, grant_type: 'refresh_token', refresh_token }
    expect(await form('/oauth/token', refresh)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
    expect(await other.token(origin(), refresh)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
    const next = await client.token(origin(), refresh)
    expect(next).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
    const mine = await client.proof('GET', `${origin()}/v1/sessions`, {
      claims: { ath: client.ath(String(next.body['access_token'])) },
    })
    const listed = await fetch(`${origin()}/v1/sessions`, {
      headers: { authorization: `DPoP ${String(next.body['access_token'])}`, dpop: mine },
    })
    const { items } = (await listed.json()) as { items: { current: boolean; bound: boolean }[] }
    expect(items.find(({ current }) => current)).toMatchObject({ bound: true })
  })

  it('binds a session that was begun without a key to the one that refreshes it', async () => {
    const { body } = await form('/oauth/token', await byDevice(await admitted()))
    expect(body['token_type']).toBe('Bearer')
    const refresh = (token: string) => ({ client_id, grant_type: 'refresh_token', refresh_token: token })
    const bound = await client.token(origin(), refresh(body['refresh_token']!))
    expect(bound.body['token_type']).toBe('DPoP')
    expect(await form('/oauth/token', refresh(String(bound.body['refresh_token'])))).toMatchObject({ status: 400 })
  })

  it('gives a code that is for one key to that key alone', async () => {
    const mine = () => admitted({ dpop_jkt: client.jkt })
    const refused = { status: 400, body: { error: 'invalid_dpop_proof' } }
    expect(await form('/oauth/token', await byDevice(await mine()))).toMatchObject(refused)
    expect(await other.token(origin(), await byDevice(await mine()))).toMatchObject(refused)
    expect(await client.token(origin(), await byDevice(await mine()))).toMatchObject({ status: 200 })
  })
})
