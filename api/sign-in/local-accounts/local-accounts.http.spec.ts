import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { Secret, TOTP } from 'otpauth'
import { Client } from 'pg'
import { testService, type TestService } from '../../testing/test-service.js'
import { setSignIn } from '../testing/sign-in-setting.js'
import { TestBrowser, tokenIn, type Came } from '../testing/browser-of.js'
import { SoftPasskey } from '../testing/soft-passkey.js'
import { PasswordHasher } from './argon2.js'

const ORIGIN = 'https://gatehouse.example'
const PASSWORD = 'tulip anchors in seven boats'
const OTHER = 'a ladder of quiet violins'
const checks = jest.spyOn(PasswordHasher.prototype, 'matches')

let service: TestService
let addresses = 0
/** Each from an address of its own, unless said otherwise. */
const browser = (address = `198.51.${(addresses += 1) >> 8}.${addresses & 255}`) =>
  new TestBrowser(service.url, address)

const settings = async (as: string, sign_in: string) => expect(await setSignIn(service, as, sign_in)).toBe(200)

beforeAll(async () => {
  service = await testService({
    settings: { GATEHOUSE_PUBLIC_URL: ORIGIN, GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1' },
  })
  await settings('globex_owner', 'local_allowed')
}, 120_000)
afterAll(() => service?.stop())

interface Someone {
  readonly id: string
  readonly email: string
  readonly secret: string
  readonly codes: readonly string[]
  readonly browser: TestBrowser
}
const codeOf = (secret: string, at = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' }).generate({ timestamp: at })
/** As if nobody had shown a code yet: specs need more than one in half a minute. */
const forgetSteps = async (id: string) => {
  const owner = new Client({ connectionString: service.ownerUrl })
  await owner.connect()
  await owner.query('DELETE FROM totp_use WHERE principal_id = $1', [id])
  await owner.end()
}
/** As if whoever waits now had guessed on: no spec is faster or slower than its wait. */
const waitOn = async () => {
  const owner = new Client({ connectionString: service.ownerUrl })
  await owner.connect()
  await owner.query("UPDATE failed_attempt SET wait_until = now() + interval '1 minute' WHERE wait_until > now()")
  await owner.end()
}
/** Tries until it has to wait; how many were let through. */
const untilWait = async (tries: () => Promise<Came>): Promise<number> => {
  for (let through = 0; through < 200; through++) {
    const { status, code, retryAfter } = await tries()
    if (status !== 429) continue
    expect([code, Number(retryAfter) > 0]).toEqual(['sign_in.too_many', true])
    await waitOn()
    return through
  }
  throw new Error('it never has to wait')
}
const person = async (as = 'globex_owner', roles = ['member']) => {
  const email = `${randomUUID()}@globex.example`
  const { body } = await service.ask(as, 'POST', '/v1/people', { name: 'Noor', roles, email })
  return { id: String(body['id']), email }
}
const tokenFor = async (id: string, part: object = {}, as = 'globex_owner'): Promise<string> => {
  const { status, body } = await service.ask(as, 'POST', `/v1/people/${id}/password-reset`, part)
  expect([status, body]).toEqual([201, expect.objectContaining({ delivery: 'shown' })])
  return new URL(String(body['page'])).searchParams.get('token')!
}
const choose = (token: string, password = PASSWORD, by = browser()) =>
  by.through('/auth/set-password', '/auth/set-password', { token, password })
const knock = (by: TestBrowser, email: string, password = PASSWORD, part: Record<string, string> = {}) =>
  by.through('/auth/password', '/auth/password', { tenant: 'globex', email, password, ...part })
const answer = (by: TestBrowser, halfway: Came, code: string) =>
  by.form('/auth/second-factor', { csrf_token: tokenIn(halfway.text), code })
const secretIn = ({ text }: Came): string => /[?&;]secret=([A-Z2-7]+)/.exec(text)?.[1] ?? ''
const whoami = async (by: TestBrowser) => {
  const came = await by.get('/v1/whoami')
  return { ...came, ...(JSON.parse(came.text) as { id?: string }) }
}

/** Somebody with a password and an authenticator app, signed in. */
const enrolled = async (roles = ['member']): Promise<Someone> => {
  const { id, email } = await person('globex_owner', roles)
  expect((await choose(await tokenFor(id))).status).toBe(200)
  const by = browser()
  const halfway = await knock(by, email)
  const secret = secretIn(halfway)
  const done = await answer(by, halfway, codeOf(secret))
  const codes = [...done.text.matchAll(/<li><code>([^<]+)</g)].map(([, code]) => code!)
  expect([done.status, codes.length]).toEqual([200, 10])
  await forgetSteps(id)
  return { id, email, secret, codes, browser: by }
}
const signIn = async ({ id, email, secret }: Someone, by = browser(), part: Record<string, string> = {}) => {
  const came = await answer(by, await knock(by, email, PASSWORD, part), codeOf(secret))
  await forgetSteps(id)
  return came
}
const csrfOf = async (by: TestBrowser): Promise<string> =>
  (JSON.parse((await by.get('/auth/session')).text) as { csrf_token: string }).csrf_token

describe('a sign-in by password', () => {
  it('takes a second factor, which is enrolled the first time, and no session before it', async () => {
    const { id, email } = await person()
    await choose(await tokenFor(id))
    const by = browser()
    const halfway = await knock(by, email)
    expect([halfway.status, by.session]).toEqual([200, undefined])
    expect(await answer(by, halfway, '000000')).toMatchObject({ status: 401 })
    expect(by.session).toBe(undefined)
    expect(await answer(by, halfway, codeOf(secretIn(halfway)))).toMatchObject({ status: 200 })
    expect(await whoami(by)).toMatchObject({ status: 200, id })
  })

  it('says the same of a wrong password, of who has none, and of nobody, and checks as much', async () => {
    const someone = await enrolled()
    const { email: without } = await person()
    const came: Came[] = []
    checks.mockClear()
    for (const email of [someone.email, without, `${randomUUID()}@globex.example`]) {
      const { text, ...rest } = await knock(browser(), email, OTHER)
      came.push({ ...rest, text: text.replaceAll(tokenIn(text), '') })
    }
    expect(came[0]).toMatchObject({ status: 401, text: expect.stringContaining('Address or password is wrong') })
    expect([came[1], came[2]]).toEqual([came[0], came[0]])
    expect(checks).toHaveBeenCalledTimes(3)
  })

  it('begins another session each time, whatever the browser came with, and remembers the factors', async () => {
    const someone = await enrolled()
    const fixed = browser()
    fixed.cookies.set('__Host-gatehouse', `ghs_abcdefgh_${'A'.repeat(43)}`)
    expect(await signIn(someone, fixed)).toMatchObject({ status: 303, location: '/auth/account' })
    expect(fixed.session).not.toContain('abcdefgh')
    const first = fixed.session
    await signIn(someone, fixed)
    expect(fixed.session).not.toBe(first)
    const { session } = JSON.parse((await fixed.get('/auth/session')).text) as { session: Record<string, unknown> }
    expect(session).toMatchObject({ provider_id: null, second_factor: true, acr: 'urn:gatehouse:acr:password+otp' })
  })

  it('is not begun by a form from elsewhere, nor ended in another browser', async () => {
    const { email, secret } = await enrolled()
    const fields = { tenant: 'globex', email, password: PASSWORD }
    expect(await browser().form('/auth/password', fields)).toMatchObject({ status: 403, code: 'auth.csrf' })
    const [mine, theirs] = [browser(), browser()]
    const token = tokenIn((await theirs.get('/auth/password')).text)
    await mine.get('/auth/password')
    expect(await mine.form('/auth/password', { ...fields, csrf_token: token })).toMatchObject({ code: 'auth.csrf' })
    const halfway = await knock(mine, email)
    expect(await answer(theirs, halfway, codeOf(secret))).toMatchObject({ status: 403, code: 'auth.csrf' })
  })

  it('leads to this service alone', async () => {
    const { email } = await enrolled()
    for (const return_to of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect(await knock(browser(), email, PASSWORD, { return_to })).toMatchObject({
        status: 400,
        code: 'request.invalid',
      })
  })

  it('raises the session of the same person alone', async () => {
    const [mine, other] = [await enrolled(), await enrolled()]
    const before = mine.browser.session
    const { location } = await mine.browser.get('/auth/login?step_up=1')
    expect(location).toMatch(/^\/auth\/password\?.*step_up=1/)
    expect(await signIn(other, mine.browser, { step_up: '1' })).toMatchObject({ status: 400, code: 'sign_in.failed' })
    expect(await signIn(mine, mine.browser, { step_up: '1' })).toMatchObject({ status: 303 })
    mine.browser.cookies.set('__Host-gatehouse', before!)
    expect(await whoami(mine.browser)).toMatchObject({ status: 401 })
  })
})

describe('a code', () => {
  it('of an authenticator app is taken once, also where its neighbour comes first', async () => {
    const { email, secret } = await enrolled()
    const now = Date.now()
    const code = codeOf(secret, now)
    const first = browser()
    expect(await answer(first, await knock(first, email), code)).toMatchObject({ status: 303 })
    for (const again of [code, codeOf(secret, now - 30_000)]) {
      const by = browser()
      expect(await answer(by, await knock(by, email), again)).toMatchObject({ status: 401 })
      expect(by.session).toBe(undefined)
    }
  })

  it('of recovery counts once, and only for whose it is', async () => {
    const [mine, other] = [await enrolled(), await enrolled()]
    const by = browser()
    expect(await answer(by, await knock(by, mine.email), other.codes[0]!)).toMatchObject({ status: 401 })
    expect(await answer(by, await knock(by, mine.email), mine.codes[0]!.toUpperCase())).toMatchObject({ status: 303 })
    const again = browser()
    expect(await answer(again, await knock(again, mine.email), mine.codes[0]!)).toMatchObject({ status: 401 })
    const { text } = await by.get('/v1/account/credentials')
    expect(JSON.parse(text)).toMatchObject({ recovery_codes_left: 9, totp: true, password: true })
  })

  it('is guessed five times, and then the password has to be given again; after that it waits', async () => {
    const { email, secret } = await enrolled()
    const by = browser()
    const halfway = await knock(by, email)
    for (let tried = 0; tried < 4; tried++) expect(await answer(by, halfway, '000000')).toMatchObject({ status: 401 })
    for (const code of ['000000', codeOf(secret)])
      expect(await answer(by, halfway, code)).toMatchObject({ status: 400, code: 'sign_in.failed' })
    const elsewhere = browser()
    await untilWait(async () => answer(elsewhere, await knock(elsewhere, email), '000000'))
    const again = await knock(elsewhere, email)
    expect(await answer(elsewhere, again, codeOf(secret))).toMatchObject({ status: 429 })
  })

  it('enrols nothing over a second factor that came meanwhile', async () => {
    const { id, email } = await person()
    await choose(await tokenFor(id))
    const [mine, theirs] = [browser(), browser()]
    const [first, second] = [await knock(mine, email), await knock(theirs, email)]
    expect(await answer(mine, first, codeOf(secretIn(first)))).toMatchObject({ status: 200 })
    await forgetSteps(id)
    const late = await answer(theirs, second, codeOf(secretIn(second)))
    expect([late.status, theirs.session]).toEqual([400, undefined])
  })
})

describe('guessing passwords', () => {
  it('of one account waits, from wherever it comes, but not in a browser that signed in before', async () => {
    const someone = await enrolled()
    await untilWait(() => knock(browser(), someone.email, OTHER))
    expect(await knock(browser(), someone.email)).toMatchObject({ status: 429, code: 'sign_in.too_many' })
    expect(await signIn(someone, someone.browser)).toMatchObject({ status: 303 })
  })

  it('waits for nobody’s account too', async () => {
    const [someone, nobody] = [await enrolled(), `${randomUUID()}@globex.example`]
    const allowed = [
      await untilWait(() => knock(browser(), someone.email, OTHER)),
      await untilWait(() => knock(browser(), nobody, OTHER)),
    ]
    for (const each of allowed) expect(each).toBeGreaterThanOrEqual(6)
  })

  it('of many accounts from one address waits', async () => {
    const by = browser()
    const token = `ghi_abcdefgh_${'A'.repeat(43)}`
    expect(await untilWait(() => by.json('POST', '/v1/invitations/accept', { token }))).toBeGreaterThanOrEqual(100)
    const { email } = await person()
    expect(await knock(by, email)).toMatchObject({ status: 429 })
    const refresh = { grant_type: 'refresh_token', client_id: 'gatehouse-cli', refresh_token: 'x' }
    expect(await by.form('/oauth/token', refresh)).toMatchObject({ status: 429, code: 'sign_in.too_many' })
    expect(await knock(browser(), email)).toMatchObject({ status: 401 })
  })

  it('of a client waits for that client from there alone; beginning sign-ins waits too', async () => {
    const ask = (by: TestBrowser, client_id: string) =>
      by.form('/oauth/token', {
        grant_type: 'client_credentials',
        client_id,
        client_secret: `ghc_abcdefgh_${'A'.repeat(43)}`,
      })
    const [here, client] = [browser(), randomUUID()]
    await untilWait(() => ask(here, client))
    expect([(await ask(here, randomUUID())).status, (await ask(browser(), client)).status]).toEqual([401, 401])
    const begins = browser()
    expect(await untilWait(() => begins.get('/auth/login'))).toBeGreaterThanOrEqual(120)
  })
})

describe('an organisation that signs in by its provider alone', () => {
  it('refuses the right password, and says the same of a wrong one', async () => {
    const someone = await enrolled()
    await settings('globex_owner', 'sso_only')
    try {
      for (const password of [PASSWORD, OTHER])
        expect(await knock(browser(), someone.email, password)).toMatchObject({
          ...{ status: 403, code: 'policy.denied', reasons: ['admin.passwords_refused_under_sso'] },
        })
    } finally {
      await settings('globex_owner', 'local_allowed')
    }
    expect(await signIn(someone)).toMatchObject({ status: 303 })
  })

  it('refuses a second factor after a right password, and ends the sessions that there are', async () => {
    const someone = await enrolled()
    const by = browser()
    const halfway = await knock(by, someone.email)
    expect(await whoami(someone.browser)).toMatchObject({ status: 200 })
    await settings('globex_owner', 'sso_only')
    try {
      expect(await whoami(someone.browser)).toMatchObject({ status: 401 })
      expect(await answer(by, halfway, codeOf(someone.secret))).toMatchObject({
        ...{ status: 403, reasons: ['admin.passwords_refused_under_sso'] },
      })
    } finally {
      await settings('globex_owner', 'local_allowed')
    }
  })

  it('lets nobody choose a password, and is what an organisation is until it says otherwise', async () => {
    const { body } = await service.ask('acme_owner', 'GET', '/v1/people?limit=200')
    const one = (body['items'] as { id: string; kind: string; email: string }[]).find(({ kind }) => kind === 'user')
    expect(await service.ask('acme_owner', 'POST', `/v1/people/${one!.id}/password-reset`, {})).toMatchObject({
      ...{ status: 403, body: { reasons: [{ id: 'admin.passwords_refused_under_sso' }] } },
    })
    expect(await knock(browser(), one!.email, PASSWORD, { tenant: 'acme' })).toMatchObject({
      reasons: ['admin.passwords_refused_under_sso'],
    })
  })
})

describe('choosing a password', () => {
  it('takes a token once, and none that anybody would try', async () => {
    const { id, email } = await person()
    const token = await tokenFor(id)
    for (const weak of ['short', 'password1234', email.slice(0, 12)])
      expect(await choose(token, weak)).toMatchObject({ status: 400 })
    expect(await choose(token)).toMatchObject({ status: 200 })
    expect(await choose(token, OTHER)).toMatchObject({ status: 403, reasons: ['admin.account_unproven'] })
    expect(await choose(`ghw_abcdefgh_${'A'.repeat(43)}`)).toMatchObject({ status: 400 })
    expect(await knock(browser(), email)).toMatchObject({ status: 200 })
  })

  it('ends the token before it, and the sessions of the person', async () => {
    const someone = await enrolled()
    const [old, token] = [await tokenFor(someone.id), await tokenFor(someone.id)]
    expect(await choose(old, OTHER)).toMatchObject({ status: 403 })
    expect(await choose(token, OTHER)).toMatchObject({ status: 200 })
    expect(await whoami(someone.browser)).toMatchObject({ status: 401 })
    expect(await knock(browser(), someone.email)).toMatchObject({ status: 401 })
    // The second factor stays: a token by mail alone takes over no account.
    expect(secretIn(await knock(browser(), someone.email, OTHER))).toBe('')
  })

  it('ends sign-ins that are under way by the password before it', async () => {
    const { id, email } = await person()
    await choose(await tokenFor(id))
    const by = browser()
    const halfway = await knock(by, email)
    await choose(await tokenFor(id), OTHER)
    expect(await answer(by, halfway, codeOf(secretIn(halfway)))).toMatchObject({ status: 400, code: 'sign_in.failed' })
  })

  it('leaves the second factors, unless an administrator takes them away too', async () => {
    const someone = await enrolled()
    const token = await tokenFor(someone.id, { clear_second_factors: true })
    expect(await whoami(someone.browser)).toMatchObject({ status: 401 })
    expect(await choose(token, OTHER)).toMatchObject({ status: 200 })
    const by = browser()
    const halfway = await knock(by, someone.email, OTHER)
    expect(await answer(by, halfway, someone.codes[0]!)).toMatchObject({ status: 401 })
    expect(await answer(by, halfway, codeOf(secretIn(halfway)))).toMatchObject({ status: 200 })
  })

  it('joins by an invitation, also where the organisation has a provider', async () => {
    const email = `${randomUUID()}@partner.example`
    const { body } = await service.ask('globex_owner', 'POST', '/v1/invitations', { email, roles: ['member'] })
    expect(await choose(String(body['token']))).toMatchObject({ status: 200 })
    expect(await choose(String(body['token']))).toMatchObject({ status: 403, reasons: ['admin.invitation_closed'] })
    expect(secretIn(await knock(browser(), email))).not.toBe('')
  })

  it('is given to nobody who may do more, nor across organisations', async () => {
    const { body: me } = await service.ask('globex_owner', 'GET', '/v1/whoami')
    const { id } = await person('globex_owner', ['admin'])
    const { body: key } = await service.ask('globex_owner', 'POST', '/v1/keys', { principal_id: id, name: 'k' })
    const response = await fetch(`${service.url}/v1/people/${String(me['id'])}/password-reset`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(key['secret'])}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('admin.role_beyond_own')])
    expect(await service.ask('acme_owner', 'POST', `/v1/people/${id}/password-reset`, {})).toMatchObject({
      status: 404,
    })
  })
})

describe('a passkey', () => {
  const rp = { origin: ORIGIN, rpId: 'gatehouse.example' }
  const add = async (by: TestBrowser, passkey: SoftPasskey, part: object = {}) => {
    const csrf = await csrfOf(by)
    const options = await by.json('POST', '/v1/account/passkeys/options', undefined, csrf)
    const { challenge } = JSON.parse(options.text) as { challenge: string }
    return by.json(
      'POST',
      '/v1/account/passkeys',
      { name: 'Key', response: passkey.register({ challenge, ...rp, ...part }) },
      csrf,
    )
  }
  const enter = async (by: TestBrowser, passkey: SoftPasskey, part: object = {}) => {
    const { text } = await by.json('POST', '/auth/passkey/challenge', {})
    const { challenge } = JSON.parse(text) as { challenge: string }
    return by.json('POST', '/auth/passkey', { response: passkey.sign({ challenge, ...rp, ...part }) })
  }
  const owned = async () => {
    const someone = await enrolled()
    const passkey = new SoftPasskey(someone.id)
    expect(await add(someone.browser, passkey)).toMatchObject({ status: 201 })
    return { someone, passkey }
  }

  it('signs in alone, as two factors, and is asked for nothing else', async () => {
    const { someone, passkey } = await owned()
    const by = browser()
    expect(await enter(by, passkey, { counter: 1 })).toMatchObject({
      status: 200,
      text: '{"location":"/auth/account"}',
    })
    expect(await whoami(by)).toMatchObject({ id: someone.id })
    const { session } = JSON.parse((await by.get('/auth/session')).text) as { session: Record<string, unknown> }
    expect(session).toMatchObject({ second_factor: true, acr: 'urn:gatehouse:acr:passkey' })
  })

  it.each<[string, object]>([
    ['of another origin', { origin: 'https://gatehouse.evil.example' }],
    ['of a port beside it', { origin: `${ORIGIN}:8443` }],
    ['made for another name', { rpId: 'evil.example' }],
    ['for another challenge', { challenge: 'AAAA' }],
    ['without its user verified', { verified: false }],
  ])('is refused %s, when it signs and when it is made', async (_what, part) => {
    const { someone, passkey } = await owned()
    const by = browser()
    expect(await enter(by, passkey, part)).toMatchObject({ status: 400, code: 'sign_in.failed' })
    expect(by.session).toBe(undefined)
    expect(await add(someone.browser, new SoftPasskey(), part)).toMatchObject({ status: 400, code: 'request.invalid' })
  })

  it('is refused of nobody, of somebody else’s handle, replayed, and where its counter goes back', async () => {
    const { passkey } = await owned()
    expect(await enter(browser(), new SoftPasskey())).toMatchObject({ status: 400 })
    const by = browser()
    const { text } = await by.json('POST', '/auth/passkey/challenge', {})
    const { challenge } = JSON.parse(text) as { challenge: string }
    const kept = new Map(by.cookies)
    const response = passkey.sign({ challenge, ...rp, counter: 7 })
    expect(await by.json('POST', '/auth/passkey', { response })).toMatchObject({ status: 200 })
    for (const [name, value] of kept) by.cookies.set(name, value)
    expect(await by.json('POST', '/auth/passkey', { response })).toMatchObject({ status: 400 })
    expect(await enter(browser(), passkey, { counter: 7 })).toMatchObject({ status: 400 })
    expect(await enter(browser(), passkey, { counter: 8 })).toMatchObject({ status: 200 })
  })

  it('counts only where its organisation allows it', async () => {
    const { passkey } = await owned()
    await settings('globex_owner', 'sso_only')
    try {
      expect(await enter(browser(), passkey)).toMatchObject({
        status: 403,
        reasons: ['admin.passwords_refused_under_sso'],
      })
    } finally {
      await settings('globex_owner', 'local_allowed')
    }
  })

  it('is let go by its person alone', async () => {
    const { someone, passkey } = await owned()
    const other = await enrolled()
    const { passkeys } = JSON.parse((await someone.browser.get('/v1/account/credentials')).text) as {
      passkeys: { id: string }[]
    }
    const path = `/v1/account/passkeys/${passkeys[0]!.id}`
    expect(await other.browser.json('DELETE', path, undefined, await csrfOf(other.browser))).toMatchObject({
      status: 404,
    })
    expect(await someone.browser.json('DELETE', path, undefined, await csrfOf(someone.browser))).toMatchObject({
      status: 200,
    })
    expect(await enter(browser(), passkey)).toMatchObject({ status: 400 })
  })
})

describe('what somebody signs in by', () => {
  it('is changed signed in and proven lately, with the token of the page, and by no key', async () => {
    const someone = await enrolled()
    const by = someone.browser
    expect(await by.json('POST', '/v1/account/recovery-codes', undefined)).toMatchObject({
      status: 403,
      code: 'auth.csrf',
    })
    const { text } = await by.json('POST', '/v1/account/recovery-codes', undefined, await csrfOf(by))
    expect((JSON.parse(text) as { codes: string[] }).codes).toHaveLength(10)
    const stale = browser()
    expect(await answer(stale, await knock(stale, someone.email), someone.codes[0]!)).toMatchObject({ status: 401 })
    expect(await service.ask('globex_owner', 'POST', '/v1/account/recovery-codes')).toMatchObject({
      ...{ status: 403, body: { reasons: [{ id: 'admin.account_by_session' }] } },
    })
  })

  it('is an authenticator app once that shows its code', async () => {
    const someone = await enrolled()
    const by = someone.browser
    const csrf = await csrfOf(by)
    const offer = JSON.parse((await by.json('POST', '/v1/account/totp', undefined, csrf)).text) as { secret: string }
    const put = (code: string) => by.json('PUT', '/v1/account/totp', { secret: offer.secret, code }, csrf)
    expect(await put('000000')).toMatchObject({ status: 400, code: 'request.invalid' })
    expect(await put(codeOf(offer.secret))).toMatchObject({ status: 200 })
    await forgetSteps(someone.id)
    expect(await signIn(someone)).toMatchObject({ status: 401 })
    expect(await signIn({ ...someone, secret: offer.secret })).toMatchObject({ status: 303 })
  })

  it('is a password that is changed; sessions end', async () => {
    const { browser: by, email } = await enrolled()
    const csrf = await csrfOf(by)
    expect(await by.json('PUT', '/v1/account/password', { password: 'globexglobex' }, csrf)).toMatchObject({
      status: 400,
    })
    expect(await by.json('PUT', '/v1/account/password', { password: OTHER }, csrf)).toMatchObject({ status: 200 })
    expect(await whoami(by)).toMatchObject({ status: 401 })
    expect(await knock(browser(), email, OTHER)).toMatchObject({ status: 200 })
  })

  it('is shown on a page without a script in it', async () => {
    const { browser: by } = await enrolled()
    const { status, text } = await by.get('/auth/account')
    expect([status, text.match(/<script[^>]*>/g)]).toEqual([200, ['<script src="/auth/passkeys.js" defer>']])
    expect((await fetch(`${service.url}/auth/account`, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('an organisation that is being deleted', () => {
  it('lets in its owners alone by their passwords, and they call it off', async () => {
    const [owner, member] = [await enrolled(['owner']), await enrolled()]
    const { body } = await service.ask('globex_owner', 'GET', '/v1/whoami')
    const { id } = body['tenant'] as { id: string }
    await service.owner.query('ALTER TABLE tenant DISABLE TRIGGER USER')
    await service.owner.query(
      `UPDATE tenant SET status = 'closing', closes_at = now() + interval '30 days', closing_because = 'we part',
         closing_by = (SELECT pseudonym FROM principal WHERE id = $2) WHERE id = $1`,
      [id, owner.id],
    )
    await service.owner.query('ALTER TABLE tenant ENABLE TRIGGER USER')
    const [inside, outside] = [browser(), browser()]
    await signIn(member, outside)
    expect(outside.session).toBe(undefined)
    expect(await signIn(owner, inside)).toMatchObject({ status: 303 })
    expect(await whoami(inside)).toMatchObject({ status: 200, id: owner.id })
    const { rows } = await service.owner.query<{ version: number }>('SELECT version FROM tenant WHERE id = $1', [id])
    const wish = { version: rows[0]!.version }
    const restored = await inside.json('POST', `/v1/tenants/${id}/restore`, wish, await csrfOf(inside))
    expect([restored.status, restored.reasons]).toEqual([200, []])
    expect(await signIn(member, outside)).toMatchObject({ status: 303 })
  })
})

describe('when an authenticator app was used last', () => {
  it('goes with its person', async () => {
    const { id } = await person()
    const kept = async () => (await service.owner.query('SELECT FROM totp_use WHERE principal_id = $1', [id])).rowCount
    await service.owner.query('INSERT INTO totp_use (principal_id, step) VALUES ($1, 1)', [id])
    expect(await kept()).toBe(1)
    await service.owner.query('ALTER TABLE principal DISABLE TRIGGER governed')
    await service.owner.query('DELETE FROM principal WHERE id = $1', [id])
    await service.owner.query('ALTER TABLE principal ENABLE TRIGGER governed')
    expect(await kept()).toBe(0)
  })
})

describe('a form that is refused', () => {
  const DOCUMENT = new URL('../../../contract/generated/openapi.json', import.meta.url)

  it('is shown once more as the page that the document says', async () => {
    const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as {
      paths: Record<string, { post: { responses: Record<string, { content?: object }> } }>
    }
    const by = browser()
    const page = await by.get('/auth/password')
    const fields = { csrf_token: tokenIn(page.text), tenant: 'globex', email: 'nobody@globex.example', password: OTHER }
    const refused = await by.form('/auth/password', fields)
    expect([refused.status, refused.text.slice(0, 15).toLowerCase()]).toEqual([401, '<!doctype html>'])
    for (const path of ['/auth/password', '/auth/second-factor', '/auth/set-password'])
      for (const status of ['400', '401'])
        expect(paths[path]!.post.responses[status]!.content).toEqual({
          'text/html': expect.anything(),
          'application/problem+json': expect.anything(),
        })
  })
})
