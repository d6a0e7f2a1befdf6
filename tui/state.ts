/** The console's state and every change of it: pure, so that what a key does can be tested without a terminal. */

export const SCREEN_IDS = [
  ...(['overview', 'extensions', 'decisions', 'waiting', 'policy', 'waivers', 'restrictions'] as const),
  ...(['lists', 'limits', 'roles', 'people', 'workspaces', 'groups', 'sync', 'brakes'] as const),
  ...(['sessions', 'accounts', 'kills'] as const),
] as const
export type ScreenId = (typeof SCREEN_IDS)[number]

/** Something that asks for words before it acts: a reason, and for what is dangerous the exact name of its target. */
export interface Question {
  readonly action: string
  readonly title: string
  /** What will happen, and to whom. */
  readonly blastRadius: readonly string[]
  /** The name that must be typed exactly; null where a reason is enough. */
  readonly name: string | null
  readonly field: 'reason' | 'name'
  /** Null where none is asked for. */
  readonly reason: string | null
  readonly typed: string
}

export type Mode =
  | { readonly kind: 'list' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'palette'; readonly text: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'detail'; readonly as: 'text' | 'json' }
  | { readonly kind: 'question'; readonly question: Question }
  /** What the command of this number says. */
  | { readonly kind: 'output'; readonly run: number }

export interface State {
  readonly screen: ScreenId
  readonly cursor: number
  readonly filter: string
  readonly mode: Mode
  /** First line of what is read: help, a row, or what a command says. */
  readonly top: number
  /** Outcome of the last action, until the next key. */
  readonly notice: string | null
}

export type Event =
  | { readonly kind: 'open_screen'; readonly screen: ScreenId }
  | { readonly kind: 'move'; readonly by: number; readonly rows: number }
  | { readonly kind: 'jump'; readonly to: 'top' | 'bottom'; readonly rows: number }
  | { readonly kind: 'enter_mode'; readonly mode: Mode }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'erase' }
  | { readonly kind: 'next_field' }
  | { readonly kind: 'back' }
  /** The outcome of an action that was asked for in a mode of its own, which ends. */
  | { readonly kind: 'notice'; readonly text: string }
  /** News that takes nobody out of what they are doing. */
  | { readonly kind: 'tell'; readonly text: string }
  /** Turns what is read by some lines; `last` is the first line of its last page. */
  | { readonly kind: 'scroll'; readonly by: number; readonly last: number }

/** How the console opens. */
export const initialState: State = {
  screen: 'overview',
  cursor: 0,
  filter: '',
  mode: { kind: 'list' },
  top: 0,
  notice: null,
}

const clamp = (value: number, rows: number): number => Math.max(0, Math.min(value, rows - 1))

const edit = (state: State, change: (text: string) => string): State => {
  const { mode } = state
  switch (mode.kind) {
    case 'filter':
      return { ...state, filter: change(state.filter), cursor: 0 }
    case 'palette':
      return { ...state, mode: { ...mode, text: change(mode.text) } }
    case 'question': {
      const { question } = mode
      const field =
        question.field === 'reason' ? { reason: change(question.reason ?? '') } : { typed: change(question.typed) }
      return { ...state, mode: { ...mode, question: { ...question, ...field } } }
    }
    default:
      return state
  }
}

/** Back out one level: out of a mode first, then out of the filter, then to the overview. */
const back = (state: State): State => {
  if (state.mode.kind === 'filter') return { ...state, mode: { kind: 'list' }, filter: '', cursor: 0 }
  if (state.mode.kind !== 'list') return { ...state, mode: { kind: 'list' } }
  if (state.filter) return { ...state, filter: '', cursor: 0 }
  return { ...state, screen: 'overview', cursor: 0 }
}

/** The state after an event. */
export const reduce = (state: State, event: Event): State => {
  switch (event.kind) {
    case 'open_screen':
      return { ...initialState, screen: event.screen }
    case 'move':
      return { ...state, cursor: clamp(state.cursor + event.by, event.rows), notice: null }
    case 'jump':
      return { ...state, cursor: event.to === 'top' ? 0 : clamp(event.rows, event.rows), notice: null }
    case 'enter_mode':
      return { ...state, mode: event.mode, top: 0, notice: null }
    case 'type':
      return edit(state, (text) => text + event.text)
    case 'erase':
      return edit(state, (text) => [...text].slice(0, -1).join(''))
    case 'next_field':
      if (state.mode.kind !== 'question') return state
      return { ...state, mode: { ...state.mode, question: { ...state.mode.question, field: 'name' } } }
    case 'back':
      return { ...back(state), notice: null }
    case 'notice':
      return { ...state, notice: event.text, mode: { kind: 'list' } }
    case 'tell':
      return { ...state, notice: event.text }
    case 'scroll':
      return { ...state, top: Math.max(0, Math.min(state.top + event.by, event.last)), notice: null }
  }
}

/** Why a question can't be sent yet; null once it can. */
export const unanswered = ({ reason, typed, name }: Question): string | null => {
  if (reason !== null && reason.trim().length < 3) return 'a reason of three letters or more is needed'
  if (name !== null && typed !== name) return `type ${name} exactly`
  return null
}
