import { existsSync, readFileSync } from 'node:fs'
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DecisionExplained } from '#contract/api/decisions.js'
import type { ExecutionRecording } from '#contract/api/recordings.js'
import { shownRecording } from '#runtime/recordings/shown-recording.rules.js'
import type { ExecutionResult, Job } from '#runtime/slots/job.js'
import type { LocalDecision } from '../local/gate.js'
import type { HostCall } from '../local/host.js'
import type { LocalRun } from '../local/stage.js'

/** Beside the extension; nobody but its author needs it. */
export const DEV_FOLDER = '.gatehouse-dev'
const DECISIONS = 'decisions.jsonl'
const KEPT_EXECUTIONS = 50

/** A decision of the local gate, as it is kept. Its facts are the author's own, so they are kept with it. */
const KeptDecision = DecisionExplained.pick({
  id: true,
  at: true,
  action: true,
  outcome: true,
  reasons: true,
}).extend({
  revision: z.string().nullable(),
  execution_id: z.string(),
  facts: z.json(),
})
type KeptDecision = z.infer<typeof KeptDecision>

const keptOf = ({ id, input, outcome, reasons, revision }: LocalDecision, executionId: string): KeptDecision => ({
  ...{ id, at: new Date(input.now).toISOString(), action: input.action, outcome, reasons: [...reasons], revision },
  execution_id: executionId,
  facts: input as never,
})

const recordingOf = (job: Job, made: readonly HostCall[], result: ExecutionResult): ExecutionRecording => {
  const decisions = new Map(
    made.map(({ name, args, answer, posted, decision }) => [{ name, args, answer: posted ? null : answer }, decision]),
  )
  return shownRecording({ job, calls: [...decisions.keys()], result }, (call) => {
    const decision = decisions.get(call)
    return decision ? { id: decision.id, outcome: decision.outcome, reasons: [...decision.reasons] } : null
  })
}

/** What is kept of a call. */
export const recordsOf = ({ executionId, decision, job, result, calls }: LocalRun) => ({
  decisions: [decision, ...calls.map((call) => call.decision)].flatMap((made) =>
    made ? keptOf(made, executionId) : [],
  ),
  recording: job && result && recordingOf(job, calls, result),
})

/** What one `ext dev` decided and ran: there for `ext why` and for stepping through, until the next one begins. */
export class DevRecords {
  private readonly executions: string[] = []

  private constructor(private readonly folder: string) {}

  /** Begins anew: what an earlier run kept goes. */
  static async begin(extension: string): Promise<DevRecords> {
    const folder = join(extension, DEV_FOLDER)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, '.gitignore'), '*\n')
    return new DevRecords(folder)
  }

  /** Keeps one call: its decisions, and how it went. The path of the recording. */
  async keep(decisions: readonly KeptDecision[], recording: ExecutionRecording | null): Promise<string | null> {
    await appendFile(join(this.folder, DECISIONS), decisions.map((one) => `${JSON.stringify(one)}\n`).join(''))
    if (!recording) return null
    const path = join(this.folder, `${recording.execution_id}.json`)
    await writeFile(path, `${JSON.stringify(recording)}\n`)
    this.executions.push(path)
    if (this.executions.length > KEPT_EXECUTIONS) await rm(this.executions.shift()!, { force: true })
    return path
  }
}

/** A decision of the local gate of this extension by its id; null where it made none. */
export const localDecision = (extension: string, id: string): KeptDecision | null => {
  const path = join(extension, DEV_FOLDER, DECISIONS)
  if (!existsSync(path)) return null
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`{"id":"${id}"`))
  return line === undefined ? null : KeptDecision.parse(JSON.parse(line))
}
