import type { Column } from '../screen.js'

const GAP = 2

/** Cuts text to a width, ending in an ellipsis where something is missing. */
export const cut = (text: string, width: number): string => {
  const characters = [...text.replaceAll(/\s+/g, ' ')]
  if (characters.length <= width) return characters.join('')
  return width <= 1 ? '…'.slice(0, width) : `${characters.slice(0, width - 1).join('')}…`
}

/** The columns that fit a terminal, with their widths; what is left over goes to those that grow. */
export const fit = <Row>(
  columns: readonly Column<Row>[],
  terminal: number,
): readonly { readonly column: Column<Row>; readonly width: number }[] => {
  const shown = columns.filter(({ from }) => from === undefined || terminal >= from)
  const taken = shown.reduce((sum, { width }) => sum + width + GAP, 2)
  const growing = shown.filter(({ grow }) => grow).length
  const spare = growing === 0 ? 0 : Math.floor((terminal - taken) / growing)
  return shown.map((column) => ({ column, width: column.grow ? Math.max(4, column.width + spare) : column.width }))
}

/** One line of a table. */
export const line = (cells: readonly { readonly text: string; readonly width: number }[]): string =>
  cells.map(({ text, width }) => cut(text, width).padEnd(width)).join(' '.repeat(GAP))

/** What of a footer fits a width: the first as far as there is room, each whole, and `last` in any case. */
export const footer = (first: readonly string[], last: readonly string[], width: number): string => {
  const between = '   '
  const shown: string[] = []
  for (const text of first) if ([...shown, text, ...last].join(between).length <= width) shown.push(text)
  return [...shown, ...last].join(between)
}

/** The part of a list that is on screen, with the cursor in it. */
export const window = (
  rows: number,
  cursor: number,
  height: number,
): { readonly from: number; readonly to: number } => {
  const from = Math.max(0, Math.min(cursor - Math.floor(height / 2), rows - height))
  return { from, to: Math.min(rows, from + height) }
}

/** How long ago, in words. */
export const ago = (at: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`
}

/** A tab as it is drawn; `index` null: a sign that there are more. */
export interface Tab {
  readonly text: string
  readonly index: number | null
}

const padded = (title: string): string => ` ${title} `
const MORE = { before: '‹', after: '›' } as const

/** The tabs around the selected one that fit whole into so many columns, growing to the left first. */
const around = (texts: readonly string[], selected: number, width: number): { from: number; to: number } => {
  let [from, to, used] = [selected, selected + 1, texts[selected]?.length ?? 0]
  for (; from > 0 && used + texts[from - 1]!.length <= width; from--) used += texts[from - 1]!.length
  for (; to < texts.length && used + texts[to]!.length <= width; to++) used += texts[to]!.length
  return { from, to }
}

/**
 * The tabs in so many columns: with their titles where all fit, else by their first words but for the selected one, else
 * those around the selected one, with signs that there are more. The selected one is always seen, and none is cut in two
 * unless it is the only one.
 */
export const tabBar = (titles: readonly string[], selected: number, width: number): readonly Tab[] => {
  const short = titles.map((title) => title.split(' ', 1)[0]!)
  const forms = [titles, short.map((word, index) => (index === selected ? titles[index]! : word)), short]
  for (const form of forms) {
    const texts = form.map(padded)
    if (texts.join('').length <= width) return texts.map((text, index) => ({ text, index }))
  }
  const texts = short.map(padded)
  const { from, to } = around(texts, selected, width - MORE.before.length - MORE.after.length)
  return [
    ...(from > 0 ? [{ text: MORE.before, index: null }] : []),
    ...texts.slice(from, to).map((text, place) => ({ text, index: from + place })),
    ...(to < texts.length ? [{ text: MORE.after, index: null }] : []),
  ]
}
