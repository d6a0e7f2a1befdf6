import { describe, expect, it } from '@jest/globals'
import { ago, cut, fit, line, window } from './layout.rules.js'

describe('layout', () => {
  it('cuts text by characters and folds white space', () => {
    expect(cut('a\n b', 9)).toBe('a b')
    expect(cut('abcdef', 4)).toBe('abc…')
    expect(cut('😀😀😀', 2)).toBe('😀…')
  })

  it('drops columns that do not fit and lets one grow', () => {
    const columns = [
      { heading: 'a', cell: String, width: 10 },
      { heading: 'b', cell: String, width: 10, grow: true as const },
      { heading: 'c', cell: String, width: 10, from: 100 },
    ]
    expect(fit(columns, 60).map(({ width }) => width)).toEqual([10, 44])
    expect(fit(columns, 100)).toHaveLength(3)
    expect(
      line([
        { text: 'ab', width: 3 },
        { text: 'toolong', width: 4 },
      ]),
    ).toBe('ab   too…')
  })

  it('keeps the cursor in the window', () => {
    expect(window(100, 0, 10)).toEqual({ from: 0, to: 10 })
    expect(window(100, 50, 10)).toEqual({ from: 45, to: 55 })
    expect(window(100, 99, 10)).toEqual({ from: 90, to: 100 })
    expect(window(3, 2, 10)).toEqual({ from: 0, to: 3 })
  })

  it('says how long ago', () => {
    expect(ago(0, 3_400)).toBe('3 s ago')
    expect(ago(0, 125_000)).toBe('2 min ago')
  })
})
