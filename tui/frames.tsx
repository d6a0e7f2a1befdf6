/** Draws a frame of every screen as text: `npm run console:frames` writes them under `docs/console/`, `--check` compares. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { render } from 'ink-testing-library'
import { packageRoot } from '#runtime/package-root.js'
import { App } from './app.js'
import { fixtureClient } from './testing/fixture-client.js'
import { SCREEN_IDS, type ScreenId } from './state.js'
import type { SignInHere } from './use-sign-in.js'

// On a busy machine a second may pass while a screen is drawn, and a frame would say that its rows are so old.
mock.timers.enable({ apis: ['Date'], now: Date.now() })

const plain = (frame: string | undefined): string =>
  `${stripVTControlCharacters(frame ?? '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`

const WIDTHS = [60, 80, 100, 160] as const
const ROWS = 24

const HERE: SignInHere = {
  ...{ service: 'https://gatehouse.example', isNobody: true },
  begin: (tell) => {
    tell({ address: 'https://gatehouse.example/auth/device?user_code=BCDF-GHJK', code: 'BCDF-GHJK' })
    return new Promise(() => undefined)
  },
}

/** Signing in from here: what is offered, and what is waited for. */
const drawSignIn = async (columns: number): Promise<string> => {
  const size = { columns, rows: ROWS }
  const app = render(<App client={fixtureClient()} canAct interactive size={size} signIn={HERE} />)
  for (let turns = 0; turns < 50 && /loading/.test(app.lastFrame() ?? ''); turns++) await turn()
  const offered = plain(app.lastFrame())
  app.stdin.write('\r')
  for (let turns = 0; turns < 50 && !/BCDF/.test(app.lastFrame() ?? ''); turns++) await turn()
  const waiting = plain(app.lastFrame())
  app.unmount()
  return `${offered}\n${waiting}`
}

/** One screen at one width, once its rows are there. */
const draw = async (screen: ScreenId, columns: number): Promise<string> => {
  const app = render(<App client={fixtureClient()} canAct interactive size={{ columns, rows: ROWS }} />)
  await turn()
  for (const key of [':', screen, '\r']) {
    app.stdin.write(key)
    await turn()
    await turn()
  }
  for (let turns = 0; turns < 50 && /loading/.test(app.lastFrame() ?? ''); turns++) await turn()
  const frame = plain(app.lastFrame())
  app.unmount()
  return frame
}

const folder = join(packageRoot(), 'docs', 'console')
const SIGN_IN = 'sign-in'
const check = process.argv.includes('--check')
await mkdir(folder, { recursive: true })
for (const screen of [...SCREEN_IDS, SIGN_IN] as const) {
  const frames = []
  for (const columns of WIDTHS) {
    const frame = screen === SIGN_IN ? await drawSignIn(columns) : await draw(screen, columns)
    frames.push(`── ${screen}, ${columns} columns ${'─'.repeat(20)}\n\n${frame}`)
  }
  const path = join(folder, `${screen}.txt`)
  const text = frames.join('\n')
  if (!check) await writeFile(path, text)
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is stale: run npm run console:frames\n`)
    process.exitCode = 1
  }
}
process.exit()
