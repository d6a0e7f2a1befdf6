import { readFile, stat, writeFile } from 'node:fs/promises'
import { shown, type Step } from '../demo/step.js'
import type { SsoWorld } from './world.js'

type Kept = Record<string, { access_token: string; refresh_token: string; access_until: number }>
const keptOf = async ({ kept, url }: SsoWorld) => (JSON.parse(await readFile(kept, 'utf8')) as Kept)[url]!

/** What the command goes through, in this order. */
export const commandSteps: readonly Step<SsoWorld>[] = [
  {
    name: 'device_flow',
    show: async (world) => {
      const { code, answer, stderr } = await world.login(['--device'], async (address, said) => {
        await world.page.goto(address)
        const shownCode = await world.page.innerText('code')
        shown(said.includes(shownCode), 'page and terminal show the same code', { said, shownCode })
        await world.page.click('button[value=approve]')
        await world.page.waitForSelector('text=The command is signed in')
      })
      shown(code === 0 && answer['signed_in'] === true, 'the command is signed in', { answer, stderr })
      const { mode } = await stat(world.kept)
      shown((mode & 0o777) === 0o600, 'its tokens are for its owner alone', mode.toString(8))
      return { name: answer['name'], session: answer['session'], mode: '0600' }
    },
  },
  {
    name: 'whoami_by_session',
    show: async (world) => {
      const { code, answer } = await world.command(['whoami'])
      shown(code === 0 && answer['key'] === null, 'the command speaks as the person', answer)
      return { name: answer['name'], session: answer['session'] }
    },
  },
  {
    name: 'loopback_redirect',
    show: async (world) => {
      const { code, answer, stderr } = await world.login([], async (address) => {
        await world.page.goto(address)
        await world.page.click('button[value=approve]')
        await world.page.waitForSelector('text=You are signed in')
      })
      shown(code === 0 && answer['signed_in'] === true, 'the command is signed in', { answer, stderr })
      return { session: answer['session'] }
    },
  },
  {
    name: 'refresh_rotates',
    show: async (world) => {
      const before = await keptOf(world)
      await writeFile(world.kept, JSON.stringify({ [world.url]: { ...before, access_until: 0 } }))
      const { code } = await world.command(['whoami'])
      const after = await keptOf(world)
      const isOther = after.refresh_token !== before.refresh_token && after.access_token !== before.access_token
      shown(code === 0 && isOther, 'an expired token is refreshed, and both are others then', code)
      // Somebody who copied the token before uses it.
      await writeFile(world.kept, JSON.stringify({ [world.url]: { ...before, access_until: 0 } }))
      const replayed = await world.command(['whoami'])
      shown(
        replayed.code === 1 && replayed.answer['code'] === 'auth.session_ended',
        'a token spent twice ends it',
        replayed,
      )
      await writeFile(world.kept, JSON.stringify({ [world.url]: after }))
      const newer = await world.command(['whoami'])
      shown(newer.answer['code'] === 'auth.session_ended', 'for whoever holds the newer one too', newer)
      return { code: replayed.answer['code'], remedy: replayed.answer['remedy'] }
    },
  },
]
