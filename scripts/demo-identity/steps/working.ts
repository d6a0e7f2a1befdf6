import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockfilePath, referenceExtension } from '../../demo/guests.js'
import { shown, type Step } from '../../demo/step.js'
import { AUDITOR, buildSigned, reasonsOf } from '../../demo/steps/publish.js'
import { problemOn } from '../../sso/person-browser.js'
import { CAST, nameOf, STRANGER, type Person } from '../company.js'
import type { IdentityWorld } from '../world.js'

const RULES = {
  title: 'Which roles our departments give',
  entries: [
    { display_name: 'Platform admins', roles: ['admin'], why: 'they run the platform' },
    { display_name: 'Engineering', roles: ['member'], why: 'engineers call extensions' },
    { display_name: 'Field sales', roles: ['member'], why: 'sellers call extensions' },
  ],
}

const whoami = async (world: IdentityWorld, { email }: Person) => {
  const { status, body } = await (await world.browserOf(email)).ask('GET', '/v1/whoami')
  return { status, ...(body as { id?: string; name?: string; roles?: string[]; session?: object; code?: string }) }
}

const ssoSignedIn: Step<IdentityWorld> = {
  name: 'sso_signed_in',
  async show(world) {
    const { engineer } = CAST
    await world.enter(engineer)
    const me = await whoami(world, engineer)
    shown(me.id === world.idOf(engineer.email), 'whoever signed in is whom the directory synced', me)
    const other = await world.browserOf(STRANGER.email)
    await world.leadOn(other.page, STRANGER)
    await world.beAt(other.page, STRANGER)
    await other.page.waitForURL(`${world.url}/auth/callback/**`)
    const refused = await problemOn(other.page)
    const cookie = await other.cookie(world.url)
    shown(
      cookie === undefined && refused.code === 'policy.denied',
      'whom the directory does not have is nobody',
      refused,
    )
    return { person: me.id, name: me.name, session: me.session, stranger: refused.reasons }
  },
}

const roleFromGroup: Step<IdentityWorld> = {
  name: 'role_from_group',
  async show(world) {
    const { base } = world
    const { engineer } = CAST
    const before = await whoami(world, engineer)
    shown(before.roles?.length === 0, 'the directory alone gives nobody a role', before)
    const file = join(base.folder, 'rules.json')
    writeFileSync(file, JSON.stringify(RULES))
    const weighed = await base.cli('acme_owner', 'scim', 'rules', 'preview', '--file', file)
    shown(weighed.code === 0 && weighed.answer['affected'] === 500, 'it is foretold who gains what', weighed.answer)
    const set = await base.cli('acme_owner', 'scim', 'rules', 'set', '--file', file, '--reason', 'roles by groups')
    shown(set.code === 0, 'an owner lays down which roles groups give', set)
    const after = await whoami(world, engineer)
    shown(after.roles?.join() === 'member', 'the same session has the role of its group', after)
    const who = await base.cli('acme_admin', 'scim', 'rules', 'who', engineer.email)
    const [by] = who.answer['by_groups'] as { group: { display_name: string }; rule: { why: string } }[]
    shown(by?.group.display_name === 'Engineering', 'and it is said where it comes from', who.answer)
    return { affected: weighed.answer['affected'], roles: after.roles, group: by.group.display_name, why: by.rule.why }
  },
}

/** Brings an extension in that people can call. */
const install = async ({ base }: IdentityWorld): Promise<string> => {
  const { bundle } = await buildSigned(base, referenceExtension(base, 'lockfile-auditor'))
  const published = await base.cli('acme_developer', 'ext', 'publish', bundle)
  shown(published.code === 0, 'an extension is published', published)
  const installed = await base.cli('acme_admin', 'install', AUDITOR, '--consent')
  shown(installed.code === 0, 'and installed', installed)
  return String(installed.answer['id'])
}

const callAllowed: Step<IdentityWorld> = {
  name: 'call_allowed',
  async show(world) {
    const { base, secrets } = world
    const { engineer } = CAST
    base.known.set('install', await install(world))
    const { page } = await world.browserOf(engineer.email)
    const command = world.commandOf(engineer)
    const login = await command.login([], async (address) => {
      await page.goto(address)
      await page.click('button[value=approve]')
      await page.waitForSelector('text=You are signed in')
    })
    shown(login.code === 0 && login.answer['name'] === nameOf(engineer), 'their command signs in by the browser', login)
    const called = await command.run(['call', AUDITOR, '/audit', '--body', `@${lockfilePath}`])
    shown(called.code === 0, 'by the role of their group they call it', called)
    const decision = String(called.answer['decision_id'])
    base.known.set('decision:call_allowed', decision)
    const key = await base.cli('acme_owner', 'keys', 'create', 'of theirs', '--for', world.idOf(engineer.email))
    shown(key.code === 0, 'an owner gives them a key as well', key.stderr)
    secrets.set('key', String(key.answer['secret']))
    const on = await base.request('acme_admin', `/v1/decisions/${decision}`)
    shown(on.body['outcome'] === 'allow', 'the call is on record', on.body)
    return { extension: AUDITOR, decision_id: decision, session: login.answer['session'] }
  },
}

/** Stops the extension, as somebody who signed in by a browser. */
const stop = async (world: IdentityWorld, { email }: Person) => {
  const browser = await world.browserOf(email)
  const order = { scope: 'install', target: world.base.recall('install'), reason: 'a drill' }
  return browser.ask('POST', '/v1/kills', order, await browser.csrf())
}

/** Lets it go again: whoever stopped it asks, and somebody else agrees. */
const letGo = async ({ base }: IdentityWorld, kill: string): Promise<void> => {
  const asked = await base.cli('operator', 'kills', 'release', kill, '--reason', 'the drill is over')
  const { id } = (asked.answer['approval'] ?? {}) as { id?: string }
  shown(id !== undefined, 'its release waits for a second person', asked.answer)
  const agreed = await base.cli('security_lead', 'approvals', 'approve', id, '--comment', 'agreed')
  shown(agreed.code === 0, 'who agrees', agreed.answer)
}

const stepUpRequired: Step<IdentityWorld> = {
  name: 'step_up_required',
  async show(world) {
    const { security } = CAST
    await world.enter(security)
    const refused = await stop(world, security)
    shown(refused.status === 401, 'an administrator by group stops nothing by one factor', refused)
    shown(refused.body['code'] === 'auth.step_up_required', 'and is told why', refused.body)
    shown(/insufficient_user_authentication/.test(refused.challenge ?? ''), 'as RFC 9470 says it', refused.challenge)
    const { page } = await world.browserOf(security.email)
    await page.goto(`${world.url}/auth/login?step_up=1`)
    await world.beAt(page, security, 'two')
    await page.waitForURL(`${world.url}/auth/session`)
    const allowed = await stop(world, security)
    shown(allowed.status === 201, 'with a fresh second factor they do', allowed)
    const { order } = allowed.body as { order: { id: string; decision_id: string } }
    world.base.known.set('decision:step_up_required', order.decision_id)
    await letGo(world, order.id)
    return {
      challenge: refused.challenge,
      reasons: reasonsOf(refused.body),
      refused: refused.body['decision_id'],
      allowed: order.decision_id,
    }
  },
}

/** What people do here while they belong to the company, in this order. */
export const workingSteps: readonly Step<IdentityWorld>[] = [ssoSignedIn, roleFromGroup, callAllowed, stepUpRequired]
