import { faultOf, type CheckReport, type StageOutcome, type StageReport } from './finding.js'
import { OpaEnded, OpaRefused } from './opa.js'
import { opaFaults } from './opa-errors.js'

/** Stages by name, in their order, over whatever they work on. */
export type Stages<Subject> = Readonly<Record<string, (subject: Subject) => Promise<StageOutcome>>>

export interface RunOptions {
  /** Told when a stage begins and how it ended. */
  readonly onStage?: ((name: string, state: 'running' | StageReport['state']) => void) | undefined
  /** Gives the run up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Runs stages; the first that finds something stops the rest. */
export async function runStages<Subject>(
  stages: Stages<Subject>,
  subject: Subject,
  { onStage, signal }: RunOptions,
): Promise<Pick<CheckReport, 'ok' | 'stages'>> {
  const reports: StageReport[] = []
  for (const [name, stage] of Object.entries(stages)) {
    signal?.throwIfAborted()
    const failed = reports.find(({ state }) => state === 'failed')
    if (!failed) onStage?.(name, 'running')
    const report = failed ? notReached(name, failed.name) : await runStage(name, () => stage(subject))
    onStage?.(name, report.state)
    reports.push(report)
  }
  return { ok: reports.every(({ state }) => state !== 'failed'), stages: reports }
}

const notReached = (name: string, failed: string): StageReport => ({
  name,
  state: 'not_run',
  detail: `not reached: ${failed} failed`,
  findings: [],
  ms: 0,
})

async function runStage(name: string, stage: () => Promise<StageOutcome>): Promise<StageReport> {
  const begun = performance.now()
  const { faults, detail = '', notRun } = await outcomeOf(stage)
  const state = notRun ? 'not_run' : faults.length === 0 ? 'passed' : 'failed'
  const findings = faults.map((fault) => ({ stage: name, ...fault }))
  return { name, state, detail, findings, ms: Math.round(performance.now() - begun) }
}

/** That opa refused or was ended is what the stage found; anything else is no verdict and passes on as an error. */
async function outcomeOf(stage: () => Promise<StageOutcome>): Promise<StageOutcome> {
  try {
    return await stage()
  } catch (error) {
    if (error instanceof OpaRefused) return { faults: opaFaults(error.output) }
    if (!(error instanceof OpaEnded)) throw error
    const remedy = 'take out what is unbounded, such as a comprehension inside a comprehension'
    return { faults: [faultOf(`opa.${error.limit}`, error.message, remedy)] }
  }
}
