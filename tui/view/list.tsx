import { Box, Text } from 'ink'
import type { Screen } from '../screen.js'
import { fit, line, window } from './layout.rules.js'

interface ListProps<Row> {
  readonly screen: Screen<Row>
  readonly rows: readonly Row[]
  readonly cursor: number
  readonly width: number
  readonly height: number
  /** Rows were left out by the filter. */
  readonly filtered: boolean
  /** Dimmed, because the service has not answered lately. */
  readonly stale: boolean
}

/** A list of rows; the selected one is marked by an arrow as well as by colour. */
export const List = <Row,>({ screen, rows, cursor, width, height, filtered, stale }: ListProps<Row>) => {
  const columns = fit(screen.columns, width)
  const { from, to } = window(rows.length, cursor, height - 1)
  return (
    <Box flexDirection="column" height={height}>
      <Text
        bold
      >{`  ${line(columns.map(({ column, width: columnWidth }) => ({ text: column.heading, width: columnWidth })))}`}</Text>
      {rows.length === 0 && <Text dimColor>{`  ${filtered ? 'No row fits the filter.' : screen.empty}`}</Text>}
      {rows.slice(from, to).map((row, index) => {
        const selected = from + index === cursor
        const cells = columns.map(({ column, width: columnWidth }) => ({ text: column.cell(row), width: columnWidth }))
        return (
          <Text key={screen.rowKey(row)} inverse={selected} dimColor={stale} wrap="truncate">
            {`${selected ? '>' : ' '} ${line(cells)}`}
          </Text>
        )
      })}
    </Box>
  )
}
