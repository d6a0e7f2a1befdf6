import { describe, expect, it } from '@jest/globals'
import { ago, cut, fit, line, tabBar, window } from './layout.rules.js'

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

  it('shortens tabs and then scrolls them, so that the selected one is always seen whole', () => {
    const titles = ['One', 'Two of them', 'Three', 'Four and more']
    const bar = (selected: number, width: number) =>
      tabBar(titles, selected, width)
        .map(({ text }) => text)
        .join('|')
    expect(bar(0, 40)).toBe(' One | Two of them | Three | Four and more ')
    expect(bar(0, 39)).toBe(' One | Two | Three | Four ')
    expect(bar(1, 36)).toBe(' One | Two of them | Three | Four ')
    expect(bar(1, 20)).toBe(' One | Two | Three |›')
    expect(bar(3, 15)).toBe('‹| Three | Four ')
    expect(bar(2, 9)).toBe('‹| Three |›')
    for (const width of [1, 5, 12, 23, 31, 44])
      for (const selected of titles.keys())
        expect(tabBar(titles, selected, width).some(({ index }) => index === selected)).toBe(true)
  })
})
