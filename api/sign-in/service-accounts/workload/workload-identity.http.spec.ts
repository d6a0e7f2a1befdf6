import { createSecretKey } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { testService, type TestService } from '../../../testing/test-service.js'
import { HostileProvider } from '../../testing/hostile-provider.js'
import { untilRefused } from '../../testing/sign-in-world.js'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const SUBJECT = 'repo:acme/app:ref:refs/heads/main'

let service: TestService
/** An issuer that Acme trusts, and one that it does not. */
let issuer: HostileProvider
let stranger: HostileProvider
beforeAll(async () => {
  ;[issuer, stranger] = [await HostileProvider.start(), await HostileProvider.start()]
  // Published beside its key: a secret that is none.
  issuer.others.push({ kty: 'oct', k: Buffer.from('known to all').toString('base64url'), kid: 'shared', alg: 'HS256' })
  const hosts = [issuer.host, stranger.host].join(',')
  service = await testService({ settings: { GATEHOUSE_EGRESS_PRIVATE_HOSTS: hosts } })
}, 120_000)

// So many refusals from one address are guessing, which is refused by itself.
afterEach(() => service.owner.query('DELETE FROM failed_attempt'))
afterAll(async () => {
  await service?.stop()
  for (const each of [issuer, stranger]) await each?.stop()
})

let count = 0
const claims = (part: object = {}) => {
  const now = Math.floor(Date.now() / 1000)
  return {
    ...{ iss: issuer.issuer, aud: service.url, sub: SUBJECT, iat: now, exp: now + 300, jti: `token-${++count}` },
    ...{ repository: 'acme/app', ref: 'refs/heads/main', environment: 'production', run_attempt: 1 },
    ...part,
  }
}
const exchange = async (client_id: string, subject_token: string, part: Record<string, string> = {}, headers = {}) => {
  const response = await fetch(`${service.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ grant_type: EXCHANGE, client_id, subject_token, subject_token_type: JWT, ...part }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const whoami = async (secret: string, url = service.url) => {
  const response = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const account = async (as = 'acme_owner', roles = ['member']) => {
  const { status, body } = await service.ask(as, 'POST', '/v1/service-accounts', { name: 'CI', roles })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return String(body['id'])
}
const trust = (id: string, part: object = {}, as = 'acme_owner') =>
  service.ask(as, 'POST', `/v1/service-accounts/${id}/identities`, {
    ...{ name: 'CI of the app', issuer: issuer.issuer, audience: service.url, subject: SUBJECT },
    ...part,
  })
/** An account that trusts the issuer, and the id of that trust. */
const trusting = async (part: object = {}, as = 'acme_owner') => {
  const id = await account(as)
  const { status, body } = await trust(id, part, as)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return { id, identity: String(body['id']) }
}
/** Refused before policy is asked, in the same words whatever is wrong. */
const UNPROVEN = {
  status: 400,
  body: { error: 'invalid_request', error_description: expect.stringMatching(/^The subject_token does not prove/) },
}
const REFUSED = (words: RegExp) => ({
  status: 400,
  body: { error: 'invalid_request', error_description: expect.stringMatching(words) },
})

describe('a token of an outside issuer', () => {
  it('is exchanged for a short one of the account, as JWT and as ID token', async () => {
    const { id } = await trusting()
    const { status, body } = await exchange(id, await issuer.sign(claims()))
    expect([status, body]).toEqual([
      200,
      {
        ...{ access_token: expect.stringMatching(/^gha_/), token_type: 'Bearer', expires_in: 900 },
        scope: 'extensions:read installs:read extensions:invoke',
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      },
    ])
    expect(await whoami(String(body['access_token']))).toMatchObject({
      status: 200,
      body: { id, kind: 'service_account' },
    })
    const subject_token_type = 'urn:ietf:params:oauth:token-type:id_token'
    expect((await exchange(id, await issuer.sign(claims()), { subject_token_type })).status).toBe(200)
    const { body: listed } = await service.ask('acme_owner', 'GET', `/v1/service-accounts/${id}/identities`)
    expect(listed['items']).toEqual([expect.objectContaining({ subject: SUBJECT, last_used_at: expect.any(String) })])
    const { body: others } = await service.ask('acme_owner', 'GET', `/v1/service-accounts/${id}/credentials`)
    expect(others['items']).toEqual([])
  })

  it('gives no more than the account has or is asked for, and never a vote', async () => {
    const id = await account('acme_owner', ['admin'])
    await trust(id)
    const asked = async (scope: string) => exchange(id, await issuer.sign(claims()), { scope })
    for (const scope of ['platform:operate', 'approvals:vote', 'people:read platform:operate', 'none', ''])
      expect(await asked(scope)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    const { body } = await asked('people:read')
    expect(body['scope']).toBe('people:read')
    const { body: all } = await exchange(id, await issuer.sign(claims()))
    expect(all['scope']).not.toContain('approvals:vote')
  })

  it('is decided, and the decision names issuer and subject, whether it allows or not', async () => {
    const { id } = await trusting()
    await exchange(id, await issuer.sign(claims({ sub: 'repo:acme/app:pull_request' })))
    await exchange(id, await issuer.sign(claims()))
    const { body } = await service.ask('acme_owner', 'GET', '/v1/decisions?action=service_token.exchange&limit=2')
    const items = body['items'] as { id: string; outcome: string }[]
    expect(items.map(({ outcome }) => outcome)).toEqual(['allow', 'deny'])
    for (const [at, subject] of [SUBJECT, 'repo:acme/app:pull_request'].entries()) {
      const told = await service.ask('acme_owner', 'GET', `/v1/decisions/${items[at]!.id}?facts=true`)
      expect(JSON.stringify(told.body)).toContain(JSON.stringify(subject).slice(1, -1))
      expect(JSON.stringify(told.body)).toContain(issuer.issuer)
    }
  })
})

describe('what is trusted', () => {
  it.each<[string, object, object, number]>([
    ['the subject, exactly', { subject: SUBJECT }, {}, 200],
    ['a beginning of the subject is not it', { subject: 'repo:acme/app' }, {}, 400],
    ['a subject with a * is one with a *', { subject: 'repo:acme/app:*' }, {}, 400],
    ['a claim', { subject: undefined, claims: { repository: 'acme/app' } }, {}, 200],
    ['another value of it', { subject: undefined, claims: { repository: 'acme/app' } }, { repository: 'acme/ap' }, 400],
    [
      'more than its value',
      { subject: undefined, claims: { repository: 'acme/app' } },
      { repository: 'acme/app2' },
      400,
    ],
    [
      'a claim in other letters',
      { subject: undefined, claims: { repository: 'acme/app' } },
      { repository: 'Acme/App' },
      400,
    ],
    ['a claim that is not there', { subject: undefined, claims: { job: 'x' } }, {}, 400],
    ['a name that all objects have', { subject: undefined, claims: { constructor: 'f*' } }, {}, 400],
    ['the beginning of a claim', { subject: undefined, claims: { sub: 'repo:acme/app:*' } }, {}, 200],
    ['another beginning', { subject: undefined, claims: { sub: 'repo:acme/app:*' } }, { sub: 'repo:acme/app2:x' }, 400],
    ['a number', { claims: { run_attempt: '1' } }, {}, 200],
    ['a list is no value', { claims: { repository: 'acme/app' } }, { repository: ['acme/app'] }, 400],
    ['one audience, as a list of one', { audience: 'of-the-test' }, { aud: ['of-the-test'] }, 200],
    ['all of it: subject and claims', { claims: { environment: 'staging' } }, {}, 400],
    ['all of it: each claim', { claims: { environment: 'production', ref: 'refs/heads/*', repository: 'x' } }, {}, 400],
  ])('%s', async (_what, trusted, part, status) => {
    const { id } = await trusting(trusted)
    const answer = await exchange(id, await issuer.sign(claims(part)))
    expect(answer.status).toBe(status)
    if (status === 400) expect(answer).toMatchObject(REFUSED(/fits no trust|federated identity/i))
  })

  it.each<[string, object, string]>([
    ['an issuer that does not answer', { issuer: 'https://127.0.0.1:1' }, '/issuer'],
    ['the machine itself', { issuer: 'http://127.0.0.1:5432' }, '/issuer'],
    ['where clouds keep credentials', { issuer: 'https://169.254.169.254' }, '/issuer'],
    ['plain http', { issuer: 'http://issuer.example' }, '/issuer'],
    ['neither subject nor claims', { subject: undefined }, '/subject'],
    ['anybody: a bare *', { claims: { repository: '*' } }, '/claims/repository'],
    ['a * in the middle', { claims: { repository: 'acme/*/app' } }, '/claims/repository'],
    ['a claim that is checked in any case', { claims: { exp: '1' } }, '/claims/exp'],
    ['an end that is over', { expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    ...[
      { ref: 'refs/heads/main' },
      { sub: 'repo:*' },
      { sub: 'repo:acme*' },
      { repository_owner: 'acme*' },
      { environment: 'production' },
    ].map((wide): [string, object, string] => [
      `all of GitHub: ${JSON.stringify(wide)}`,
      { issuer: 'https://token.actions.githubusercontent.com', subject: undefined, claims: wide },
      '/claims',
    ]),
  ])('is never %s', async (_what, part, pointer) => {
    const { status, body } = await trust(await account(), part)
    expect([status, (body['errors'] as { pointer: string }[] | undefined)?.[0]?.pointer]).toEqual([400, pointer])
  })

  it('is no issuer that answers as another', async () => {
    stranger.claimedIssuer = issuer.issuer
    const { status, body } = await trust(await account(), { issuer: stranger.issuer })
    stranger.claimedIssuer = undefined
    expect([status, body['code']]).toEqual([400, 'request.invalid'])
  })

  it('is twenty at most, also while two are added at once', async () => {
    const id = await account()
    for (let made = 0; made < 19; made++) expect((await trust(id)).status).toBe(201)
    const both = await Promise.all([trust(id), trust(id)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  }, 60_000)

  it('is given by nobody who may do less than the account', async () => {
    const id = await account('acme_owner', ['owner'])
    const { status, body } = await trust(id, {}, 'acme_admin')
    expect([status, (body['reasons'] as { id: string }[])[0]?.id]).toEqual([403, 'admin.role_beyond_own'])
  })

  it('is seen, used and removed by its own organisation alone', async () => {
    const { id, identity } = await trusting()
    const at = `/v1/service-accounts/${id}/identities`
    expect((await service.ask('globex_owner', 'GET', at)).status).toBe(404)
    expect((await trust(id, {}, 'globex_owner')).status).toBe(404)
    expect((await service.ask('globex_owner', 'DELETE', `${at}/${identity}`)).status).toBe(404)
    const other = await trusting({ subject: 'another' })
    expect((await service.ask('acme_owner', 'DELETE', `${at}/${other.identity}`)).status).toBe(404)
    // What the other organisation trusts says nothing for this one's account.
    const { id: globex } = await trusting({ subject: 'repo:globex/app' }, 'globex_owner')
    expect(await exchange(globex, await issuer.sign(claims()))).toMatchObject(
      REFUSED(/federated identity|fits no trust/i),
    )
    expect(await exchange(await account('globex_owner'), await issuer.sign(claims()))).toMatchObject(UNPROVEN)
  })
})

describe('is refused', () => {
  let id: string
  const now = () => Math.floor(Date.now() / 1000)
  beforeAll(async () => {
    id = (await trusting()).id
  })

  const own = async (header: (jwk: object) => Partial<JWTHeaderParameters>, as: Partial<JWTHeaderParameters> = {}) => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    return issuer.sign(claims(), { ...header(jwk), ...as }, privateKey)
  }
  const hmac = async (secret: string | Uint8Array, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: issuer.key.jwk.kid!, ...header })
      .sign(createSecretKey(Buffer.from(secret)))

  it.each<[string, () => Promise<string>]>([
    ['for another audience', () => issuer.sign(claims({ aud: 'https://other.example' }))],
    ['for several audiences', () => issuer.sign(claims({ aud: [service.url, 'https://other.example'] }))],
    ['for no audience', () => issuer.sign(claims({ aud: undefined }))],
    ['expired', () => issuer.sign(claims({ iat: now() - 400, exp: now() - 90 }))],
    ['without an end', () => issuer.sign(claims({ exp: undefined }))],
    ['with an end that is no number', () => issuer.sign(claims({ exp: 'never' }))],
    ['with an end beyond all calendars', () => issuer.sign(claims({ exp: 1e300 }))],
    ['not valid yet', () => issuer.sign(claims({ nbf: now() + 90 }))],
    ['issued in the future', () => issuer.sign(claims({ iat: now() + 90 }))],
    ['without saying when it was issued', () => issuer.sign(claims({ iat: undefined }))],
    ['of nobody', () => issuer.sign(claims({ sub: undefined }))],
    ['of an empty subject', () => issuer.sign(claims({ sub: '' }))],
    ['of a subject with a NUL', () => issuer.sign(claims({ sub: `${SUBJECT}\0` }))],
    ['of a subject that is a list', () => issuer.sign(claims({ sub: [SUBJECT] }))],
    ['of another issuer, which signed it', () => stranger.sign(claims({ iss: stranger.issuer }))],
    ['by another issuer in the name of this one', () => stranger.sign(claims())],
    ['by this issuer in the name of another', () => issuer.sign(claims({ iss: stranger.issuer }))],
    ['of an issuer spelled otherwise', () => issuer.sign(claims({ iss: `${issuer.issuer}/` }))],
    ['of no issuer', () => issuer.sign(claims({ iss: undefined }))],
    ['unsigned', async () => new UnsecuredJWT(claims()).encode()],
    [
      'unsigned, in other letters, with the key id',
      async () => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
        return `${part({ alg: 'nOnE', kid: issuer.key.jwk.kid })}.${part(claims())}.`
      },
    ],
    ['without its signature', async () => `${(await issuer.sign(claims())).replace(/[^.]*$/, '')}`],
    ['HMAC by the public key as JSON', () => hmac(JSON.stringify(issuer.key.jwk))],
    ['HMAC by the public key as its modulus', () => hmac(Buffer.from(issuer.key.jwk.n!, 'base64url'))],
    ['HMAC by a secret that the issuer publishes', () => hmac('known to all', { kid: 'shared' })],
    ['by a key of its own', () => own(() => ({}))],
    ['by a key that it brings along', () => own((jwk) => ({ jwk }))],
    ['by keys at an address that it names', () => own(() => ({ jku: `${stranger.issuer}/jwks` }))],
    ['by a certificate that it names', () => own(() => ({ x5u: `${stranger.issuer}/cert` }))],
    ['by a key id that is a path', () => own(() => ({}), { kid: '../../../../dev/null' })],
    ['by a key id that is SQL', () => own(() => ({}), { kid: "' OR 1=1 --" })],
    ['by a key id that is no text', () => issuer.sign(claims(), { kid: ['one'] as never })],
    ['without a key id', () => issuer.sign(claims(), { kid: undefined } as never)],
    [
      'with a header that must be understood',
      () => issuer.sign(claims(), { crit: ['x'], x: 1 } as never).catch(() => 'x.y.z'),
    ],
    ['a logout token', () => issuer.sign(claims(), { typ: 'logout+jwt' })],
    ['a proof of possession', () => issuer.sign(claims(), { typ: 'application/dpop+jwt' })],
    ['an access token', () => issuer.sign(claims(), { typ: 'at+jwt' })],
    ['no token', async () => 'x'],
    ['an encrypted one', async () => 'a.b.c.d.e'],
  ])('%s', async (_what, make) => expect(await exchange(id, await make())).toMatchObject(UNPROVEN))

  it('alike, whether account, organisation or issuer is wrong, and no stranger is asked for keys', async () => {
    const token = await stranger.sign(claims({ iss: stranger.issuer }))
    for (const client of [id, await account(), '0198c0de-0000-7000-8000-000000000001', 'x'])
      expect(await exchange(client, token)).toMatchObject(UNPROVEN)
    expect(stranger.keysFetched).toBe(0)
  })

  it('when it is issued for more than a day', async () => {
    const long = issuer.sign(claims({ iat: now() - 60, exp: now() + 86_400 }))
    expect(await exchange(id, await long)).toMatchObject(REFUSED(/longer|too long|expires sooner|as long as/i))
  })

  it('once a clock is off by more than a minute, and not before', async () => {
    for (const off of [{ exp: now() - 30, iat: now() - 300 }, { nbf: now() + 30 }, { iat: now() + 30 }])
      expect((await exchange(id, await issuer.sign(claims(off)))).status).toBe(200)
  })

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['another type of token', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, {}, 'invalid_request'],
    ['an access token', { subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' }, {}, 'invalid_request'],
    [
      'a refresh token back',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
      {},
      'invalid_request',
    ],
    ['somebody who acts for it', { actor_token: 'x', actor_token_type: JWT }, {}, 'invalid_request'],
    ['another service', { audience: 'https://other.example' }, {}, 'invalid_target'],
    ['another resource', { resource: 'https://other.example/api' }, {}, 'invalid_target'],
    ['a secret beside it', { client_secret: 'x' }, {}, 'invalid_request'],
    ['a client beside it', {}, { authorization: 'Basic eDp5' }, 'invalid_request'],
    ['nothing', { subject_token: '' }, {}, 'invalid_request'],
  ])('with %s', async (_what, part, headers, error) =>
    expect(await exchange(id, await issuer.sign(claims()), part, headers)).toMatchObject({
      status: 400,
      body: { error },
    }),
  )
})

describe('a token that is used again', () => {
  it('is taken once, also by two at once, with its id or without', async () => {
    const { id } = await trusting()
    for (const part of [{}, { jti: undefined }]) {
      const token = await issuer.sign(claims(part))
      const both = await Promise.all([exchange(id, token), exchange(id, token)])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
      expect(both.find(({ status }) => status === 400)).toMatchObject(REFUSED(/once|second time/i))
    }
  })

  it('is another token with the same id, or the same one signed anew', async () => {
    const { id } = await trusting()
    const said = claims({ jti: 'the same' })
    expect((await exchange(id, await issuer.sign(said))).status).toBe(200)
    expect((await exchange(id, await issuer.sign({ ...said, exp: said.exp + 1 }))).status).toBe(400)
  })

  it('is taken while it is valid where the trust says so', async () => {
    const { id } = await trusting({ single_use: false })
    const token = await issuer.sign(claims())
    for (const _ of [1, 2]) expect((await exchange(id, token)).status).toBe(200)
  })
})

describe('keys of the issuer', () => {
  let at = 0
  const later = async <T>(work: () => Promise<T>): Promise<T> => {
    // The cache's clock alone: tokens are held against another one.
    at = Math.max(at, Date.now()) + 31_000
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => at)
    return work().finally(() => clock.mockRestore())
  }

  it('count anew once they are rotated, and the one before no more', async () => {
    const { id } = await trusting({ single_use: false })
    const [said, before] = [claims(), issuer.key]
    expect((await exchange(id, await issuer.sign(said))).status).toBe(200)
    await issuer.rotate('two')
    const after = await issuer.sign(said)
    expect((await later(() => exchange(id, after))).status).toBe(200)
    const old = await issuer.sign(said, { kid: before.jwk.kid! }, before.privateKey as CryptoKey)
    expect(await exchange(id, old)).toMatchObject(UNPROVEN)
  })

  it('are fetched once in half a minute at most, whatever tokens come', async () => {
    const { id } = await trusting()
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, at) => issuer.sign(claims(), { kid: `g${at}` })))
    const fetched = issuer.keysFetched
    await later(async () => {
      for (const token of guesses) expect(await exchange(id, token)).toMatchObject(UNPROVEN)
    })
    expect(issuer.keysFetched - fetched).toBeLessThanOrEqual(1)
  })

  it('lead nowhere inside, and an issuer that is gone refuses', async () => {
    const hostile = await HostileProvider.start()
    // Not among the operator's private hosts.
    const { status, body } = await trust(await account(), { issuer: hostile.issuer })
    expect([status, (body['errors'] as { pointer: string }[])[0]?.pointer]).toEqual([400, '/issuer'])
    stranger.jwksUri = `${hostile.issuer}/jwks`
    const { id } = await trusting({ issuer: stranger.issuer })
    expect(await exchange(id, await stranger.sign(claims({ iss: stranger.issuer })))).toMatchObject(UNPROVEN)
    expect(hostile.keysFetched).toBe(0)
    stranger.jwksUri = undefined
    await hostile.stop()
  })
})

describe('a token that was given', () => {
  it('ends with the trust that it was given for, on every instance', async () => {
    const other = await service.beside()
    try {
      const { id, identity } = await trusting()
      const access = String((await exchange(id, await issuer.sign(claims()))).body['access_token'])
      expect((await whoami(access, other.url)).status).toBe(200)
      // As a secret or key it is not there.
      const credential = `/v1/service-accounts/${id}/credentials/${identity}`
      expect((await service.ask('acme_owner', 'DELETE', credential)).status).toBe(404)
      const path = `/v1/service-accounts/${id}/identities/${identity}`
      expect((await service.ask('acme_owner', 'DELETE', path)).status).toBe(200)
      expect((await whoami(access)).status).toBe(401)
      await untilRefused(() => whoami(access, other.url))
      expect((await whoami(access, other.url)).status).toBe(401)
      expect(await exchange(id, await issuer.sign(claims()))).toMatchObject(UNPROVEN)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('is given no more while whoever answers for the account is disabled', async () => {
    const { body: leaver } = await service.ask('acme_owner', 'POST', '/v1/people', {
      name: 'Leaver',
      roles: ['member'],
    })
    const { body } = await service.ask('acme_owner', 'POST', '/v1/service-accounts', {
      ...{ name: 'CI', roles: ['member'], owner_id: leaver['id'] },
    })
    const id = String(body['id'])
    await trust(id)
    const access = String((await exchange(id, await issuer.sign(claims()))).body['access_token'])
    await service.ask('acme_owner', 'PATCH', `/v1/people/${String(leaver['id'])}`, { version: 1, disabled: true })
    expect((await whoami(access)).status).toBe(401)
    expect(await exchange(id, await issuer.sign(claims()))).toMatchObject(UNPROVEN)
  })
})
