import type { Manifest } from '#contract/manifest/index.js'
import type { ExecutionResult } from '#runtime/slots/job.js'
import type { LocalDecision } from '../local/gate.js'
import type { HostCall } from '../local/host.js'
import { placeOf, type DecidedOn } from './manifest-places.js'

const MAX_ARGUMENTS = 160
// What a guest wrote must not steer the terminal.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g // oxlint-disable-line no-control-regex

const bytesInWords = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : value

const argumentsInWords = (args: HostCall['args']): string => {
  const plain = Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, value instanceof Uint8Array ? `${value.length} bytes` : value]),
  )
  const text = JSON.stringify(plain, bytesInWords).replaceAll(CONTROL, '\ufffd')
  return text.length <= MAX_ARGUMENTS ? text : `${text.slice(0, MAX_ARGUMENTS)}…`
}

/** Why something was refused: each reason, its remedy, which entry to change, and how to ask again. */
export const refusalInWords = ({ id, reasons, input }: LocalDecision, manifest: Manifest): string[] => [
  ...reasons.flatMap(({ id: reason, message, remedy }) => {
    const place = placeOf(reason, { facts: input as DecidedOn, manifest })
    const change = place && (place.pointer === null ? place.words : `extension.json ${place.pointer}: ${place.words}`)
    return [`    ${reason}: ${message}`, `      Remedy: ${remedy}`, ...(change ? [`      Change: ${change}`] : [])]
  }),
  `      gatehouse ext why ${id}`,
]

/** One host call in a line, and below it why it was refused. */
export const callInWords = ({ name, args, decision, answer }: HostCall, manifest: Manifest): string => {
  const said = decision ? decision.outcome.toUpperCase() : 'NOT ASKED'
  const head = `  ${said.padEnd(5)} ${name} ${argumentsInWords(args)}`
  if (decision && decision.outcome !== 'allow') return [head, ...refusalInWords(decision, manifest)].join('\n')
  return 'error' in answer ? `${head}\n    ${answer.error.code}: ${answer.error.message}` : head
}

/** How a call ended and what it used. */
export const resultInWords = (
  { outcome, response, error, usage }: ExecutionResult,
  recording: string | null,
): string => {
  const end =
    outcome === 'ok'
      ? `${response?.status}`
      : `${outcome}${error === undefined ? '' : `: ${error.replaceAll(CONTROL, '\ufffd')}`}`
  return `  ${end}  ${usage.fuel} fuel, ${usage.host_calls} host calls, ${Math.round(usage.wall_ms)} ms${recording === null ? '' : `\n  gatehouse ext dev --replay ${recording}`}`
}
