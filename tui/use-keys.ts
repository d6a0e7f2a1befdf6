import { useApp, useInput, type Key } from 'ink'
import type { GatehouseClient } from '#sdk/client/client.js'
import { LIST_BINDINGS } from './bindings.js'
import type { Screen } from './screen.js'
import { screenNamed } from './screens/index.js'
import { unanswered, type Event, type Question, type State } from './state.js'

interface KeysProps {
  readonly state: State
  readonly dispatch: (event: Event) => void
  readonly screen: Screen<unknown>
  readonly rows: readonly unknown[]
  readonly canAct: boolean
  readonly interactive: boolean
  readonly client: GatehouseClient
  readonly reload: () => void
}

/** Keys by mode: words go into the field that is open, everything else to the bindings. */
export const useKeys = (props: KeysProps): void => {
  const { exit } = useApp()
  useInput(
    (input, key) => {
      const { mode } = props.state
      if (mode.kind === 'filter' || mode.kind === 'palette' || mode.kind === 'question') return typed(props, input, key)
      if (input === 'q') return exit()
      act(props, input, key)
    },
    { isActive: props.interactive },
  )
}

/** What is pasted arrives at once; its line break neither becomes part of a word nor confirms anything. */
const firstLine = (pasted: string): string => pasted.split(/\p{Cc}/u, 1)[0] ?? ''

const typed = (props: KeysProps, input: string, key: Key): void => {
  const { dispatch, state } = props
  if (key.escape) return dispatch({ kind: 'back' })
  if (key.backspace || key.delete) return dispatch({ kind: 'erase' })
  if (key.tab) return dispatch({ kind: 'next_field' })
  if (key.return) return submitted(props, state)
  if (input && !key.ctrl && !key.meta) dispatch({ kind: 'type', text: firstLine(input) })
}

const submitted = (props: KeysProps, { mode }: State): void => {
  if (mode.kind === 'filter') return props.dispatch({ kind: 'enter_mode', mode: { kind: 'list' } })
  if (mode.kind === 'palette') {
    const screen = screenNamed(mode.text)
    return props.dispatch(
      screen ? { kind: 'open_screen', screen } : { kind: 'notice', text: `no screen is called ${mode.text}` },
    )
  }
  if (mode.kind !== 'question') return
  if (unanswered(mode.question)) return props.dispatch({ kind: 'next_field' })
  carryOut(props, mode.question)
}

const carryOut = ({ dispatch, screen, rows, state, client, reload }: KeysProps, question: Question): void => {
  const action = screen.actions.find(({ key }) => key === question.action)
  const row = rows[state.cursor]
  if (!action || row === undefined) return dispatch({ kind: 'notice', text: 'the row is gone' })
  action
    .act(client, row, question.reason)
    .then(
      (text) => dispatch({ kind: 'notice', text }),
      (error: unknown) => dispatch({ kind: 'notice', text: `! ${(error as Error).message}` }),
    )
    .finally(reload)
}

const act = ({ dispatch, screen, rows, state, canAct }: KeysProps, input: string, key: Key): void => {
  const row = rows[state.cursor]
  const action = screen.actions.find((candidate) => candidate.key === input)
  if (action && state.mode.kind === 'list') {
    if (!canAct) return dispatch({ kind: 'notice', text: 'read-only: start with --act to act' })
    if (row === undefined || action.refused(row)) return
    const question = { ...action.ask(row), action: action.key, field: 'reason' as const, reason: '', typed: '' }
    return dispatch({ kind: 'enter_mode', mode: { kind: 'question', question } })
  }
  const around = { rows: rows.length }
  const binding = LIST_BINDINGS.find((candidate) => candidate.matches(input, key))
  if (binding && !binding.disabled(around)) dispatch(binding.event(state, around))
}
