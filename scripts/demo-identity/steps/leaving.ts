import { lockfilePath } from '../../demo/guests.js'
import { shown, type Step } from '../../demo/step.js'
import { AUDITOR } from '../../demo/steps/publish.js'
import { problemOn, toAskingPage } from '../../sso/person-browser.js'
import { CAST } from '../company.js'
import type { IdentityWorld } from '../world.js'

interface Entry {
  readonly outcome: string
  readonly decision_id: string | null
  readonly effects: readonly { readonly kind: string }[]
}

const deactivatedBySync: Step<IdentityWorld> = {
  name: 'deactivated_by_sync',
  async show(world) {
    const { base } = world
    const { engineer } = CAST
    const id = world.idOf(engineer.email)
    // What they have works until then, or its end would show nothing.
    const before = await world.commandOf(engineer).run(['whoami'])
    shown(before.code === 0, 'they are let in until their last day', before)
    const { status, body } = await world.scim().deactivate(id)
    shown(status === 200 && body['active'] === false, 'the directory lets somebody go', body)
    const log = await base.request('acme_admin', `/v1/scim/log?resource_id=${id}&limit=1`)
    const [entry] = log.body['items'] as Entry[]
    const effects = (entry?.effects ?? []).map(({ kind }) => kind)
    shown(effects.includes('user.deactivated'), 'the log says what it came to', log.body)
    shown(effects.includes('keys.revoked') && effects.includes('sessions.ended'), 'and what ended with it', effects)
    base.known.set('decision:deactivated_by_sync', String(entry?.decision_id))
    return { person: id, effects, decision_id: entry?.decision_id }
  },
}

const sessionTokenAndCallRefused: Step<IdentityWorld> = {
  name: 'session_token_and_call_refused',
  async show(world) {
    const { engineer } = CAST
    const browser = await world.browserOf(engineer.email)
    await toAskingPage(browser.page, world.url)
    const session = await browser.ask('GET', '/v1/whoami')
    shown(session.status === 401, 'the browser is nobody any more', session)
    const token = await world.commandOf(engineer).run(['whoami'])
    shown(token.code === 1, 'nor is the command', token.answer)
    const call = (authorization: string) =>
      fetch(`${world.url}/api/ext/${AUDITOR}/audit`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{}',
      })
    const key = await call(`Bearer ${world.secret('key')}`)
    shown(key.status === 401, 'a call by their key is refused', key.status)
    const called = await world.commandOf(engineer).run(['call', AUDITOR, '/audit', '--body', `@${lockfilePath}`])
    shown(called.code === 1, 'and one by their command', called.answer)
    const before = await browser.cookie(world.url)
    // The provider still knows them, and sends them straight back.
    await world.leadOn(browser.page, engineer)
    await browser.page.waitForURL(`${world.url}/auth/callback/**`)
    const anew = await browser.cookie(world.url)
    const said = await problemOn(browser.page)
    shown(anew?.value === before?.value && said.code === 'policy.denied', 'they do not sign in anew', said)
    return {
      session: session.body['code'],
      token: token.answer['code'],
      key: key.status,
      call: called.answer['code'],
      sign_in: said.reasons,
    }
  },
}

/** How somebody leaves, in this order. */
export const leavingSteps: readonly Step<IdentityWorld>[] = [deactivatedBySync, sessionTokenAndCallRefused]
