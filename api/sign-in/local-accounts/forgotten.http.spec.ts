import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { testService, type TestService } from '../../testing/test-service.js'
import { until } from '../../testing/published-extension.js'
import { setSignIn } from '../testing/sign-in-setting.js'
import { TestBrowser, type Came } from '../testing/browser-of.js'

const OTHER = 'a ladder of quiet violins'

let server: SMTPServer
let service: TestService
let mails: { readonly to: string; readonly text: string }[]
let addresses = 0
/** Each from an address of its own. */
const browser = () => new TestBrowser(service.url, `198.51.100.${(addresses += 1)}`)

const take = async (stream: Readable, { envelope }: SMTPServerSession): Promise<void> => {
  const source = (await text(stream)).replaceAll('=\r\n', '').replaceAll('=3D', '=')
  mails.push({ to: envelope.rcptTo[0]!.address, text: source })
}

const signIn = async (as: string, sign_in: string) => expect(await setSignIn(service, as, sign_in)).toBe(200)

beforeAll(async () => {
  server = new SMTPServer({ disabledCommands: ['AUTH', 'STARTTLS'], onData: callbackify(take) })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  service = await testService({
    settings: {
      ...{ GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example', GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1' },
      SMTP_URL: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    },
  })
  await signIn('globex_owner', 'local_allowed')
}, 120_000)
afterAll(async () => {
  await service?.stop()
  await new Promise<void>((resolve) => server.close(resolve))
})
beforeEach(() => {
  mails = []
})

const person = async () => {
  const email = `${randomUUID()}@globex.example`
  const { body } = await service.ask('globex_owner', 'POST', '/v1/people', { name: 'Noor', roles: ['member'], email })
  return { id: String(body['id']), version: Number(body['version']), email }
}
const forgot = (email: string, tenant = 'globex', by = browser()): Promise<Came> =>
  by.through('/auth/forgot-password', '/auth/forgot-password', { tenant, email })
const mailTo = async (email: string) =>
  (await until(
    async () => mails.find(({ to }) => to === email),
    (mail) => mail !== undefined,
  ))!

describe('a forgotten password', () => {
  it('is followed by another, chosen by a link that is mailed and counts once', async () => {
    const { email } = await person()
    expect((await browser().get('/auth/password?tenant=globex')).text).toContain('/auth/forgot-password?tenant=globex')
    expect(await forgot(email.toUpperCase())).toMatchObject({ status: 200 })
    const mail = await mailTo(email)
    expect(mail.text).toContain('Somebody said that you forgot your password')
    const token = /set-password\?token=([\w.-]+)/.exec(mail.text)![1]!
    const choose = () => browser().through('/auth/set-password', '/auth/set-password', { token, password: OTHER })
    expect(await choose()).toMatchObject({ status: 200 })
    expect(await choose()).toMatchObject({ status: 403, reasons: ['admin.account_unproven'] })
    const halfway = await browser().through('/auth/password', '/auth/password', {
      ...{ tenant: 'globex', email, password: OTHER },
    })
    expect(halfway).toMatchObject({ status: 200, text: expect.stringContaining('authenticator app') })
  })

  it('tells nobody who has an account', async () => {
    const [known, disabled] = [await person(), await person()]
    const changed = await service.ask('globex_owner', 'PATCH', `/v1/people/${disabled.id}`, {
      ...{ version: disabled.version, disabled: true },
    })
    expect(changed.status).toBe(200)
    const said: string[] = []
    for (const email of [disabled.email, `${randomUUID()}@globex.example`, known.email]) {
      const { status, text: page } = await forgot(email)
      expect(status).toBe(200)
      said.push(page)
    }
    expect(new Set(said).size).toBe(1)
    // In their order: by the time that the last one has theirs, the others would have had theirs.
    await mailTo(known.email)
    expect(mails.map(({ to }) => to)).toEqual([known.email])
  })

  it('is none where people sign in by their provider alone', async () => {
    expect(await forgot('ana@acme.example', 'acme')).toMatchObject({
      status: 403,
      reasons: ['admin.passwords_refused_under_sso'],
    })
    expect(await forgot('ana@nowhere.example', 'nowhere')).toMatchObject({ status: 404, code: 'sign_in.no_realm' })
  })

  it('is not asked about from elsewhere, and seldom enough for one account', async () => {
    const { email } = await person()
    const forged = await browser().form('/auth/forgot-password', { csrf_token: 'x', tenant: 'globex', email })
    expect(forged).toMatchObject({ status: 403, code: 'auth.csrf' })
    const came: number[] = []
    for (let time = 0; time < 8; time++) came.push((await forgot(email)).status)
    expect(came.slice(0, 5)).toEqual([200, 200, 200, 200, 200])
    expect(came.at(-1)).toBe(429)
  })
})
