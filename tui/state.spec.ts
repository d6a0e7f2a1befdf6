import { describe, expect, it } from '@jest/globals'
import { initialState, reduce, unanswered, type Event, type Question, type State } from './state.js'

const after = (...events: Event[]): State => events.reduce(reduce, initialState)
const question: Question = {
  action: 'kill',
  title: 'Stop it',
  blastRadius: [],
  name: 'acme',
  field: 'reason',
  reason: '',
  typed: '',
}

describe('the console', () => {
  it('keeps the cursor on a row', () => {
    expect(after({ kind: 'move', by: 5, rows: 3 }).cursor).toBe(2)
    expect(after({ kind: 'move', by: -1, rows: 3 }).cursor).toBe(0)
    expect(after({ kind: 'move', by: 1, rows: 0 }).cursor).toBe(0)
    expect(after({ kind: 'jump', to: 'bottom', rows: 9 }).cursor).toBe(8)
  })

  it('types into the filter, erases whole characters, and esc clears it', () => {
    const filtering = after(
      { kind: 'enter_mode', mode: { kind: 'filter' } },
      { kind: 'type', text: 'a𝒃' },
      { kind: 'erase' },
    )
    expect(filtering.filter).toBe('a')
    expect(reduce(filtering, { kind: 'back' })).toMatchObject({ filter: '', mode: { kind: 'list' } })
  })

  it('goes back one level at a time', () => {
    const deep = after({ kind: 'open_screen', screen: 'kills' }, { kind: 'enter_mode', mode: { kind: 'help' } })
    const list = reduce(deep, { kind: 'back' })
    expect(list).toMatchObject({ screen: 'kills', mode: { kind: 'list' } })
    expect(reduce(list, { kind: 'back' }).screen).toBe('overview')
  })

  it('wants a reason, and the exact name where something is dangerous', () => {
    expect(unanswered(question)).toBe('a reason of three letters or more is needed')
    expect(unanswered({ ...question, reason: 'leak', typed: 'Acme' })).toBe('type acme exactly')
    expect(unanswered({ ...question, reason: 'leak', typed: 'acme' })).toBeNull()
    expect(unanswered({ ...question, reason: 'fine', name: null })).toBeNull()
  })

  it('types into the field that has the focus', () => {
    const asked = after(
      { kind: 'enter_mode', mode: { kind: 'question', question } },
      { kind: 'type', text: 'leak' },
      { kind: 'next_field' },
      { kind: 'type', text: 'acme' },
    )
    expect(asked.mode).toMatchObject({ question: { reason: 'leak', typed: 'acme' } })
  })
})
