import type { GatehouseClient } from '#sdk/client/client.js'
import type { Danger } from './dangers.js'
import type { ScreenId } from './state.js'

/** One column of a list: heading, the cell's text, and the least width it keeps. */
export interface Column<Row> {
  readonly heading: string
  readonly cell: (row: Row) => string
  readonly width: number
  /** Takes what is left of the line. */
  readonly grow?: true
  /** Left out below this many terminal columns. */
  readonly from?: number
}

/** Something that can be done to a row. It stays visible where it is not allowed, with the reason. */
export interface RowAction<Row> {
  readonly key: string
  readonly title: string
  /** Why it can't be done to this row; null where it can. */
  readonly refused: (row: Row) => string | null
  readonly ask: (row: Row) => Danger
  /** Does it, and says in one line what happened. */
  readonly act: (client: GatehouseClient, row: Row, reason: string) => Promise<string>
}

/** A key that types a command for the selected row, which the command names by `.`. */
export interface Shortcut<Row> {
  readonly key: string
  readonly title: string
  /** Why it makes no sense for this row, or without one; null where it does. */
  readonly refused: (row: Row | undefined) => string | null
  /** What is typed. A line that ends in a space waits for the rest of its words. */
  readonly line: string
}

/** A screen as data: what it loads, how a row looks, what can be done. One generic view draws them all. */
export interface Screen<Row> {
  readonly id: ScreenId
  readonly title: string
  /** What an empty list means, in words. */
  readonly empty: string
  readonly load: (client: GatehouseClient) => Promise<readonly Row[]>
  /** Tells rows apart; in a command, `.` stands for that of the selected row. */
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** Facts with their labels; a text of several lines is a list of them. */
  readonly describe: (row: Row) => readonly (readonly [label: string, value: string | readonly string[]])[]
  readonly actions: readonly RowAction<Row>[]
  /** The family of commands, such as `policy` or `policy tenant`, that may be typed without its name here, and keys for the usual ones. */
  readonly commands?: { readonly family: string; readonly shortcuts: readonly Shortcut<Row>[] }
}

/** Whether a row shows up under a filter: any cell contains it, in whatever case. */
export const matches = <Row>(screen: Screen<Row>, row: Row, filter: string): boolean =>
  filter === '' || screen.columns.some((column) => column.cell(row).toLowerCase().includes(filter.toLowerCase()))
