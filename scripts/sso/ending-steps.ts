import { setTimeout as delay } from 'node:timers/promises'
import { shown, type Step } from '../demo/step.js'
import type { SsoWorld } from './world.js'

const WITHIN_MS = 5_000

/** Asks until nobody is known by the session any more; after how many milliseconds that was. */
const endedWithin = async (ask: () => Promise<number>): Promise<number> => {
  const begun = Date.now()
  while ((await ask()) !== 401) {
    shown(Date.now() - begun < WITHIN_MS, 'the session ended', { waited_ms: Date.now() - begun })
    await delay(50)
  }
  return Date.now() - begun
}

/** What the command comes to, as a status: its tokens are good for nobody who lacks its key. */
const statusOf = async (world: SsoWorld): Promise<number> => {
  const { code, answer } = await world.command(['whoami'])
  if (code === 0) return 200
  return answer['code'] === 'auth.session_ended' ? 401 : 0
}

const loginAgain = (world: SsoWorld) =>
  world.login([], async (address) => {
    await world.page.goto(address)
    await world.page.click('button[value=approve]')
    await world.page.waitForSelector('text=You are signed in')
  })

/** How sessions end, in this order. */
export const endingSteps: readonly Step<SsoWorld>[] = [
  {
    name: 'back_channel_logout',
    show: async (world) => {
      await loginAgain(world)
      const command = () => statusOf(world)
      shown((await command()) === 200, 'the command is signed in', await command())
      const other = await world.context.newPage()
      await other.goto(`${world.issuer}/session/end`)
      await other.click('button[name=logout]')
      await other.waitForLoadState()
      await other.close()
      await world.page.goto(`${world.url}/auth/jwks.json`)
      const browser = async () => (await world.ask('GET', '/v1/whoami')).status
      return { browser_ms: await endedWithin(browser), command_ms: await endedWithin(command) }
    },
  },
  {
    name: 'revoked_by_an_administrator',
    show: async (world) => {
      await world.page.goto(`${world.url}/auth/login?login_hint=member@acme.example`)
      await world.beAt('acme_member', 'one')
      await world.page.waitForURL(`${world.url}/auth/session`)
      const { body } = await world.ask('GET', '/v1/whoami')
      const response = await fetch(`${world.url}/v1/people/${String(body['id'])}/sessions`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.key('acme_owner')}` },
      })
      const { ended } = (await response.json()) as { ended: number }
      shown(response.status === 200 && ended === 1, 'the owner ends them', { status: response.status, ended })
      return { ended, browser_ms: await endedWithin(async () => (await world.ask('GET', '/v1/whoami')).status) }
    },
  },
  {
    name: 'signed_out',
    show: async (world) => {
      await world.page.goto(`${world.url}/auth/login?login_hint=member@acme.example`)
      await world.page.waitForURL((url) => url.pathname === '/auth/session' || url.origin === world.issuer)
      if (world.page.url().startsWith(world.issuer)) await world.beAt('acme_member', 'one')
      await world.page.waitForURL(`${world.url}/auth/session`)
      const { status, body } = await world.ask('POST', '/auth/logout', undefined, await world.csrf())
      shown(status === 200 && body['ended'] === 1, 'the session is ended', body)
      const after = await world.ask('GET', '/v1/whoami')
      shown(after.status === 401, 'nobody is known any more', after)
      return { ended: body['ended'], code: after.body['code'] }
    },
  },
]
