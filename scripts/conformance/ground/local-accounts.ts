import { Secret, TOTP } from 'otpauth'
import { TestBrowser, tokenIn, type Came } from '#api/sign-in/testing/browser-of.js'
import { GatehouseClient } from '#sdk/client/client.js'
import { shown } from '../../demo/step.js'
import type { WalkGround } from './walk-ground.js'

const STEP_MS = 30_000
/** For everybody: none of them is named like it. */
const PASSWORD = 'tulip anchors in seven boats'

/** Somebody with a password and an authenticator app, signed in. */
export interface Enrolled {
  readonly id: string
  readonly email: string
  readonly recoveryCodes: readonly string[]
  readonly browser: TestBrowser
  /** Of the session, against forged requests. */
  readonly csrf: string
}

/** An organisation whose people sign in here. */
const organisation = (ground: WalkGround) =>
  ground.once('organisation that signs in here', async () => {
    const slug = ground.slug()
    const body = { slug, name: slug, owner: { name: 'Owner', email: `owner@${slug}.example` } }
    const { tenant, owner } = await ground.as('operator').get('tenants.create', { body })
    const issued = { body: { principal_id: owner.id, name: 'first' } }
    const { secret } = await ground.as('operator').get('keys.create', issued)
    const client = new GatehouseClient({ url: ground.url, key: secret })
    const { id, version } = tenant
    const changes = { version, settings: { sign_in: 'local_allowed' as const } }
    await client.get('tenants.update', { params: { id }, body: changes })
    return { slug, owner: client }
  })

/** The code that an authenticator app shows, so many steps of half a minute from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS })

/** Lets somebody new choose a password; the token is shown, since no mail server is set. */
export const invitedToChoose = async (ground: WalkGround) => {
  const { owner } = await organisation(ground)
  const email = `${ground.slug()}@local.example`
  const { id } = await owner.get('people.create', { body: { name: 'Noor', roles: ['member'], email } })
  const { page } = await owner.get('credentials.reset', { params: { id }, body: {} })
  shown(page !== null, 'without a mail server the token is shown', id)
  return { id, email, token: new URL(page).searchParams.get('token')! }
}

/** Chooses a password by a token, on its page. */
export const choose = async ({ url }: WalkGround, token: string): Promise<void> => {
  const chosen = await new TestBrowser(url).through(`/auth/set-password?token=${token}`, '/auth/set-password', {
    ...{ token, password: PASSWORD },
  })
  shown(chosen.status === 200, 'a token lets somebody choose a password', chosen)
}

/** Asks on its page to be written to, since a password was forgotten. */
export const forgot = async (ground: WalkGround, email: string): Promise<Came> => {
  const { slug: tenant } = await organisation(ground)
  return new TestBrowser(ground.url).through('/auth/forgot-password', '/auth/forgot-password', { tenant, email })
}

/** Gives a password on the page that asks for it; what comes next asks for the second factor. */
export const knock = async (ground: WalkGround, browser: TestBrowser, email: string): Promise<Came> => {
  const { slug: tenant } = await organisation(ground)
  const halfway = await browser.through('/auth/password', '/auth/password', { tenant, email, password: PASSWORD })
  shown(halfway.status === 200, 'the right password is asked for a second factor', halfway)
  return halfway
}

/** Answers that with a code. */
export const answer = (browser: TestBrowser, halfway: Came, code: string): Promise<Came> =>
  browser.form('/auth/second-factor', { csrf_token: tokenIn(halfway.text), code })

/** Somebody new who chose a password, and enrolled an authenticator app as they signed in. */
export const enrolled = async (ground: WalkGround): Promise<Enrolled> => {
  const { id, email, token } = await invitedToChoose(ground)
  await choose(ground, token)
  const browser = new TestBrowser(ground.url)
  const halfway = await knock(ground, browser, email)
  const done = await answer(browser, halfway, codeOf(/[?&;]secret=([A-Z2-7]+)/.exec(halfway.text)?.[1] ?? ''))
  const recoveryCodes = [...done.text.matchAll(/<li><code>([^<]+)</g)].map(([, code]) => code!)
  shown(recoveryCodes.length > 0, 'whoever enrols is shown recovery codes', done)
  const { csrf_token } = JSON.parse((await browser.get('/auth/session')).text) as { csrf_token: string }
  return { id, email, recoveryCodes, browser, csrf: csrf_token }
}
