import { stripVTControlCharacters } from 'node:util'
import { LIST_BINDINGS, READING_BINDINGS } from '../bindings.js'
import { KNOWN, standing, type Ran } from '../commands.js'
import type { Screen } from '../screen.js'
import type { State } from '../state.js'

/** What the console knows when it shows something to read. */
export interface Read {
  readonly state: State
  readonly screen: Screen<unknown>
  readonly row: unknown
  readonly ran: Ran | null
  readonly canAct: boolean
  readonly width: number
}

const wrapped = (text: string, width: number): string[] => {
  const signs = [...stripVTControlCharacters(text).replaceAll('\t', '    ')]
  if (signs.length <= width) return [signs.join('')]
  return Array.from({ length: Math.ceil(signs.length / width) }, (_, at) =>
    signs.slice(at * width, (at + 1) * width).join(''),
  )
}

const keyLine = (keys: string, title: string): string => `  ${keys.padEnd(12)} ${title}`

/** Keys and commands and what they do, from the bindings and the commands themselves. */
const helpLines = ({ screen, row, canAct }: Read): string[] => {
  const readOnly = canAct ? '' : ' (read-only: start with --act)'
  const family = screen.commands?.family
  const commands = family === undefined ? KNOWN : KNOWN.filter(({ words }) => words.startsWith(`${family} `))
  return [
    'Keys',
    ...screen.actions.map(({ key, title }) => keyLine(key, `${title}${readOnly}`)),
    ...(screen.commands?.shortcuts ?? []).map(({ key, title, line, refused }) =>
      keyLine(key, `${title}  :${line}${refused(row) ? ` (${refused(row)})` : ''}`),
    ),
    ...[...LIST_BINDINGS, ...READING_BINDINGS].map(({ keys, title }) => keyLine(keys, title)),
    keyLine('q', 'quit'),
    '',
    'Commands, typed after : where . is the selected row, tab completes, and quotes keep words together',
    ...commands.flatMap(({ words, takes, description }) => [`  ${words} ${takes}`.trimEnd(), `      ${description}`]),
    ...(family === undefined ? [] : [`Here ${family} may be left out. Those of other families work too.`]),
  ]
}

const outputLines = ({ ran }: Read): string[] =>
  ran === null ? [] : [`${standing(ran.code)}: ${ran.title}`, '', ...ran.text.replace(/\n$/, '').split('\n')]

/** The lines of what is read in this mode, as wide as the terminal; null where it is none to read. */
export const linesRead = (read: Read): readonly string[] | null => {
  const { state, screen, row, width } = read
  const lines = ((): string[] | null => {
    switch (state.mode.kind) {
      case 'help':
        return helpLines(read)
      case 'output':
        return outputLines(read)
      case 'detail':
        if (row === undefined) return null
        return state.mode.as === 'json'
          ? JSON.stringify(row, null, 2).split('\n')
          : screen.describe(row).map(([label, value]) => `${label.padEnd(14)} ${value.replaceAll(/\s+/g, ' ')}`)
      default:
        return null
    }
  })()
  return lines?.flatMap((line) => wrapped(line, width)) ?? null
}

/** How many lines of what is read are on screen, of so many rows of the terminal. */
export const bodyHeight = (terminalRows: number): number => Math.max(4, terminalRows - 6)
