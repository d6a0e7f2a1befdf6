import { useApp, useInput, type Key } from 'ink'
import type { GatehouseClient } from '#sdk/client/client.js'
import { LIST_BINDINGS, READING_BINDINGS } from './bindings.js'
import { completed, readLine, type Reading } from './command-line.rules.js'
import { KNOWN } from './commands.js'
import type { Screen } from './screen.js'
import { screenNamed } from './screens/index.js'
import { unanswered, type Event, type Question, type State } from './state.js'
import { OF_A_COMMAND } from './use-command.js'
import type { useSignIn } from './use-sign-in.js'

interface KeysProps {
  readonly state: State
  readonly dispatch: (event: Event) => void
  readonly screen: Screen<unknown>
  readonly rows: readonly unknown[]
  readonly canAct: boolean
  readonly interactive: boolean
  readonly client: GatehouseClient
  readonly reload: () => void
  /** Of what is read: how many lines there are and how many of them are on screen. Null where nothing is. */
  readonly page: { readonly lines: number; readonly height: number } | null
  /** Where it is not `in`, keys are about signing in. */
  readonly door: Pick<ReturnType<typeof useSignIn>, 'state' | 'begin' | 'leave'>
  readonly command: { readonly start: (args: readonly string[]) => void; readonly confirmed: () => void }
}

/** What a typed command is read against on this screen. */
export const readingOf = (screen: Screen<unknown>, row: unknown): Reading => ({
  ...{ known: KNOWN, family: screen.commands?.family },
  selected: row === undefined ? undefined : screen.rowKey(row),
})

/** Keys by mode: words go into the field that is open, everything else to the bindings. */
export const useKeys = (props: KeysProps): void => {
  const { exit } = useApp()
  useInput(
    (input, key) => {
      const { mode } = props.state
      if (props.door.state.kind !== 'in') return input === 'q' ? exit() : atTheDoor(props.door, key)
      if (mode.kind === 'filter' || mode.kind === 'palette' || mode.kind === 'question') return typed(props, input, key)
      if (input === 'q') return exit()
      if (input.length > 1 && !key.ctrl && !key.meta) return several(props, input, key)
      act(props, input, key)
    },
    { isActive: props.interactive },
  )
}

/** Enter signs in, escape stops waiting. */
const atTheDoor = ({ begin, leave }: KeysProps['door'], key: Key): void => {
  if (key.return) return begin()
  if (key.escape) leave()
}

/** What is pasted arrives at once; its line break neither becomes part of a word nor confirms anything. */
const firstLine = (pasted: string): string => pasted.split(/\p{Cc}/u, 1)[0] ?? ''

/**
 * What came in one piece, as over a slow line or by a program that types: a line after its `:` or `/`, or keys that turn.
 * A line break after it goes to a screen, which only reads; a command waits for enter.
 */
const several = (props: KeysProps, input: string, key: Key): void => {
  const { dispatch } = props
  const words = firstLine(input.slice(1))
  const ended = words.length + 1 < input.length
  if (input.startsWith(':')) {
    const name = ended ? screenNamed(words) : undefined
    return dispatch(name ? { kind: 'open_screen', screen: name } : { kind: 'enter_mode', mode: palette(words) })
  }
  if (input.startsWith('/')) {
    dispatch({ kind: 'enter_mode', mode: { kind: 'filter' } })
    dispatch({ kind: 'type', text: words })
    if (ended) dispatch({ kind: 'enter_mode', mode: { kind: 'list' } })
    return
  }
  if (/^[jk ]+$/.test(input)) for (const sign of input) act(props, sign, key)
}

const palette = (text: string): State['mode'] => ({ kind: 'palette', text })

const typed = (props: KeysProps, input: string, key: Key): void => {
  const { dispatch, state } = props
  if (key.escape) return dispatch({ kind: 'back' })
  if (key.backspace || key.delete) return dispatch({ kind: 'erase' })
  if (key.tab && state.mode.kind === 'palette') return complete(props, state.mode.text)
  if (key.tab) return dispatch({ kind: 'next_field' })
  if (key.return) return submitted(props, state)
  if (input && !key.ctrl && !key.meta) dispatch({ kind: 'type', text: firstLine(input) })
}

const submitted = (props: KeysProps, { mode }: State): void => {
  if (mode.kind === 'filter') return props.dispatch({ kind: 'enter_mode', mode: { kind: 'list' } })
  if (mode.kind === 'palette') return go(props, mode.text)
  if (mode.kind !== 'question') return
  if (unanswered(mode.question)) return props.dispatch({ kind: 'next_field' })
  if (mode.question.action === OF_A_COMMAND) return props.command.confirmed()
  carryOut(props, mode.question)
}

/** A word that begins the name of a screen goes there; any other line is a command. */
const go = ({ dispatch, screen, rows, state, command }: KeysProps, line: string): void => {
  const name = screenNamed(line)
  if (name) return dispatch({ kind: 'open_screen', screen: name })
  if (line.trim() === '') return dispatch({ kind: 'back' })
  const read = readLine(line, readingOf(screen, rows[state.cursor]))
  if ('fault' in read) return dispatch({ kind: 'notice', text: `! ${read.fault}` })
  command.start(read.args)
}

const complete = ({ dispatch, screen, rows, state }: KeysProps, text: string): void => {
  const whole = completed(text, readingOf(screen, rows[state.cursor]))
  dispatch({ kind: 'enter_mode', mode: palette(whole) })
}

const carryOut = ({ dispatch, screen, rows, state, client, reload }: KeysProps, question: Question): void => {
  const action = screen.actions.find(({ key }) => key === question.action)
  const row = rows[state.cursor]
  if (!action || row === undefined) return dispatch({ kind: 'notice', text: 'the row is gone' })
  action
    .act(client, row, question.reason ?? '')
    .then(
      (text) => dispatch({ kind: 'notice', text }),
      (error: unknown) => dispatch({ kind: 'notice', text: `! ${(error as Error).message}` }),
    )
    .finally(reload)
}

const act = (props: KeysProps, input: string, key: Key): void => {
  const { dispatch, screen, rows, state, canAct } = props
  if (turned(props, input, key)) return
  const row = rows[state.cursor]
  const shortcut = screen.commands?.shortcuts.find((candidate) => candidate.key === input)
  if (shortcut && state.mode.kind === 'list') {
    const refused = shortcut.refused(row)
    if (refused) return dispatch({ kind: 'tell', text: `! ${shortcut.title}: ${refused}` })
    if (!shortcut.line.endsWith(' ')) return go(props, shortcut.line)
    return dispatch({ kind: 'enter_mode', mode: palette(shortcut.line) })
  }
  const action = screen.actions.find((candidate) => candidate.key === input)
  if (action && state.mode.kind === 'list') {
    if (!canAct) return dispatch({ kind: 'notice', text: 'read-only: start with --act to act' })
    const refused = row === undefined ? 'nothing is selected' : action.refused(row)
    if (refused) return dispatch({ kind: 'tell', text: `! ${action.title}: ${refused}` })
    const question = { ...action.ask(row), action: action.key, field: 'reason' as const, reason: '', typed: '' }
    return dispatch({ kind: 'enter_mode', mode: { kind: 'question', question } })
  }
  const around = { rows: rows.length }
  const binding = LIST_BINDINGS.find((candidate) => candidate.matches(input, key))
  if (binding && !binding.disabled(around)) dispatch(binding.event(state, around))
}

/** Whether the key turned what is read. */
const turned = ({ dispatch, page }: KeysProps, input: string, key: Key): boolean => {
  if (!page) return false
  const binding = READING_BINDINGS.find((candidate) => candidate.matches(input, key))
  if (!binding) return false
  dispatch({ kind: 'scroll', by: binding.by(page), last: Math.max(0, page.lines - page.height) })
  return true
}
