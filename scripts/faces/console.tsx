import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { render } from 'ink-testing-library'
import type { GatehouseClient } from '#sdk/client/client.js'
import { App } from '#tui/app.js'

const WITHIN_MS = 120_000
const LOOK_MS = 10
const SIZE = { columns: 400, rows: 60 }

/** What a person does at the console: select a row by what its line says, and press keys. */
export interface Typed {
  /** Screen to go to. */
  readonly screen: string
  /** Words in the line of the row to select; the first one where absent. */
  readonly row?: string
  /** The command after `:`. */
  readonly line: string
  /** What is typed where the console asks for a name. */
  readonly confirm?: string
}

/** What came of it: how the command ended, and everything that it showed. */
export interface Shown {
  readonly ended: string
  readonly text: string
}

/** A frame below the line that names every screen: words of those are no answer. */
const withoutScreens = (text: string): string => text.slice(text.indexOf('\n') + 1)

/** Types into a real console that speaks with a real service, and reads what it shows. */
export const atConsole = async (client: GatehouseClient, typed: Typed): Promise<Shown> => {
  const app = render(<App client={client} canAct interactive size={SIZE} />)
  const frame = (): string => stripVTControlCharacters(app.lastFrame() ?? '')
  const until = async (fits: (text: string) => boolean, what: string): Promise<string> => {
    const deadline = performance.now() + WITHIN_MS
    while (!fits(frame())) {
      if (performance.now() > deadline) throw new Error(`the console never showed ${what}:\n${frame()}`)
      await delay(LOOK_MS)
    }
    return frame()
  }
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      app.stdin.write(key)
      await delay(LOOK_MS)
    }
  }
  /** Everything of a panel that is longer than the screen, a page at a time. */
  const readOn = async (): Promise<string> => {
    const pages = [frame()]
    for (;;) {
      const [, last, all] = /lines \d+–(\d+) of (\d+)/.exec(pages.at(-1) ?? '') ?? []
      if (last === all) return pages.map(withoutScreens).join('\n')
      await press(' ')
      pages.push(await until((text) => text !== pages.at(-1) && /lines \d+–/.test(text), 'the next page'))
    }
  }
  try {
    await until((text) => /updated/.test(text), 'its first rows')
    await press(':', typed.screen, '\r')
    await until((text) => /updated/.test(text) && !/loading/.test(text), 'the rows of the screen')
    if (typed.row !== undefined) {
      await press('/', typed.row, '\r')
      await until(
        (text) => text.split('\n').some((line) => line.startsWith('> ') && line.includes(typed.row!)),
        typed.row,
      )
    }
    await press(':', typed.line, '\r')
    const ENDED = /^(✓ done|✗ refused, held or failed|! called wrongly): /m
    await until((text) => ENDED.test(text) || /^! /m.test(text), 'how the command ended, or a question')
    if (!ENDED.test(frame())) {
      if (typed.confirm === undefined) throw new Error(`the console said:\n${frame()}`)
      await press(typed.confirm, '\r')
      await until((text) => ENDED.test(text), 'how the command ended')
    }
    const text = await readOn()
    return { ended: ENDED.exec(text)?.[1] ?? '', text }
  } finally {
    app.unmount()
    app.cleanup()
  }
}
