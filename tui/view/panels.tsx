import { Box, Text } from 'ink'
import { LIST_BINDINGS } from '../bindings.js'
import type { Screen } from '../screen.js'
import { unanswered, type Question } from '../state.js'
import { cut } from './layout.rules.js'

interface DetailProps<Row> {
  readonly screen: Screen<Row>
  readonly row: Row
  readonly as: 'text' | 'json'
  readonly width: number
  readonly height: number
}

/** Everything about one row, in words or as JSON. */
export const Detail = <Row,>({ screen, row, as, width, height }: DetailProps<Row>) => {
  const lines =
    as === 'json'
      ? JSON.stringify(row, null, 2).split('\n')
      : screen.describe(row).map(([label, value]) => `${label.padEnd(14)} ${value}`)
  return (
    <Box flexDirection="column" height={height}>
      {lines.slice(0, height).map((text, index) => (
        <Text key={index}>{cut(text, width)}</Text>
      ))}
    </Box>
  )
}

/** Keys and what they do, from the bindings themselves. */
export const Help = <Row,>({
  screen,
  height,
  canAct,
}: {
  readonly screen: Screen<Row>
  readonly height: number
  readonly canAct: boolean
}) => (
  <Box flexDirection="column" height={height}>
    <Text bold>Keys</Text>
    {LIST_BINDINGS.map(({ keys, title }) => (
      <Text key={keys}>{`  ${keys.padEnd(12)} ${title}`}</Text>
    ))}
    {screen.actions.map(({ key, title }) => (
      <Text
        key={key}
        dimColor={!canAct}
      >{`  ${key.padEnd(12)} ${title}${canAct ? '' : ' (read-only: start with --act)'}`}</Text>
    ))}
    <Text>{`  ${'q'.padEnd(12)} quit`}</Text>
  </Box>
)

/** Asks before it acts: who is hit, why, and for what is dangerous the exact name. */
export const Ask = ({ question, height }: { readonly question: Question; readonly height: number }) => (
  <Box flexDirection="column" height={height}>
    <Text bold color="red">{`! ${question.title}`}</Text>
    {question.blastRadius.map((text) => (
      <Text key={text}>{`  ${text}`}</Text>
    ))}
    <Text> </Text>
    <Text>{`${question.field === 'reason' ? '>' : ' '} Reason: ${question.reason}${question.field === 'reason' ? '▏' : ''}`}</Text>
    {question.name !== null && (
      <Text>{`${question.field === 'name' ? '>' : ' '} Type ${question.name} to confirm: ${question.typed}${question.field === 'name' ? '▏' : ''}`}</Text>
    )}
    <Text dimColor>{unanswered(question) ?? 'enter: do it'}</Text>
    <Text dimColor>tab: next field esc: leave it</Text>
  </Box>
)
