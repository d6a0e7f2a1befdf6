import { generateKeyPair, exportJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { byCookie, signInWorld, type Begun, type SignInWorld } from './testing/sign-in-world.js'

let world: SignInWorld
beforeAll(async () => {
  world = await signInWorld()
}, 120_000)
afterAll(() => world?.stop())

const FAILED = { status: 400, code: 'sign_in.failed', session: undefined }
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Ends a fresh sign-in with the token that `make` makes of its claims. */
const withToken = async (make: (claims: Record<string, unknown>, begun: Begun) => Promise<string> | string) => {
  const begun = await world.begin()
  world.provider.idToken = await make(world.claims(begun), begun)
  return world.end(begun)
}

describe('a sign-in', () => {
  it('ends in a session of the person whom the provider vouches for', async () => {
    const ended = await withToken((claims) => world.provider.sign(claims))
    expect(ended).toMatchObject({ status: 303, location: '/auth/session' })
    expect(await byCookie(world.service.url, ended.session!)).toMatchObject({
      status: 200,
      name: 'Mia, member at Acme',
    })
    expect(world.provider.lastForm?.get('code_verifier')).toMatch(/^[\w-]{43}$/)
  })

  it('follows a rotation of the provider’s keys at once', async () => {
    await world.provider.rotate('two')
    expect(await withToken((claims) => world.provider.sign(claims))).toMatchObject({ status: 303 })
  })
})

describe('a forged ID token is refused', () => {
  it.each<[string, (claims: Record<string, unknown>) => Promise<string> | string]>([
    ['unsigned', (claims) => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
    [
      'HMAC with the public key as its secret',
      (claims) => world.provider.sign(claims, { alg: 'HS256' }, Buffer.from(JSON.stringify(world.provider.key.jwk))),
    ],
    ['a key id of nobody', (claims) => world.provider.sign(claims, { kid: 'three' })],
    ['a key id that is a path', (claims) => world.provider.sign(claims, { kid: '../../../etc/passwd' })],
    [
      'its own key in its header',
      async (claims) => {
        const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
        return world.provider.sign(claims, { jwk: await exportJWK(publicKey) }, privateKey)
      },
    ],
    [
      'the address of its own keys in its header',
      async (claims) => {
        const { privateKey } = await generateKeyPair('RS256')
        return world.provider.sign(claims, { jku: `${world.provider.issuer}/other-keys` }, privateKey)
      },
    ],
    [
      'claims changed after it was signed',
      async (claims) => {
        const [header, , signature] = (await world.provider.sign(claims)).split('.')
        return `${header}.${encoded({ ...claims, email: 'owner@acme.example' })}.${signature}`
      },
    ],
    ['of another issuer', (claims) => world.provider.sign({ ...claims, iss: 'https://accounts.example' })],
    ['for another client', (claims) => world.provider.sign({ ...claims, aud: 'somebody-else' })],
    ['for several clients, without azp', (claims) => world.provider.sign({ ...claims, aud: ['gatehouse', 'other'] })],
    ['of another sign-in', (claims) => world.provider.sign({ ...claims, nonce: 'another' })],
    ['without a nonce', ({ nonce: _, ...claims }) => world.provider.sign(claims)],
    ['expired', (claims) => world.provider.sign({ ...claims, exp: Number(claims['iat']) - 120 })],
    ['not valid yet', (claims) => world.provider.sign({ ...claims, nbf: Number(claims['iat']) + 300 })],
    ['a subject without end', (claims) => world.provider.sign({ ...claims, sub: 'x'.repeat(300) })],
    ['no token at all', () => 'x'],
  ])('%s', async (_what, make) => expect(await withToken(make)).toMatchObject(FAILED))

  it('but clocks may differ by some seconds', async () => {
    const skewed = await withToken((claims) =>
      world.provider.sign({ ...claims, iat: Number(claims['iat']) + 30, exp: Number(claims['iat']) - 30 }),
    )
    expect(skewed).toMatchObject({ status: 303 })
  })
})

describe('a way back that is not the way there is refused', () => {
  const good = async (query = '') => {
    const begun = await world.begin(query)
    world.provider.idToken = await world.provider.sign(world.claims(begun))
    return begun
  }

  it('a second time', async () => {
    const begun = await good()
    expect(await world.end(begun)).toMatchObject({ status: 303 })
    expect(await world.end(begun)).toMatchObject(FAILED)
  })

  it('in another browser, so that nobody is signed in as somebody else', async () => {
    const begun = await good()
    expect(await world.end(begun, { cookie: 'of-the-victim' })).toMatchObject(FAILED)
    // The attempt is spent by it: guessing costs the guesser the sign-in.
    expect(await world.end(begun)).toMatchObject(FAILED)
  })

  it('from another provider: mix-up by address, and by issuer (RFC 9207)', async () => {
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/identity-providers')
    const items = body['items'] as { id: string; slug: string }[]
    const other = items.find(({ slug }) => slug === 'demo')!
    expect(await world.end(await good(), { id: other.id })).toMatchObject(FAILED)
    const begun = await good()
    const search = `?code=c&state=${begun.state}&iss=${encodeURIComponent('https://honest.example')}`
    expect(await world.end(begun, { search })).toMatchObject(FAILED)
  })

  it.each([
    ['no state', '?code=c'],
    ['a state of nobody', '?code=c&state=guessed'],
    ['nothing', ''],
  ])('with %s', async (_what, search) => expect(await world.end(await good(), { search })).toMatchObject(FAILED))

  it('with a state that stands there twice', async () => {
    const begun = await good()
    const { status } = await world.end(begun, { search: `?code=c&state=${begun.state}&state=${begun.state}` })
    expect(status).toBe(400)
  })

  it('with an error of the provider', async () => {
    const begun = await good()
    expect(await world.end(begun, { search: `?error=access_denied&state=${begun.state}` })).toMatchObject(FAILED)
  })
})

describe('an open redirect', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    String.raw`/\evil.example`,
    String.raw`\\evil.example`,
    '/.//evil.example',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x=y',
    '/ok\nlocation: https://evil.example',
    'evil.example',
    '',
  ])('is none: %j', async (wanted) => {
    const response = await fetch(
      `${world.service.url}/auth/login?tenant=acme&provider=hostile&return_to=${encodeURIComponent(wanted)}`,
      { redirect: 'manual' },
    )
    const begun = response.status === 303
    // What is no more than a path of this service may be gone to.
    expect([400, 303]).toContain(response.status)
    expect(begun && !wanted.startsWith('/%0d%0a')).toBe(false)
  })
})

describe('an issuer that leads inside', () => {
  it.each([
    'http://127.0.0.1:5432',
    'https://127.0.0.1:1',
    'https://localhost:1',
    'https://169.254.169.254',
    'https://[::1]:1',
    'https://10.0.0.1',
    'http://provider.example',
    'https://user@provider.example',
    'https://provider.example/?a=b',
    'file:///etc/passwd',
  ])('is not asked: %s', async (issuer) => {
    const { status, body } = await world.service.ask('acme_owner', 'POST', '/v1/identity-providers', {
      ...{ slug: 'inside', name: 'Inside', issuer, client_id: 'c', client_auth: 'none' },
    })
    expect([status, (body['errors'] as { pointer: string }[])[0]?.pointer]).toEqual([400, '/issuer'])
  })
})

describe('who somebody is', () => {
  it('follows issuer and subject, whatever the address says later', async () => {
    const { session } = await world.signIn('mia', { email: 'owner@acme.example' })
    expect(await byCookie(world.service.url, session!)).toMatchObject({ name: 'Mia, member at Acme' })
  })

  it.each<[string, string, object]>([
    ['an address that another subject was linked by', 'mia-again', {}],
    ['an address that is not vouched for', 'new', { email: 'admin@acme.example', email_verified: false }],
    ['an address that is vouched for in words only', 'new', { email: 'admin@acme.example', email_verified: 'true' }],
    ['an address in a domain that is not proven', 'new', { email: 'admin@globex.example' }],
    ['no address', 'new', { email: undefined }],
    ['an address of nobody', 'new', { email: 'nobody@acme.example' }],
    ['two addresses', 'new', { email: 'x@evil.example@acme.example' }],
  ])('is nobody by %s', async (_what, subject, part) => {
    expect(await world.signIn(subject, part)).toMatchObject({
      status: 403,
      reasons: ['admin.sign_in_unknown'],
      session: undefined,
    })
  })

  it('is nobody by a provider that was turned off, and their sessions end', async () => {
    const { session } = await world.signIn('mia')
    const path = `/v1/identity-providers/${world.providerId}`
    const off = await world.service.ask('acme_owner', 'PATCH', path, { version: 1, enabled: false })
    expect(off.status).toBe(200)
    expect(await byCookie(world.service.url, session!)).toMatchObject({ status: 401, code: 'auth.session_ended' })
    expect((await world.begin()).state).toBe('')
    const on = await world.service.ask('acme_owner', 'PATCH', path, { version: 2, enabled: true })
    expect(on.status).toBe(200)
  })
})

describe('somebody invited', () => {
  const invite = (email: string) =>
    world.service.ask('acme_owner', 'POST', '/v1/invitations', { email, roles: ['auditor'] })

  it('joins by signing in with that address, once, with the roles that were offered', async () => {
    const email = 'new@elsewhere.example'
    const sent = await invite(email)
    expect([sent.status, sent.body['accept_by'], sent.body['token']]).toEqual([201, 'sign_in', null])
    expect((await world.signIn('newcomer', { email, email_verified: false })).reasons).toEqual([
      'admin.sign_in_unknown',
    ])
    expect((await world.signIn('newcomer', { email })).session).toBeDefined()
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/people?limit=200')
    expect((body['items'] as { email: string }[]).find((each) => each.email === email)).toMatchObject({
      roles: ['auditor'],
    })
    expect((await world.signIn('another', { email })).reasons).toEqual(['admin.sign_in_unknown'])
  })

  it('joins with roles in a workspace alone', async () => {
    const email = 'there@elsewhere.example'
    const workspaces = await world.service.ask('acme_owner', 'GET', '/v1/workspaces')
    const [{ id: workspace_id }] = workspaces.body['items'] as [{ id: string }]
    const body = { email, roles: [], in_workspaces: [{ workspace_id, roles: ['viewer'] }] }
    expect((await world.service.ask('acme_owner', 'POST', '/v1/invitations', body)).status).toBe(201)
    expect((await world.signIn('someone there', { email })).session).toBeDefined()
    const members = await world.service.ask('acme_owner', 'GET', `/v1/workspaces/${workspace_id}/members`)
    expect(members.body['items']).toMatchObject([{ person: { name: expect.any(String) }, roles: ['viewer'] }])
  })

  it('does not join once the invitation was taken back', async () => {
    const email = 'back@elsewhere.example'
    const { body } = await invite(email)
    await world.service.ask('acme_owner', 'DELETE', `/v1/invitations/${String(body['id'])}`)
    expect((await world.signIn('taken back', { email })).reasons).toEqual(['admin.sign_in_unknown'])
  })
})

describe('people of a suspended organisation', () => {
  it('sign in no more, until it is resumed', async () => {
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/tenants')
    const { id, version } = (body['items'] as { id: string; version: number }[])[0]!
    const suspended = await world.service.ask('operator', 'POST', `/v1/tenants/${id}/suspend`, { version, reason: 'r' })
    expect(suspended.status).toBe(200)
    expect((await world.signIn('mia')).reasons).toEqual(['admin.tenant_suspended'])
    await world.service.ask('operator', 'POST', `/v1/tenants/${id}/resume`, { version: version + 1 })
    expect((await world.signIn('mia')).session).toBeDefined()
  })
})

describe('people of an organisation that is being deleted', () => {
  it('sign in no more, but for its owners, until that is called off', async () => {
    const { ask } = world.service
    const { body } = await ask('acme_owner', 'GET', '/v1/tenants')
    const { id, slug, version } = (body['items'] as { id: string; slug: string; version: number }[])[0]!
    const closing = await ask('acme_owner', 'POST', `/v1/tenants/${id}/delete`, { version, slug, reason: 'r' })
    expect([closing.status, closing.body['status']]).toEqual([200, 'closing'])
    expect((await world.signIn('mia')).reasons).toEqual(['admin.tenant_closing'])
    const owner = await world.signIn('the owner', { email: 'owner@acme.example' })
    expect(owner.session).toBeDefined()
    const restored = await ask('acme_owner', 'POST', `/v1/tenants/${id}/restore`, { version: version + 1 })
    expect([restored.status, restored.body['status']]).toEqual([200, 'active'])
    expect((await world.signIn('mia')).session).toBeDefined()
  })
})

describe('providers and domains', () => {
  it('are changed by owners alone, since whoever does can become anybody', async () => {
    const body = { slug: 'x', name: 'X', issuer: world.provider.issuer, client_id: 'c', client_auth: 'none' }
    const { status, body: refusal } = await world.service.ask('acme_admin', 'POST', '/v1/identity-providers', body)
    expect([status, (refusal['reasons'] as { id: string }[])[0]?.id]).toEqual([403, 'admin.scope_missing'])
  })

  it('show no secret', async () => {
    const made = await world.service.ask('globex_owner', 'POST', '/v1/identity-providers', {
      ...{ slug: 'sealed', name: 'Sealed', issuer: world.provider.issuer, client_id: 'c' },
      ...{ client_auth: 'client_secret_basic', client_secret: 'open sesame' },
    })
    expect([made.status, made.body['has_secret']]).toEqual([201, true])
    const { body } = await world.service.ask('globex_owner', 'GET', '/v1/identity-providers')
    expect(JSON.stringify([made, body])).not.toContain('sesame')
  })

  it('are proven by one organisation alone, and only by the record', async () => {
    const claimed = await world.service.ask('globex_owner', 'POST', '/v1/domains', { domain: 'acme.example' })
    expect(claimed.status).toBe(201)
    const { status, body } = await world.service.ask(
      'globex_owner',
      'POST',
      `/v1/domains/${String(claimed.body['id'])}/verify`,
    )
    expect([status, (body['reasons'] as { id: string }[])[0]?.id]).toEqual([403, 'admin.domain_unproven'])
  })
})
