import { shown, type Step } from '../../demo/step.js'
import { reasonsOf } from '../../demo/steps/publish.js'
import { choosePassword, enrol, typePassword, type LocalPerson } from '../../sso/local-account.js'
import { problemOn, toAskingPage } from '../../sso/person-browser.js'
import { CAST, nameOf } from '../company.js'
import type { IdentityWorld } from '../world.js'

/** Somebody of the demo's own people; nobody of the directory. */
const MIA: LocalPerson = { tenant: 'acme', email: 'member@acme.example', password: 'tulip anchors in seven boats' }

const signInBy = async ({ base }: IdentityWorld, how: 'local-allowed' | 'sso-only'): Promise<void> => {
  const { code, answer } = await base.cli('acme_owner', 'organisations', 'sign-in', how)
  shown(code === 0, `an owner says ${how}`, answer)
}

const passwordsRefusedUnderSso: Step<IdentityWorld> = {
  name: 'passwords_refused_under_sso',
  async show(world) {
    const { base, url } = world
    const browser = await world.browserOf(MIA.email)
    const { page } = browser
    // First a password that lets its owner in, or its refusal would show nothing.
    await signInBy(world, 'local-allowed')
    await choosePassword(page, await base.cli('acme_owner', 'account', 'reset', MIA.email), MIA.password)
    await enrol(page, url, MIA)
    await toAskingPage(page, url)
    const inside = await browser.ask('GET', '/v1/whoami')
    shown(inside.status === 200, 'where the organisation allows it a password lets somebody in', inside.body)
    await signInBy(world, 'sso-only')
    const after = await browser.ask('GET', '/v1/whoami')
    shown(after.status === 401, 'under single sign-on that session ends', after)
    await typePassword(page, url, MIA)
    const said = await problemOn(page)
    shown(said.reasons.includes('admin.passwords_refused_under_sso'), 'and the right password is refused', said)
    const log = await base.request('acme_admin', '/v1/decisions?action=account.knock&outcome=deny&limit=1')
    const [decision] = log.body['items'] as { id: string; reasons: string[] }[]
    shown(decision !== undefined, 'by policy, on record', log.body)
    return { reasons: said.reasons, session: after.body['code'], decision_id: decision.id }
  },
}

const deviceLogin: Step<IdentityWorld> = {
  name: 'device_login',
  async show(world) {
    const { operations } = CAST
    const { page } = await world.browserOf(operations.email)
    const command = world.commandOf(operations)
    await world.enter(operations)
    let code = ''
    const login = await command.login(['--device'], async (address, said) => {
      await page.goto(address)
      code = await page.innerText('code')
      shown(said.includes(code), 'page and terminal show the same code', { said, code })
      await page.click('button[value=approve]')
      await page.waitForSelector('text=The command is signed in')
    })
    shown(
      login.code === 0 && login.answer['name'] === nameOf(operations),
      'a machine without a browser signs in',
      login,
    )
    const me = await command.run(['whoami'])
    shown(me.answer['id'] === world.idOf(operations.email) && me.answer['key'] === null, 'as the person', me.answer)
    return { code, name: me.answer['name'], roles: me.answer['roles'], session: me.answer['session'] }
  },
}

const SUBJECT = 'repo:acme/app:ref:refs/heads/main'

const workloadIdentityExchanged: Step<IdentityWorld> = {
  name: 'workload_identity_exchanged',
  async show(world) {
    const { base, builds, url } = world
    const made = await base.cli('acme_owner', 'service-accounts', 'create', 'deploy', '--role', 'member')
    shown(made.code === 0, 'there is an account for builds', made)
    const account = String(made.answer['id'])
    const trust = ['--name', 'main', '--issuer', builds.issuer, '--subject', SUBJECT]
    const trusted = await base.cli('acme_owner', 'service-accounts', 'identities', 'add', account, ...trust)
    shown(trusted.code === 0, 'that trusts the platform on which they run', trusted)
    const exchange = async (subject_token: string) => {
      const response = await fetch(`${url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          ...{ client_id: account, subject_token },
        }),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const outside = await builds.token(SUBJECT, url)
    const given = await exchange(outside)
    shown(given.status === 200, 'the token of a build is exchanged', given)
    const headers = { authorization: `Bearer ${String(given.body['access_token'])}` }
    const me = (await (await fetch(`${url}/v1/whoami`, { headers })).json()) as Record<string, unknown>
    shown(me['id'] === account, 'for one that speaks as the account', me)
    const again = await exchange(outside)
    shown(again.status === 400, 'once', again)
    const other = await exchange(await builds.token('repo:acme/app:ref:refs/heads/other', url))
    shown(other.status === 400, 'and one of another branch is not', other)
    return {
      account,
      expires_in: given.body['expires_in'],
      again: again.body['error_description'] ?? again.body['error'],
      other: other.body['error_description'] ?? other.body['error'],
      ...(reasonsOf(other.body).length > 0 && { reasons: reasonsOf(other.body) }),
    }
  },
}

/** The other ways in, in this order. */
export const otherWaysSteps: readonly Step<IdentityWorld>[] = [
  passwordsRefusedUnderSso,
  deviceLogin,
  workloadIdentityExchanged,
]
