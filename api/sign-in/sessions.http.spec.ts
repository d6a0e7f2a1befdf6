import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { byCookie, signInWorld, untilRefused, type SignInWorld } from './testing/sign-in-world.js'

let world: SignInWorld
beforeAll(async () => {
  world = await signInWorld()
}, 120_000)
afterAll(() => world?.stop())

const TWO = { acr: 'two' }
const signedIn = async (subject = 'mia', part: object = {}): Promise<string> => {
  const { session } = await world.signIn(subject, part)
  if (session === undefined) throw new Error('nobody was signed in')
  return session
}

interface Asked {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}
const form = async (path: string, fields: Record<string, string> | string, cookie = ''): Promise<Asked> => {
  const response = await fetch(world.service.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie && { cookie: `__Host-gatehouse=${cookie}` }),
    },
    body: new URLSearchParams(fields).toString(),
  })
  const text = await response.text()
  const body = (text.startsWith('{') ? JSON.parse(text) : { page: text }) as Record<string, unknown>
  return { status: response.status, body, headers: response.headers }
}
const browser = async (
  method: string,
  path: string,
  { cookie, csrf, body }: { cookie: string; csrf?: string; body?: object },
) => {
  const response = await fetch(world.service.url + path, {
    method,
    redirect: 'manual',
    headers: {
      cookie: `__Host-gatehouse=${cookie}`,
      ...(csrf !== undefined && { 'x-csrf-token': csrf }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const parsed = (text.startsWith('{') ? JSON.parse(text) : { page: text }) as Record<string, unknown>
  return { status: response.status, body: parsed, headers: response.headers }
}
const csrfOf = async (cookie: string): Promise<string> =>
  String((await browser('GET', '/auth/session', { cookie })).body['csrf_token'])
const client_id = 'gatehouse-cli'
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

/** Signs a command in by a code that a browser's session lets in. */
const command = async (cookie: string) => {
  const { body: device } = await form('/oauth/device_authorization', { client_id })
  const csrf_token = await csrfOf(cookie)
  await form('/auth/device', { user_code: String(device['user_code']), csrf_token, verdict: 'approve' }, cookie)
  const { body } = await form('/oauth/token', {
    client_id,
    grant_type: DEVICE,
    device_code: String(device['device_code']),
  })
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) }
}
const byToken = async (token: string, url = world.service.url) => {
  const response = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  return { ...((await response.json()) as { code?: string; name?: string }), status: response.status }
}

describe('a browser’s session', () => {
  it('has another secret than whatever the browser came with', async () => {
    const [first, second] = [await signedIn(), await signedIn()]
    expect(first).not.toBe(second)
    expect(await byCookie(world.service.url, first)).toMatchObject({ status: 200 })
  })

  it('changes nothing without its token, nor with that of another', async () => {
    const cookie = await signedIn()
    const other = await csrfOf(await signedIn())
    for (const csrf of [undefined, '', 'guessed', other])
      expect(await browser('POST', '/auth/logout', { cookie, ...(csrf !== undefined && { csrf }) })).toMatchObject({
        status: 403,
        body: { code: 'auth.csrf' },
      })
    expect(await browser('POST', '/auth/logout', { cookie, csrf: await csrfOf(cookie) })).toMatchObject({ status: 200 })
    expect(await byCookie(world.service.url, cookie)).toMatchObject({ status: 401, code: 'auth.session_ended' })
  })

  it('is not taken from a header, nor a command’s token from a cookie', async () => {
    const cookie = await signedIn()
    expect(await byToken(cookie)).toMatchObject({ status: 401, code: 'auth.session_ended' })
    const { access } = await command(cookie)
    expect(await byToken(access)).toMatchObject({ status: 200 })
    expect(await byCookie(world.service.url, access)).toMatchObject({ status: 401 })
  })

  it('does not count where the cookie stands twice', async () => {
    const cookie = await signedIn()
    const response = await fetch(`${world.service.url}/v1/whoami`, {
      headers: { cookie: `__Host-gatehouse=${cookie}; __Host-gatehouse=${cookie}` },
    })
    expect(response.status).toBe(401)
  })

  it('is listed, and ended by its person alone', async () => {
    const [mine, ana] = [await signedIn(), await signedIn('ana', { email: 'owner@acme.example' })]
    const { body } = await browser('GET', '/v1/sessions', { cookie: mine })
    const current = (body['items'] as { id: string; current: boolean }[]).find((each) => each.current)!
    const csrf = await csrfOf(ana)
    expect(await browser('DELETE', `/v1/sessions/${current.id}`, { cookie: ana, csrf })).toMatchObject({ status: 404 })
    expect(
      await browser('DELETE', `/v1/sessions/${current.id}`, { cookie: mine, csrf: await csrfOf(mine) }),
    ).toMatchObject({ status: 200 })
    expect(await byCookie(world.service.url, mine)).toMatchObject({ status: 401 })
  })

  it('ends on every instance within a second once it is revoked', async () => {
    const other = await world.service.beside()
    try {
      const cookie = await signedIn()
      const { body } = await browser('GET', '/v1/whoami', { cookie })
      expect(await byCookie(other.url, cookie)).toMatchObject({ status: 200 })
      const path = `/v1/people/${String(body['id'])}/sessions`
      expect((await world.service.ask('acme_member', 'DELETE', path)).status).toBe(200)
      expect(await byCookie(world.service.url, cookie)).toMatchObject({ status: 401 })
      await untilRefused(() => byCookie(other.url, cookie))
      expect(await byCookie(other.url, cookie)).toMatchObject({ status: 401, code: 'auth.session_ended' })
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('is revoked by nobody who may do less than its person', async () => {
    const ana = await signedIn('ana', { email: 'owner@acme.example' })
    const { body } = await browser('GET', '/v1/whoami', { cookie: ana })
    const path = `/v1/people/${String(body['id'])}/sessions`
    const { status, body: refusal } = await world.service.ask('acme_admin', 'DELETE', path)
    expect([status, (refusal['reasons'] as { id: string }[])[0]?.id]).toEqual([403, 'admin.role_beyond_own'])
  })
})

describe('a step-up', () => {
  const engage = (cookie: string, csrf: string, target: string) =>
    browser('POST', '/v1/kills', { cookie, csrf, body: { scope: 'tenant', target, reason: 'a drill' } })

  it('is demanded of an old sign-in and of one factor, and not once a second one was given', async () => {
    const owner = { email: 'owner@acme.example' }
    const hourAgo = Math.floor(Date.now() / 1000) - 3600
    for (const [part, status] of [
      [{}, 401],
      [{ ...TWO, auth_time: hourAgo }, 401],
      [{ ...TWO, auth_time: undefined }, 401],
      [{ amr: ['pwd', 'otp'] }, 201],
      [TWO, 201],
    ] as const) {
      const cookie = await signedIn('ana', { ...owner, ...part })
      const { body } = await browser('GET', '/v1/whoami', { cookie })
      const answer = await engage(cookie, await csrfOf(cookie), (body['tenant'] as { id: string }).id)
      expect([part, answer.status]).toEqual([part, status])
      if (status === 401) {
        expect(answer.body['code']).toBe('auth.step_up_required')
        expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_user_authentication"')
      }
    }
  })

  it('raises the session of the same person alone, and ends the one before', async () => {
    const cookie = await signedIn('ana', { email: 'owner@acme.example' })
    const login = async () => {
      const response = await fetch(`${world.service.url}/auth/login?step_up=1`, {
        redirect: 'manual',
        headers: { cookie: `__Host-gatehouse=${cookie}` },
      })
      const { searchParams } = new URL(response.headers.get('location')!)
      expect([searchParams.get('max_age'), searchParams.get('prompt'), searchParams.get('acr_values')]).toEqual([
        '0',
        'login',
        'two',
      ])
      const begun = /__Host-gatehouse-sign-in=([^;]+)/.exec(response.headers.get('set-cookie')!)![1]!
      return { state: searchParams.get('state')!, nonce: searchParams.get('nonce')!, cookie: begun }
    }
    const attempt = await login()
    world.provider.idToken = await world.provider.sign(world.claims(attempt, { sub: 'mia' }))
    expect(await world.end(attempt)).toMatchObject({ status: 400, code: 'sign_in.failed' })
    const again = await login()
    world.provider.idToken = await world.provider.sign(world.claims(again, { sub: 'ana', ...TWO }))
    const { session } = await world.end(again)
    expect(await byCookie(world.service.url, session!)).toMatchObject({ status: 200 })
    expect(await byCookie(world.service.url, cookie)).toMatchObject({ status: 401 })
  })
})

describe('a command', () => {
  it('waits for a person, and is told to ask less often where it asks too often', async () => {
    const { body } = await form('/oauth/device_authorization', { client_id })
    const ask = () => form('/oauth/token', { client_id, grant_type: DEVICE, device_code: String(body['device_code']) })
    expect((await ask()).body['error']).toBe('authorization_pending')
    expect((await ask()).body['error']).toBe('slow_down')
  })

  it('is refused by the person, once and for all', async () => {
    const cookie = await signedIn()
    const { body } = await form('/oauth/device_authorization', { client_id })
    const fields = { user_code: String(body['user_code']), csrf_token: await csrfOf(cookie), verdict: 'deny' }
    await form('/auth/device', fields, cookie)
    const asked = await form('/oauth/token', {
      client_id,
      grant_type: DEVICE,
      device_code: String(body['device_code']),
    })
    expect(asked.body['error']).toBe('access_denied')
  })

  it('is not let in by a forged form', async () => {
    const cookie = await signedIn()
    const { body } = await form('/oauth/device_authorization', { client_id })
    const fields = { user_code: String(body['user_code']), csrf_token: 'forged', verdict: 'approve' }
    expect((await form('/auth/device', fields, cookie)).body['code']).toBe('auth.csrf')
  })

  it('whose code is guessed costs the guesser the session', async () => {
    const cookie = await signedIn()
    for (let tried = 0; tried < 10; tried++)
      await browser('GET', `/auth/device?user_code=BCDF-${String.fromCharCode(66 + tried)}GHJ`, { cookie })
    await untilRefused(() => byCookie(world.service.url, cookie))
    expect(await byCookie(world.service.url, cookie)).toMatchObject({ status: 401 })
  })

  it('exchanges a code once, with the verifier and address that it was asked for with', async () => {
    const cookie = await signedIn()
    const verifier = 'v'.repeat(43)
    const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url')
    const redirect_uri = 'http://127.0.0.1:7777/callback'
    const code = async () => {
      const query = new URLSearchParams({
        ...{ response_type: 'code', client_id, redirect_uri, code_challenge: challenge, code_challenge_method: 'S256' },
        state: 'a-state-of-its-own',
      })
      const asked = await browser('GET', `/oauth/authorize?${query.toString()}`, { cookie })
      expect([asked.status, asked.headers.get('location')]).toEqual([200, null])
      const fields = { ...Object.fromEntries(query), csrf_token: await csrfOf(cookie), verdict: 'approve' }
      expect((await form('/oauth/authorize', { ...fields, csrf_token: 'forged' }, cookie)).status).toBe(403)
      const { headers } = await form('/oauth/authorize', fields, cookie)
      return new URL(headers.get('location')!).searchParams.get('code')!
    }
    const exchange = (fields: object) =>
      form('/oauth/token', {
        client_id,
        grant_type: 'authorization_code',
        redirect_uri,
        code_verifier: verifier,
        ...fields,
      } as never)
    expect((await exchange({ code: await code(), code_verifier: 'w'.repeat(43) })).body['error']).toBe('invalid_grant')
    const elsewhere = { redirect_uri: 'http://127.0.0.1:8888/callback' }
    expect((await exchange({ code: await code(), ...elsewhere })).body['error']).toBe('invalid_grant')
    const good = await code()
    expect((await exchange({ code: good })).body).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    expect((await exchange({ code: good })).body['error']).toBe('invalid_grant')
  })

  it.each([
    'https://evil.example/callback',
    'http://127.0.0.1.evil.example:1/callback',
    'http://localhost:1/callback',
    'http://127.0.0.1:1/other',
    'http://127.0.0.1:1/callback#x',
  ])('is sent nowhere else: %s', async (redirect_uri) => {
    const query = new URLSearchParams({
      ...{
        response_type: 'code',
        client_id,
        redirect_uri,
        code_challenge: 'c'.repeat(43),
        code_challenge_method: 'S256',
      },
      state: 'a-state-of-its-own',
    })
    const { status } = await browser('GET', `/oauth/authorize?${query.toString()}`, { cookie: await signedIn() })
    expect(status).toBe(400)
  })

  it('spends a refresh token once; a second use ends the session for both', async () => {
    const { access, refresh } = await command(await signedIn())
    const spend = (token: string) =>
      form('/oauth/token', { client_id, grant_type: 'refresh_token', refresh_token: token })
    const { body } = await spend(refresh)
    expect(await byToken(access)).toMatchObject({ status: 401 })
    expect(await byToken(String(body['access_token']))).toMatchObject({ status: 200 })
    expect((await spend(refresh)).body['error']).toBe('invalid_grant')
    expect(await byToken(String(body['access_token']))).toMatchObject({ status: 401 })
    expect((await spend(String(body['refresh_token']))).body['error']).toBe('invalid_grant')
  })

  it('signs out, and a token of nobody is answered alike', async () => {
    const { access, refresh } = await command(await signedIn())
    const answers = [
      await form('/oauth/revoke', { client_id, token: 'of-nobody' }),
      await form('/oauth/revoke', { client_id, token: refresh }),
    ]
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, {}],
      [200, {}],
    ])
    expect(await byToken(access)).toMatchObject({ status: 401 })
  })

  it.each<[string, string]>([
    ['', 'invalid_request'],
    ['client_id=other&grant_type=refresh_token&refresh_token=x', 'invalid_request'],
    ['client_id=gatehouse-cli&grant_type=password&username=a&password=b', 'invalid_request'],
    ['client_id=gatehouse-cli&client_id=gatehouse-cli&grant_type=refresh_token&refresh_token=x', 'invalid_request'],
    ['client_id=gatehouse-cli&grant_type=refresh_token&refresh_token=x', 'invalid_grant'],
  ])('that asks wrongly is told so in OAuth’s words: %s', async (fields, error) =>
    expect(await form('/oauth/token', fields)).toMatchObject({ status: 400, body: { error } }),
  )
})

describe('a form', () => {
  it.each(['/oauth/token', '/oauth/device_authorization', '/oauth/revoke', '/oauth/authorize', '/auth/device'])(
    'that is JSON is refused as such: %s',
    async (path) => {
      const response = await fetch(world.service.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id }),
      })
      expect(response.status).toBe(400)
    },
  )
})

describe('a logout token', () => {
  const EVENT = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  const now = () => Math.floor(Date.now() / 1000)
  let counter = 0
  const claims = (part: object = {}) => ({
    ...{
      iss: world.provider.issuer,
      aud: 'gatehouse',
      iat: now(),
      exp: now() + 120,
      jti: `jti-${counter++}`,
      events: EVENT,
    },
    sub: 'mia',
    ...part,
  })
  const send = (logout_token: string, id = world.providerId) => form(`/auth/backchannel-logout/${id}`, { logout_token })

  it('ends the sessions that it names, and is taken once', async () => {
    const [one, other] = [await signedIn('mia', { sid: 'one' }), await signedIn('mia', { sid: 'other' })]
    const token = await world.provider.sign(claims({ sid: 'one' }), { typ: 'logout+jwt' })
    expect(await send(token)).toMatchObject({ status: 200, body: { ended: 1 } })
    expect(await byCookie(world.service.url, one)).toMatchObject({ status: 401 })
    expect(await byCookie(world.service.url, other)).toMatchObject({ status: 200 })
    expect(await send(token)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await send(await world.provider.sign(claims()))).toMatchObject({ status: 200 })
    expect(await byCookie(world.service.url, other)).toMatchObject({ status: 401 })
  })

  it.each<[string, () => Promise<string> | string]>([
    [
      'unsigned',
      () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`,
    ],
    [
      'HMAC with the public key',
      () => world.provider.sign(claims(), { alg: 'HS256' }, Buffer.from(JSON.stringify(world.provider.key.jwk))),
    ],
    ['an ID token', () => world.provider.sign(claims({ nonce: 'n' }))],
    ['no logout event', () => world.provider.sign(claims({ events: {} }))],
    ['about nobody', () => world.provider.sign(claims({ sub: undefined }))],
    ['of another issuer', () => world.provider.sign(claims({ iss: 'https://other.example' }))],
    ['for another client', () => world.provider.sign(claims({ aud: 'other' }))],
    ['old', () => world.provider.sign(claims({ iat: now() - 3600, exp: now() + 60 }))],
    ['without an id', () => world.provider.sign(claims({ jti: undefined }))],
    ['an access token', () => world.provider.sign(claims(), { typ: 'at+jwt' })],
    ['no token', () => 'x.y.z'],
  ])('that is %s ends nothing', async (_what, make) => {
    const cookie = await signedIn()
    expect(await send(await make())).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await byCookie(world.service.url, cookie)).toMatchObject({ status: 200 })
  })

  it('for a provider of nobody ends nothing', async () => {
    const token = await world.provider.sign(claims())
    expect(await send(token, '0198c0de-0000-7000-8000-000000000001')).toMatchObject({ status: 400 })
  })
})
