import { shown, type Step } from '../demo/step.js'
import {
  choosePassword,
  complaintOf,
  enrol,
  totpCode,
  typeCode,
  typePassword,
  type LocalPerson,
} from './local-account.js'
import { problemOn, toAskingPage } from './person-browser.js'
import type { SsoWorld } from './world.js'

const MIA: LocalPerson = { tenant: 'acme', email: 'member@acme.example', password: 'tulip anchors in seven boats' }
/** What she has by then: an authenticator app and recovery codes. */
let factors: { readonly secret: string; readonly codes: readonly string[]; readonly spent: string } | undefined

const theFactors = () => {
  shown(factors !== undefined, 'an earlier step enrolled an authenticator app', null)
  return factors
}
const signInBy = async (world: SsoWorld, how: 'local-allowed' | 'sso-only'): Promise<void> => {
  const { code, answer } = await world.as('acme_owner', ['organisations', 'sign-in', how])
  shown(code === 0, `the owner says ${how}`, answer)
}
/** Signs out, so that the next step begins as nobody. */
const leave = async (world: SsoWorld): Promise<void> => {
  const { status, body } = await world.ask('POST', '/auth/logout', undefined, await world.csrf())
  shown(status === 200, 'the session is ended', body)
}
interface Session {
  readonly acr: string
  readonly second_factor: boolean
}
const session = async (world: SsoWorld): Promise<Session> => {
  const { status, body } = await world.ask('GET', '/auth/session')
  shown(status === 200, 'somebody is signed in', body)
  return body['session'] as Session
}

/** An authenticator of the platform's kind, built into Chromium (WebAuthn, section 11), that says its user was verified. */
const addAuthenticator = async ({ context, page }: SsoWorld): Promise<void> => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

/** Accounts of Gatehouse's own, in this order. */
export const localSteps: readonly Step<SsoWorld>[] = [
  {
    name: 'password_and_totp',
    show: async (world) => {
      const { page, url } = world
      await signInBy(world, 'local-allowed')
      await choosePassword(page, await world.as('acme_owner', ['account', 'reset', MIA.email]), MIA.password)
      await typePassword(page, url, { ...MIA, password: 'tulip anchors in eight boats' })
      shown((await complaintOf(page)) !== null, 'a wrong password leads nowhere', page.url())
      factors = await enrol(page, url, MIA)
      await page.click('text=I kept them: continue')
      const { acr, second_factor } = await session(world)
      shown(acr === 'urn:gatehouse:acr:password+otp' && second_factor, 'signed in by two factors', acr)
      await leave(world)
      await typePassword(page, url, MIA)
      await typeCode(page, factors.spent)
      shown((await complaintOf(page)) !== null, 'a code counts once', await page.textContent('h1'))
      await typeCode(page, totpCode(factors.secret, 1))
      const name = String((await world.ask('GET', '/v1/whoami')).body['name'])
      shown(name.startsWith('Mia'), 'the next one does', name)
      await leave(world)
      return { acr, name, recovery_codes: factors.codes.length }
    },
  },
  {
    name: 'recovery_code_once',
    show: async (world) => {
      const code = theFactors().codes[0] ?? ''
      await typePassword(world.page, world.url, MIA)
      await typeCode(world.page, code)
      const { acr } = await session(world)
      shown(acr === 'urn:gatehouse:acr:password+recovery', 'signed in by a recovery code', acr)
      await leave(world)
      await typePassword(world.page, world.url, MIA)
      await typeCode(world.page, code)
      shown((await complaintOf(world.page)) !== null, 'the same code lets nobody in a second time', world.page.url())
      return { acr }
    },
  },
  {
    name: 'passkey_signed_in',
    show: async (world) => {
      const { page, url } = world
      await addAuthenticator(world)
      await typePassword(page, url, MIA)
      await typeCode(page, theFactors().codes[1] ?? '')
      await page.goto(`${url}/auth/account`)
      await page.fill('#passkey-name', 'Chromium')
      await page.click('#passkey-add')
      await page.waitForSelector('text=Passkey Chromium, not used yet')
      await leave(world)
      await page.goto(`${url}/auth/password`)
      await page.click('#passkey-sign-in')
      await page.waitForURL((at) => at.pathname !== '/auth/password')
      const { acr, second_factor } = await session(world)
      shown(acr === 'urn:gatehouse:acr:passkey' && second_factor, 'a passkey alone is two factors', acr)
      const { body } = await world.ask('GET', '/v1/account/credentials')
      const [passkey] = body['passkeys'] as { name: string; last_used_at: string | null }[]
      shown(passkey?.name === 'Chromium' && passkey.last_used_at !== null, 'its use is noted', body)
      return { acr, passkey }
    },
  },
  {
    name: 'passwords_refused_under_sso',
    show: async (world) => {
      const { page, url } = world
      await signInBy(world, 'sso-only')
      await toAskingPage(page, url)
      const { status } = await world.ask('GET', '/v1/whoami')
      shown(status === 401, 'the session by passkey ended', status)
      const said: string[][] = []
      for (const password of [MIA.password, 'tulip anchors in eight boats']) {
        await typePassword(page, url, { ...MIA, password })
        said.push((await problemOn(page)).reasons)
      }
      shown(
        said.every((reasons) => reasons.join() === 'admin.passwords_refused_under_sso'),
        'right or wrong, it is not looked at',
        said,
      )
      await page.goto(`${url}/auth/password`)
      await page.click('#passkey-sign-in')
      await page.locator('#passkey-said:not(:empty)').waitFor()
      const passkey = await page.textContent('#passkey-said')
      await toAskingPage(page, url)
      shown((await world.ask('GET', '/v1/whoami')).status === 401, 'nor is a passkey', passkey)
      return { password: said[0], passkey }
    },
  },
]
