import { TestBrowser, type Came } from '#api/sign-in/testing/browser-of.js'
import { SoftPasskey } from '#api/sign-in/testing/soft-passkey.js'
import { shown } from '../../demo/step.js'
import { byName, NAMED } from '../ground/local-accounts-by-name.js'
import {
  answer,
  choose,
  codeOf,
  enrolled,
  forgot,
  invitedToChoose,
  knock,
  type Enrolled,
} from '../ground/local-accounts.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const OTHER = 'a ladder of quiet violins'

/** Somebody whose credentials walks leave as they are. */
const standing = (ground: WalkGround): Promise<Enrolled> => ground.once('somebody enrolled', () => enrolled(ground))

const shownOf = <T>(came: Came, what: string): T => {
  shown(came.status < 300, what, came)
  return JSON.parse(came.text) as T
}

/** Adds a passkey, signs in by it in another browser, and lets it go. */
const passkeyFromMakingToEnd = async (ground: WalkGround): Promise<void> => {
  const someone = await enrolled(ground)
  const passkey = new SoftPasskey(someone.id)
  await byName(ground, async (url) => {
    const [mine, other] = [new TestBrowser(url), new TestBrowser(url)]
    for (const [name, value] of someone.browser.cookies) mine.cookies.set(name, value)
    const ask = <T>(method: string, path: string, body?: object) =>
      mine.json(method, path, body, someone.csrf).then((came) => shownOf<T>(came, `${method} ${path}`))
    const offered = await ask<{ challenge: string }>('POST', '/v1/account/passkeys/options')
    const response = passkey.register({ ...NAMED, challenge: offered.challenge })
    const { id } = await ask<{ id: string }>('POST', '/v1/account/passkeys', { name: 'Key', response })
    const begun = await other.json('POST', '/auth/passkey/challenge', {})
    const { challenge } = shownOf<{ challenge: string }>(begun, 'a passkey is asked to sign')
    const signed = { response: passkey.sign({ ...NAMED, challenge, counter: 1 }) }
    shownOf(await other.json('POST', '/auth/passkey', signed), 'a passkey signs in')
    await ask('DELETE', `/v1/account/passkeys/${id}`)
  })
}
const passkeyOnce = (ground: WalkGround) => ground.once('passkey', () => passkeyFromMakingToEnd(ground))

const signedInAgain = async (ground: WalkGround): Promise<void> => {
  const { email, recoveryCodes } = await enrolled(ground)
  const browser = new TestBrowser(ground.url)
  const came = await answer(browser, await knock(ground, browser, email), recoveryCodes[0]!)
  shown(came.status === 303, 'a recovery code signs in', came)
}

const otherPassword = async (ground: WalkGround): Promise<void> => {
  const { browser, csrf } = await enrolled(ground)
  shownOf(await browser.json('PUT', '/v1/account/password', { password: OTHER }, csrf), 'another password is chosen')
}

const otherApp = async (ground: WalkGround): Promise<void> => {
  const { browser, csrf } = await enrolled(ground)
  const offer = await browser.json('POST', '/v1/account/totp', undefined, csrf)
  const { secret } = shownOf<{ secret: string }>(offer, 'an authenticator app is offered')
  // This half-minute was used up as they enrolled, and one step ahead counts too.
  const body = { secret, code: codeOf(secret, 1) }
  shownOf(await browser.json('PUT', '/v1/account/totp', body, csrf), 'it counts once it shows its code')
}

const forgotten = async (ground: WalkGround): Promise<void> => {
  const came = await forgot(ground, 'nobody@local.example')
  shown(came.status === 200, 'whoever forgot their password is told what to do', came)
}

/** What somebody signs in by here, as they and administrators change it. */
export const credentialWalks: Walks = {
  'credentials.show': async (ground) => (await standing(ground)).browser.get('/v1/account/credentials'),
  'credentials.password': otherPassword,
  'credentials.offerTotp': async (ground) => {
    const { browser, csrf } = await standing(ground)
    return browser.json('POST', '/v1/account/totp', undefined, csrf)
  },
  'credentials.confirmTotp': otherApp,
  'credentials.recoveryCodes': async (ground) => {
    const { browser, csrf } = await enrolled(ground)
    return browser.json('POST', '/v1/account/recovery-codes', undefined, csrf)
  },
  'credentials.offerPasskey': passkeyOnce,
  'credentials.addPasskey': passkeyOnce,
  'credentials.removePasskey': passkeyOnce,
  'credentials.reset': invitedToChoose,
}

/** What a browser is sent through. */
export const localSignInWalks: Walks = {
  'auth.passwordPage': ({ url }) => new TestBrowser(url).get('/auth/password'),
  'auth.password': standing,
  'auth.secondFactor': [standing, signedInAgain],
  'auth.forgotPage': ({ url }) => new TestBrowser(url).get('/auth/forgot-password?tenant=acme'),
  'auth.forgot': forgotten,
  'auth.tokenPage': ({ url }) => new TestBrowser(url).get('/auth/set-password'),
  'auth.setPassword': async (ground) => choose(ground, (await invitedToChoose(ground)).token),
  'auth.accountPage': [
    async (ground) => (await standing(ground)).browser.get('/auth/account'),
    ({ url }) => new TestBrowser(url).get('/auth/account'),
  ],
  'auth.passkeyScript': ({ url }) => new TestBrowser(url).get('/auth/passkeys.js'),
  'auth.passkeyChallenge': passkeyOnce,
  'auth.passkey': passkeyOnce,
}
