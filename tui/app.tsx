import { Box, Text, useWindowSize } from 'ink'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { GatehouseClient } from '#sdk/client/client.js'
import { suggestions } from './command-line.rules.js'
import { matches, type RowAction, type Screen } from './screen.js'
import { SCREENS } from './screens/index.js'
import { initialState, reduce, SCREEN_IDS, type State } from './state.js'
import { useCommand } from './use-command.js'
import { readingOf, useKeys } from './use-keys.js'
import { useRows, type Loaded } from './use-rows.js'
import { useSignIn, type SignInHere, type SigningIn } from './use-sign-in.js'
import { useWho, withNames } from './use-who.js'
import { ago, footer, tabBar } from './view/layout.rules.js'
import { List } from './view/list.js'
import { Ask, Pager } from './view/panels.js'
import { bodyHeight, linesRead } from './view/reading.rules.js'
import { SignInPanel } from './view/sign-in.js'

interface AppProps {
  readonly client: GatehouseClient
  /** Whether actions may be taken; reading is the default. */
  readonly canAct: boolean
  /** Size of the terminal in columns and rows; the real one where absent. */
  readonly size?: { readonly columns: number; readonly rows: number }
  readonly interactive: boolean
  /** How somebody signs in from here; null where a key was named, which signing in would not replace. */
  readonly signIn?: SignInHere | null
}

/** The rows, held still while one of them is read or acted on: what arrives then must not take its place. */
const useHeld = ({ mode }: State, rows: readonly unknown[]): readonly unknown[] => {
  const held = useRef(rows)
  if (mode.kind !== 'detail' && mode.kind !== 'question' && mode.kind !== 'palette') held.current = rows
  return held.current
}

/** The console: one generic view over screens that are data. */
export const App = ({ client: plain, canAct, size, interactive, signIn = null }: AppProps) => {
  const terminal = useWindowSize()
  const { columns, rows: height } = size ?? terminal
  const [state, dispatch] = useReducer(reduce, initialState)
  const loading = SCREENS[state.screen] as Screen<unknown>
  const reloading = useRef<() => void>(() => undefined)
  const signedIn = useCallback((name: string) => {
    dispatch({ kind: 'tell', text: `Signed in as ${name}` })
    reloading.current()
  }, [])
  const door = useSignIn({ here: signIn, client: plain, signedIn })
  const { client } = door
  const who = useWho(client, door.state.kind === 'in')
  const screen = useMemo(() => withNames(loading, who), [loading, who])
  const [loaded, reload] = useRows(loading, client)
  reloading.current = reload
  const rows = useHeld(
    state,
    loaded.rows.filter((row) => matches(screen, row, state.filter)),
  )
  const command = useCommand({ client, canAct, interactive, state, dispatch, reload })
  const body = bodyHeight(height)
  const row = rows[state.cursor]
  const lines = linesRead({ state, screen, row, ran: command.ran, canAct, width: columns })
  const page = lines && { lines: lines.length, height: body }
  useKeys({ state, dispatch, screen, rows, canAct, interactive, client, reload, page, command, door })
  return (
    <Box flexDirection="column" width={columns} height={height - 1}>
      <Header state={state} width={columns} />
      {door.state.kind === 'in' ? (
        <Body state={state} screen={screen} rows={rows} loaded={loaded} width={columns} height={body} lines={lines} />
      ) : (
        <SignInPanel state={door.state} height={body} />
      )}
      <Footer
        state={state}
        screen={screen}
        row={row}
        width={columns}
        loaded={loaded}
        canAct={canAct}
        count={rows.length}
        signingIn={door.state.kind}
        reading={page && `lines ${state.top + 1}–${Math.min(state.top + body, page.lines)} of ${page.lines}`}
      />
    </Box>
  )
}

const NAME = 'Gatehouse '
const TITLES = SCREEN_IDS.map((id) => SCREENS[id].title)

const Header = ({ state, width }: { state: State; width: number }) => {
  const selected = SCREEN_IDS.indexOf(state.screen)
  return (
    <Text wrap="truncate">
      <Text bold>{NAME}</Text>
      {tabBar(TITLES, selected, width - NAME.length).map(({ text, index }) => (
        <Text key={`${index} ${text}`} inverse={index === selected}>
          {text}
        </Text>
      ))}
    </Text>
  )
}

/** Ticks by itself, so that what has grown old is seen to be old. */
const Updated = ({ at }: { at: number | null }) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return <Text>{at === null ? 'loading' : `updated ${ago(at, Math.max(now, at))}`}</Text>
}

interface BodyProps {
  readonly state: State
  readonly screen: Screen<unknown>
  readonly rows: readonly unknown[]
  readonly loaded: Loaded<unknown>
  readonly width: number
  readonly height: number
  readonly lines: readonly string[] | null
}

const Body = ({ state, screen, rows, loaded, width, height, lines }: BodyProps) => {
  if (state.mode.kind === 'question') return <Ask question={state.mode.question} height={height} />
  if (lines) return <Pager lines={lines} top={state.top} height={height} />
  return (
    <List
      screen={screen}
      rows={rows}
      cursor={state.cursor}
      width={width}
      height={height}
      filtered={rows.length < loaded.rows.length}
      stale={loaded.failure !== null}
    />
  )
}

interface FooterProps {
  readonly state: State
  readonly screen: Screen<unknown>
  readonly row: unknown
  readonly width: number
  readonly loaded: Loaded<unknown>
  readonly canAct: boolean
  readonly count: number
  readonly signingIn: SigningIn['kind']
  /** Which part of what is read is on screen; null where nothing is read. */
  readonly reading: string | null
}

const AT_THE_DOOR = { out: 'enter sign in   q quit', waiting: 'esc stop waiting   q quit' } as const

const Footer = ({ state, screen, row, width, loaded, canAct, count, signingIn, reading }: FooterProps) => (
  <Box flexDirection="column">
    <Text wrap="truncate" dimColor>
      {`${count} ${count === 1 ? 'row' : 'rows'} · `}
      <Updated at={loaded.at} />
    </Text>
    <Text wrap="truncate" color={loaded.failure && signingIn === 'in' ? 'yellow' : 'cyan'}>
      {loaded.failure && signingIn === 'in'
        ? `! ${loaded.failure}`
        : (state.notice ?? reading ?? prompt(state, screen, row))}
    </Text>
    <Text wrap="truncate" dimColor>
      {signingIn === 'in' ? keysHere({ screen, row, canAct, width }) : AT_THE_DOOR[signingIn]}
    </Text>
  </Box>
)

/** First what can be done to the row; why the rest can't is told where there is room, and by the help in any case. */
const keysHere = ({ screen, row, canAct, width }: Pick<FooterProps, 'screen' | 'row' | 'canAct' | 'width'>): string => {
  const actions = screen.actions.map((action) => ({
    text: `${action.key} ${action.title}`,
    not: hint(action, row, canAct),
  }))
  const shortcuts = (screen.commands?.shortcuts ?? []).filter(({ refused }) => !refused(row))
  const first = [
    ...actions.filter(({ not }) => not === '').map(({ text }) => text),
    ...['/ filter', ': go to, run'],
    ...shortcuts.map(({ key, title }) => `${key} ${title}`),
    ...actions.filter(({ not }) => not !== '').map(({ text, not }) => `${text}${not}`),
  ]
  return footer(first, ['? help', 'q quit'], width)
}

const hint = (action: RowAction<unknown>, row: unknown, canAct: boolean): string => {
  if (!canAct) return ' (read-only)'
  if (row === undefined) return ' (nothing is selected)'
  const refused = action.refused(row)
  return refused ? ` (${refused})` : ''
}

const prompt = ({ mode, filter }: State, screen: Screen<unknown>, row: unknown): string => {
  if (mode.kind === 'filter') return `/${filter}▏`
  if (mode.kind === 'palette') return `:${mode.text}▏${suggested(mode.text, screen, row)}`
  return filter ? `filter: ${filter}` : ' '
}

/** What the typed words begin, beside them. */
const suggested = (text: string, screen: Screen<unknown>, row: unknown): string => {
  const [first] = text.trim() === '' ? [] : suggestions(text, readingOf(screen, row))
  return first ? `   ${first.words} ${first.takes}` : ''
}
