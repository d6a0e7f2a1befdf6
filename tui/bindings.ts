import type { Key } from 'ink'
import { SCREEN_IDS, type Event, type State } from './state.js'

/** What a key needs to know besides the state. */
export interface Around {
  readonly rows: number
}

/** A key binding is data: help and cheatsheet are generated from it. */
export interface Binding {
  readonly keys: string
  readonly title: string
  readonly matches: (input: string, key: Key) => boolean
  /** Why it does nothing here; null where it does something. */
  readonly disabled: (around: Around) => string | null
  readonly event: (state: State, around: Around) => Event
}

const always = (): null => null
const needsRow = ({ rows }: Around): string | null => (rows > 0 ? null : 'nothing is selected')
const char = (wanted: string) => (input: string) => input === wanted

/** What the keys do while a list is shown. */
export const LIST_BINDINGS: readonly Binding[] = [
  {
    keys: 'j / ↓',
    title: 'next row',
    matches: (input, key) => input === 'j' || key.downArrow,
    disabled: needsRow,
    event: (_, { rows }) => ({ kind: 'move', by: 1, rows }),
  },
  {
    keys: 'k / ↑',
    title: 'previous row',
    matches: (input, key) => input === 'k' || key.upArrow,
    disabled: needsRow,
    event: (_, { rows }) => ({ kind: 'move', by: -1, rows }),
  },
  {
    keys: 'g',
    title: 'first row',
    matches: char('g'),
    disabled: needsRow,
    event: (_, { rows }) => ({ kind: 'jump', to: 'top', rows }),
  },
  {
    keys: 'G',
    title: 'last row',
    matches: char('G'),
    disabled: needsRow,
    event: (_, { rows }) => ({ kind: 'jump', to: 'bottom', rows }),
  },
  {
    keys: 'l / →',
    title: 'next screen',
    matches: (input, key) => input === 'l' || key.rightArrow,
    disabled: always,
    event: (state) => ({ kind: 'open_screen', screen: beside(state, 1) }),
  },
  {
    keys: 'h / ←',
    title: 'previous screen',
    matches: (input, key) => input === 'h' || key.leftArrow,
    disabled: always,
    event: (state) => ({ kind: 'open_screen', screen: beside(state, -1) }),
  },
  {
    keys: 'enter / d',
    title: 'open, describe',
    matches: (input, key) => input === 'd' || key.return,
    disabled: needsRow,
    event: () => ({ kind: 'enter_mode', mode: { kind: 'detail', as: 'text' } }),
  },
  {
    keys: 'y',
    title: 'show as JSON',
    matches: char('y'),
    disabled: needsRow,
    event: () => ({ kind: 'enter_mode', mode: { kind: 'detail', as: 'json' } }),
  },
  {
    keys: '/',
    title: 'filter',
    matches: char('/'),
    disabled: always,
    event: () => ({ kind: 'enter_mode', mode: { kind: 'filter' } }),
  },
  {
    keys: ':',
    title: 'go to a screen by name, or run a command',
    matches: char(':'),
    disabled: always,
    event: () => ({ kind: 'enter_mode', mode: { kind: 'palette', text: '' } }),
  },
  {
    keys: '?',
    title: 'help',
    matches: char('?'),
    disabled: always,
    event: () => ({ kind: 'enter_mode', mode: { kind: 'help' } }),
  },
  { keys: 'esc', title: 'back', matches: (_, key) => key.escape, disabled: always, event: () => ({ kind: 'back' }) },
]

/** How much is read at a time, in lines. */
interface Page {
  readonly lines: number
  readonly height: number
}

/** What the keys do while something is read that may be longer than the screen. */
export const READING_BINDINGS: readonly (Pick<Binding, 'keys' | 'title' | 'matches'> & {
  readonly by: (page: Page) => number
})[] = [
  {
    keys: 'j / ↓',
    title: 'next line, while reading',
    matches: (input, key) => input === 'j' || key.downArrow,
    by: () => 1,
  },
  {
    keys: 'k / ↑',
    title: 'previous line, while reading',
    matches: (input, key) => input === 'k' || key.upArrow,
    by: () => -1,
  },
  {
    keys: 'space',
    title: 'next page, while reading; b the one before',
    matches: (input, key) => input === ' ' || key.pageDown,
    by: ({ height }) => height,
  },
  {
    keys: 'b',
    title: 'page before',
    matches: (input, key) => input === 'b' || key.pageUp,
    by: ({ height }) => -height,
  },
  { keys: 'g', title: 'first line', matches: char('g'), by: ({ lines }) => -lines },
  { keys: 'G', title: 'last line', matches: char('G'), by: ({ lines }) => lines },
]

const beside = (state: State, step: number) => {
  const at = SCREEN_IDS.indexOf(state.screen)
  return SCREEN_IDS[(at + step + SCREEN_IDS.length) % SCREEN_IDS.length] ?? 'overview'
}
