import type { ExecutionRecording, RecordedBytes, RecordedStep } from '#contract/api/recordings.js'

/** Longer values are cut where people read them; `--json` has them whole. */
const MAX_VALUE = 2_000

const cut = (text: string): string => (text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}…`)
// What a guest wrote must not steer the terminal of whoever reads it.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g // oxlint-disable-line no-control-regex
const plain = (text: string): string => text.replaceAll(CONTROL, '\ufffd')
const inset = (text: string): string => plain(cut(text)).replaceAll('\n', '\n    ')

const bytesInWords = (bytes: RecordedBytes): string =>
  'text' in bytes ? bytes.text : `${Buffer.from(bytes.base64, 'base64').length} bytes that are no text`

const fieldsInWords = (fields: ExecutionRecording['request']['headers']): string[] =>
  fields.map(([name, value]) => `  ${plain(name)}: ${inset(value)}`)

const answerInWords = ({ answer, posted }: RecordedStep): string => {
  if (answer === null) return posted ? '(not waited for)' : '(none came)'
  if ('error' in answer) return `${answer.error.code}: ${inset(answer.error.message)}`
  return inset(JSON.stringify(answer.ok))
}

const decisionInWords = ({ decision, answer }: RecordedStep): string[] => {
  if (!decision)
    return [`  decision  none: ${answer && 'error' in answer ? 'refused before policy was asked' : 'not kept'}`]
  return [
    `  decision  ${decision.outcome.toUpperCase()} ${decision.id}`,
    ...decision.reasons.flatMap(({ id, message, remedy }) => [`    ${id}: ${message}`, `      Remedy: ${remedy}`]),
  ]
}

const stepInWords = (step: RecordedStep): string[] => [
  `  call      ${plain(step.name)}`,
  `  arguments ${inset(JSON.stringify(step.args))}`,
  ...decisionInWords(step),
  `  answer    ${answerInWords(step)}`,
]

const requestInWords = ({ request, now_ms, limits }: ExecutionRecording): string[] => [
  `  ${plain(request.method)} ${plain(request.path)}`,
  ...fieldsInWords(request.headers),
  `  body      ${inset(bytesInWords(request.body)) || '(empty)'}`,
  `  at        ${new Date(now_ms).toISOString()}, with ${limits.fuel} fuel and ${limits.host_calls} host calls`,
]

const resultInWords = ({ result }: ExecutionRecording): string[] => [
  `  outcome   ${result.outcome}${result.error === null ? '' : `: ${inset(result.error)}`}`,
  ...(result.response
    ? [`  status    ${result.response.status}`, ...fieldsInWords(result.response.headers)]
    : ['  (it gave no answer)']),
  ...(result.response ? [`  body      ${inset(bytesInWords(result.response.body)) || '(empty)'}`] : []),
  `  used      ${result.fuel} fuel, ${result.memory_bytes} bytes of memory, ${result.host_calls} host calls`,
]

/** How many places there are to stand at: the request, each host call, the result. */
export const placesOf = ({ steps }: ExecutionRecording): number => steps.length + 2

/** One place of a recorded execution: 0 is the request, the last one the result, each one between a host call. */
export const placeInWords = (recording: ExecutionRecording, place: number): string => {
  const last = placesOf(recording) - 1
  if (place === 0) return [`Request of execution ${recording.execution_id}`, ...requestInWords(recording)].join('\n')
  if (place >= last) return ['Result', ...resultInWords(recording)].join('\n')
  return [`Host call ${place} of ${last - 1}`, ...stepInWords(recording.steps[place - 1]!)].join('\n')
}

/** Where a key leads from a place: n, space and → on, p and ← back, e to the end, b to the beginning; null for leaving. */
export const placeAfter = (key: string, place: number, places: number): number | null => {
  if (['q', 'escape', 'ctrl-c'].includes(key)) return null
  if (['n', 'right', 'space', 'return', 'j'].includes(key)) return Math.min(place + 1, places - 1)
  if (['p', 'left', 'k'].includes(key)) return Math.max(place - 1, 0)
  if (['e', 'end', 'G'].includes(key)) return places - 1
  return ['b', 'home', 'g'].includes(key) ? 0 : place
}

/** What the keys do, in one line. */
export const KEYS = 'n next   p back   e end   b beginning   q quit'
