import { stripVTControlCharacters } from 'node:util'
import { LIST_BINDINGS, READING_BINDINGS } from '../bindings.js'
import { asTyped } from '../command-line.rules.js'
import { KNOWN, standing, type Ran } from '../commands.js'
import type { Screen } from '../screen.js'
import type { State } from '../state.js'
import { fitTables } from './tables.rules.js'

/** What the console knows when it shows something to read. */
export interface Read {
  readonly state: State
  readonly screen: Screen<unknown>
  readonly row: unknown
  readonly ran: Ran | null
  readonly canAct: boolean
  readonly width: number
}

/** Where a line that is too long is broken: before a command in brackets that fits the next one, else between words. */
const breakAt = (signs: readonly string[], width: number): number => {
  const start = signs.slice(0, width + 1).join('')
  const command = start.lastIndexOf(' (:')
  if (command > 0 && signs.length - command <= width) return command
  const blank = start.lastIndexOf(' ')
  return blank > width / 2 ? blank : width
}

/** A line in as many as it takes, each after the first as far in as that one. */
const wrapped = (text: string, width: number): string[] => {
  const signs = [...stripVTControlCharacters(text).replaceAll('\t', '    ')]
  if (signs.length <= width) return [signs.join('')]
  const at = breakAt(signs, width)
  const indent = /^ */.exec(text)![0].slice(0, width / 4)
  const rest = signs.slice(at).join('').trimStart()
  return [signs.slice(0, at).join(''), ...wrapped(`${indent}${rest}`, width)]
}

const describedLines = (label: string, value: string | readonly string[]): string[] =>
  typeof value === 'string'
    ? [`${label.padEnd(14)} ${value.replaceAll(/\s+/g, ' ')}`]
    : [label, ...value.map((text) => `  ${text}`)]

const keyLine = (keys: string, title: string): string => `  ${keys.padEnd(12)} ${title}`

/** Keys and commands and what they do, from the bindings and the commands themselves. */
const helpLines = ({ screen, row, canAct }: Read): string[] => {
  const readOnly = canAct ? '' : ' (read-only: start with --act)'
  const family = screen.commands?.family
  const commands = family === undefined ? KNOWN : KNOWN.filter(({ words }) => words.startsWith(`${family} `))
  return [
    'Keys',
    ...screen.actions.map(({ key, title, refused }) => {
      const why = row === undefined ? null : refused(row)
      return keyLine(key, `${title}${readOnly}${canAct && why ? ` (${why})` : ''}`)
    }),
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

const outputLines = ({ ran, width }: Read): string[] => {
  if (ran === null) return []
  const said = stripVTControlCharacters(ran.text).replace(/\n$/, '').split('\n')
  return [`${standing(ran)}: ${ran.title}`, '', ...fitTables(said, width).map((text) => asTyped(text, KNOWN))]
}

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
          : screen.describe(row).flatMap(([label, value]) => describedLines(label, value))
      default:
        return null
    }
  })()
  return lines?.flatMap((line) => wrapped(line, width)) ?? null
}

/** How many lines of what is read are on screen, of so many rows of the terminal. */
export const bodyHeight = (terminalRows: number): number => Math.max(4, terminalRows - 6)
