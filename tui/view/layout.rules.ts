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

/** The tabs from the first one with which the selected one still fits into so many columns. */
export const tabsInView = <Tab extends { readonly text: string }>(
  tabs: readonly Tab[],
  selected: number,
  width: number,
): readonly Tab[] => {
  let first = selected
  for (let used = tabs[selected]?.text.length ?? 0; first > 0; first--) {
    used += tabs[first - 1]!.text.length
    if (used > width) break
  }
  return tabs.slice(first)
}
