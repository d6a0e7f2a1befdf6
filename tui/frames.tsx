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

// On a busy machine a second may pass while a screen is drawn, and a frame would say that its rows are so old.
mock.timers.enable({ apis: ['Date'], now: Date.now() })

const WIDTHS = [60, 80, 100, 160] as const
const ROWS = 24

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
  const frame = stripVTControlCharacters(app.lastFrame() ?? '')
  app.unmount()
  return `${frame
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`
}

const folder = join(packageRoot(), 'docs', 'console')
const check = process.argv.includes('--check')
await mkdir(folder, { recursive: true })
for (const screen of SCREEN_IDS) {
  const frames = []
  for (const columns of WIDTHS)
    frames.push(`── ${screen}, ${columns} columns ${'─'.repeat(20)}\n\n${await draw(screen, columns)}`)
  const path = join(folder, `${screen}.txt`)
  const text = frames.join('\n')
  if (!check) await writeFile(path, text)
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is stale: run npm run console:frames\n`)
    process.exitCode = 1
  }
}
process.exit()
