import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testService, type TestService } from '../../testing/test-service.js'
import { untilRefused } from '../testing/sign-in-world.js'

let service: TestService
beforeAll(async () => {
  service = await testService()
}, 120_000)
afterAll(() => service?.stop())

const token = async (fields: Record<string, string>, authorization?: string) => {
  const response = await fetch(`${service.url}/oauth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization !== undefined && { authorization }),
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }).toString(),
  })
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, body, challenge: response.headers.get('www-authenticate') }
}
const whoami = async (secret: string, url = service.url) => {
  const response = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const made = async (as = 'acme_owner', part: object = {}) => {
  const { status, body } = await service.ask(as, 'POST', '/v1/service-accounts', {
    ...{ name: 'CI', roles: ['member'] },
    ...part,
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return { id: String(body['id']), version: Number(body['version']) }
}
const secretOf = async (id: string, part: object = {}) => {
  const body = { name: 'one', ...part }
  const answer = await service.ask('acme_owner', 'POST', `/v1/service-accounts/${id}/secrets`, body)
  return { status: answer.status, id: String(answer.body['id']), secret: String(answer.body['secret']) }
}
const REFUSED = { status: 401, body: { error: 'invalid_client' }, challenge: expect.stringMatching(/^Basic /) }

describe('client credentials', () => {
  it('give a token with the scopes of the account, by form or by the Basic scheme', async () => {
    const { id } = await made()
    const { secret } = await secretOf(id)
    const { status, body } = await token({ client_id: id, client_secret: secret })
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 900])
    expect(await whoami(String(body['access_token']))).toMatchObject({
      status: 200,
      body: { id, kind: 'service_account', scopes: ['extensions:read', 'installs:read', 'extensions:invoke'] },
    })
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    expect(await token({ scope: 'extensions:read' }, basic)).toMatchObject({
      status: 200,
      body: { scope: 'extensions:read' },
    })
    const { body: listed } = await service.ask('acme_owner', 'GET', `/v1/service-accounts/${id}/credentials`)
    expect(listed['items']).toEqual([expect.objectContaining({ last_used_at: expect.any(String) })])
    expect(JSON.stringify(listed)).not.toContain(secret)
  })

  it('never widen: neither beyond the account, nor to a vote', async () => {
    const { id } = await made('acme_owner', { roles: ['admin'] })
    const { secret } = await secretOf(id)
    for (const scope of ['platform:operate', 'approvals:vote', 'extensions:read platform:operate', 'none'])
      expect(await token({ client_id: id, client_secret: secret, scope })).toMatchObject({
        status: 400,
        body: { error: 'invalid_scope' },
      })
    const { body } = await token({ client_id: id, client_secret: secret, scope: 'people:read' })
    const response = await fetch(`${service.url}/v1/keys`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    })
    expect(response.status).toBe(403)
  })

  it('are refused alike, whatever is wrong', async () => {
    const [{ id }, { id: other }] = [await made(), await made()]
    const { secret } = await secretOf(id)
    for (const fields of [
      { client_id: other, client_secret: secret },
      { client_id: id, client_secret: `${secret.slice(0, -4)}AAAA` },
      { client_id: '0198c0de-0000-7000-8000-000000000001', client_secret: secret },
      { client_id: id, client_secret: service.keys['acme_owner']! },
      { client_id: 'x', client_secret: 'x' },
      { client_id: id },
    ])
      expect(await token(fields as Record<string, string>)).toEqual({
        ...REFUSED,
        body: { error: 'invalid_client', error_description: 'The client is unknown, or did not prove itself' },
      })
    expect(await token({ client_id: id, client_secret: secret }, `Basic ${btoa('a:b')}`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
    expect(await token({ grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
  })

  it('are replaced with overlap: two secrets count, a third waits until one is revoked', async () => {
    const { id } = await made()
    const first = await secretOf(id)
    const asked = await Promise.all([secretOf(id), secretOf(id), secretOf(id)])
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const second = asked.find(({ status }) => status === 201)!
    for (const { secret } of [first, second])
      expect((await token({ client_id: id, client_secret: secret })).status).toBe(200)
    const path = `/v1/service-accounts/${id}/credentials/${first.id}`
    expect((await service.ask('acme_owner', 'DELETE', path)).status).toBe(200)
    expect(await token({ client_id: id, client_secret: first.secret })).toMatchObject(REFUSED)
    expect((await secretOf(id)).status).toBe(201)
  })
})

describe('a token', () => {
  it('ends with its secret, on every instance', async () => {
    const other = await service.beside()
    try {
      const { id } = await made()
      const { id: credential, secret } = await secretOf(id)
      const { body } = await token({ client_id: id, client_secret: secret })
      const access = String(body['access_token'])
      expect((await whoami(access, other.url)).status).toBe(200)
      await service.ask('acme_owner', 'DELETE', `/v1/service-accounts/${id}/credentials/${credential}`)
      expect((await whoami(access)).status).toBe(401)
      await untilRefused(() => whoami(access, other.url))
      expect((await whoami(access, other.url)).status).toBe(401)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('is refused while whoever answers for the account is disabled, until it is handed over', async () => {
    const person = async (name: string) =>
      (await service.ask('acme_owner', 'POST', '/v1/people', { name, roles: ['member'] })).body
    const [leaver, heir] = [await person('Leaver'), await person('Heir')]
    const { id, version } = await made('acme_owner', { owner_id: leaver['id'] })
    const { secret } = await secretOf(id)
    const access = String((await token({ client_id: id, client_secret: secret })).body['access_token'])
    expect((await whoami(access)).status).toBe(200)
    await service.ask('acme_owner', 'PATCH', `/v1/people/${String(leaver['id'])}`, { version: 1, disabled: true })
    expect((await whoami(access)).status).toBe(401)
    expect(await token({ client_id: id, client_secret: secret })).toMatchObject(REFUSED)
    const handed = await service.ask('acme_owner', 'POST', `/v1/service-accounts/${id}/handover`, {
      ...{ version, owner_id: heir['id'] },
    })
    expect(handed.status).toBe(200)
    expect((await whoami(access)).status).toBe(200)
  })
})

describe('of another organisation', () => {
  it('nothing is seen or done, and nobody answers for what is not theirs', async () => {
    const { id } = await made()
    const at = `/v1/service-accounts/${id}`
    expect((await service.ask('globex_owner', 'GET', `${at}/credentials`)).status).toBe(404)
    expect((await service.ask('globex_owner', 'POST', `${at}/secrets`, { name: 'x' })).status).toBe(404)
    const { body: globex } = await service.ask('globex_owner', 'GET', '/v1/whoami')
    const body = { name: 'X', roles: ['member'], owner_id: globex['id'] }
    expect((await service.ask('acme_owner', 'POST', '/v1/service-accounts', body)).status).toBe(400)
  })
})

describe('private_key_jwt', () => {
  let id: string
  let privateKey: CryptoKey
  const kid = 'first'
  beforeAll(async () => {
    id = (await made()).id
    const pair = await generateKeyPair('ES256', { extractable: true })
    privateKey = pair.privateKey
    const jwk = { ...(await exportJWK(pair.publicKey)), kid }
    const { status } = await service.ask('acme_owner', 'POST', `/v1/service-accounts/${id}/keys`, { name: 'k', jwk })
    expect(status).toBe(201)
  })
  let count = 0
  const claims = (part: object = {}) => {
    const now = Math.floor(Date.now() / 1000)
    return { ...{ iss: id, sub: id, aud: service.url, jti: `assertion-${++count}`, iat: now, exp: now + 60 }, ...part }
  }
  const signed = (body: object, header: Partial<JWTHeaderParameters> = {}, key: CryptoKey | Uint8Array = privateKey) =>
    new SignJWT({ ...body }).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key)
  const by = (client_assertion: string) =>
    token({ client_assertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' })

  it('gives a token, once for each assertion', async () => {
    const assertion = await signed(claims())
    const both = await Promise.all([by(assertion), by(assertion)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it.each<[string, () => Promise<string>]>([
    ['for another audience', () => signed(claims({ aud: 'https://other.example' }))],
    ['for several audiences', () => signed(claims({ aud: [service.url, 'https://other.example'] }))],
    ['of another issuer', () => signed(claims({ iss: 'other' }))],
    ['expired', () => signed(claims({ exp: Math.floor(Date.now() / 1000) - 120 }))],
    ['not valid yet', () => signed(claims({ nbf: Math.floor(Date.now() / 1000) + 300 }))],
    ['valid for a day', () => signed(claims({ exp: Math.floor(Date.now() / 1000) + 86_400 }))],
    ['without an end', () => signed(claims({ exp: undefined }))],
    ['without a name of its own', () => signed(claims({ jti: undefined }))],
    ['by a key id of nobody', () => signed(claims(), { kid: '../../etc/passwd' })],
    ['without a key id', () => signed(claims(), { kid: undefined } as never)],
    ['HMAC with the public key as its secret', () => signed(claims(), { alg: 'HS256' }, Buffer.from('x'.repeat(64)))],
    ['by another key', async () => signed(claims(), {}, (await generateKeyPair('ES256')).privateKey)],
    [
      'unsigned',
      async () => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
        return `${part({ alg: 'none', kid })}.${part(claims())}.`
      },
    ],
    ['no assertion', async () => 'x'],
  ])('refuses one that is %s', async (_what, make) => expect(await by(await make())).toMatchObject(REFUSED))

  it('takes no key with private parts, and none too short', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    for (const jwk of [
      await exportJWK(pair.privateKey),
      { kty: 'oct', k: 'x'.repeat(43) },
      { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
    ]) {
      const answer = await service.ask('acme_owner', 'POST', `/v1/service-accounts/${id}/keys`, { name: 'k', jwk })
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
    }
  })
})
