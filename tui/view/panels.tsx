import { Box, Text } from 'ink'
import { unanswered, type Question } from '../state.js'

/** A part of something to read: help, a row, or what a command says. */
export const Pager = ({
  lines,
  top,
  height,
}: {
  readonly lines: readonly string[]
  readonly top: number
  readonly height: number
}) => (
  <Box flexDirection="column" height={height}>
    {lines.slice(top, top + height).map((text, index) => (
      <Text key={index}>{text === '' ? ' ' : text}</Text>
    ))}
  </Box>
)

/** Asks before it acts: who is hit, why, and for what is dangerous the exact name. */
export const Ask = ({ question, height }: { readonly question: Question; readonly height: number }) => (
  <Box flexDirection="column" height={height}>
    <Text bold color="red">{`! ${question.title}`}</Text>
    {question.blastRadius.map((text, index) => (
      <Text key={index}>{`  ${text}`}</Text>
    ))}
    <Text> </Text>
    {question.reason !== null && (
      <Text>{`${question.field === 'reason' ? '>' : ' '} Reason: ${question.reason}${question.field === 'reason' ? '▏' : ''}`}</Text>
    )}
    {question.name !== null && (
      <Text>{`${question.field === 'name' ? '>' : ' '} Type ${question.name} to confirm: ${question.typed}${question.field === 'name' ? '▏' : ''}`}</Text>
    )}
    <Text dimColor>{unanswered(question) ?? 'enter: do it'}</Text>
    <Text dimColor>tab: next field esc: leave it</Text>
  </Box>
)
