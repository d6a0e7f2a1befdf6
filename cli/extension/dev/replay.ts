import { existsSync, readFileSync } from 'node:fs'
import { ExecutionRecording } from '#contract/api/recordings.js'
import { Uuid } from '#contract/primitives.js'
import type { Cli } from '../../command.js'
import { UsageError } from '../../usage-error.js'
import { placeInWords, placesOf } from './steps.js'
import { stepThrough } from './step-through.js'

const fromFile = (path: string): ExecutionRecording => {
  const parsed = ExecutionRecording.safeParse(parsedJson(path))
  if (parsed.success) return parsed.data
  const words = parsed.error.issues.map((issue) => `  /${issue.path.join('/')}: ${issue.message}`).slice(0, 5)
  throw new UsageError(`--replay ${path} is no recording of an execution:\n${words.join('\n')}`)
}

const parsedJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (error) {
    throw new UsageError(`--replay ${path} cannot be read: ${(error as Error).message}`)
  }
}

/** A recorded execution: of a file, or of the service by its id. Raises `UsageError` and the service's refusals. */
const recordingOf = async (cli: Cli, wanted: string): Promise<ExecutionRecording> => {
  if (existsSync(wanted)) return fromFile(wanted)
  if (!Uuid.safeParse(wanted).success)
    throw new UsageError(`--replay ${wanted} is neither a file nor the id of an execution (gatehouse execution list)`)
  return ExecutionRecording.parse(await cli.client.get('executions.recording', { params: { id: wanted } }))
}

/** Steps through a recorded execution: with keys at a terminal, at once elsewhere, as it is with `--json`. */
export const replay = async (cli: Cli, wanted: string): Promise<void> => {
  const recording = await recordingOf(cli, wanted)
  const { output, surroundings } = cli
  if (!output.json && surroundings.terminal())
    return surroundings.lend(() => stepThrough(recording, process.stdin, surroundings.answer))
  output.result(recording, () =>
    Array.from({ length: placesOf(recording) }, (_, place) => placeInWords(recording, place)).join('\n\n'),
  )
}
