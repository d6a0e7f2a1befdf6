import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { packageRoot } from '#runtime/package-root.js'
import { signInWorld, type SignInWorld } from './testing/sign-in-world.js'

const COMMAND = join(packageRoot(), 'dist/cli/main.js')
const LONG = 120_000

interface Kept {
  readonly access_token: string
  readonly access_until: number
  readonly key?: { readonly d: string }
}

let world: SignInWorld
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatehouse-command-'))
  world = await signInWorld()
}, LONG)
afterAll(async () => {
  await world?.stop()
  await rm(home, { recursive: true, force: true })
})

const file = (): string => join(home, 'gatehouse', 'sign-ins.json')
const kept = async (): Promise<Kept> =>
  (JSON.parse(await readFile(file(), 'utf8')) as Record<string, Kept>)[world.service.url]!
const keep = (one: Kept) => writeFile(file(), JSON.stringify({ [world.service.url]: one }))

/** Runs the command; `told` hears what it says meanwhile. */
const gatehouse = async (words: string[], told: (said: string) => void = () => undefined) => {
  const { PATH } = process.env
  const env = { PATH, HOME: home, XDG_CONFIG_HOME: home, GATEHOUSE_URL: world.service.url, GATEHOUSE_TOKENS: 'file' }
  const child = spawn(process.execPath, [COMMAND, ...words, '--json'], { cwd: home, env })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => told((stderr += chunk)))
  const [code] = (await once(child, 'close')) as [number]
  // oxlint-disable-next-line no-explicit-any -- A test looks at whatever came.
  return { code, stderr, answer: (stdout === '' ? {} : JSON.parse(stdout)) as any }
}

/** Lets a command in by the code that it shows, as Mia in her browser. */
const letIn = async (user_code: string): Promise<void> => {
  const { session } = await world.signIn('mia')
  const cookie = `__Host-gatehouse=${session!}`
  const shown = await fetch(`${world.service.url}/auth/session`, { headers: { cookie } })
  const { csrf_token } = (await shown.json()) as { csrf_token: string }
  await fetch(`${world.service.url}/auth/device`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ user_code, csrf_token, verdict: 'approve' }).toString(),
  })
}

describe('gatehouse login', () => {
  it(
    'binds its session to a key of its own, proves it with each request, and refreshes with it',
    async () => {
      let admitted: Promise<void> | undefined
      const signedIn = await gatehouse(['login', '--device'], (said) => {
        const code = /user_code=([A-Z-]+)/.exec(said)?.[1]
        if (code !== undefined) admitted ??= letIn(code)
      })
      await admitted
      expect(signedIn).toMatchObject({ code: 0, answer: { signed_in: true, tokens_in: file() } })
      const first = await kept()
      expect(first.key?.d).toEqual(expect.any(String))

      const me = await gatehouse(['whoami'])
      expect(me).toMatchObject({ code: 0, answer: { name: 'Mia, member at Acme', tokens_in: file() } })
      const { answer } = await gatehouse(['sessions', 'list'])
      expect(JSON.stringify(answer)).toContain('"bound":true')

      // The token alone, as whoever copied it has it.
      const headers = { authorization: `Bearer ${first.access_token}` }
      expect((await fetch(`${world.service.url}/v1/whoami`, { headers })).status).toBe(401)

      await keep({ ...first, access_until: 0 })
      expect(await gatehouse(['whoami'])).toMatchObject({ code: 0 })
      const second = await kept()
      expect([second.key, second.access_token === first.access_token]).toEqual([first.key, false])

      const { key: _, ...withoutKey } = second
      await keep(withoutKey)
      expect(await gatehouse(['whoami'])).toMatchObject({ code: 1, answer: { code: 'auth.token_bound' } })
    },
    LONG,
  )
})
