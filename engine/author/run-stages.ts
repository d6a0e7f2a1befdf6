import { faultOf, type CheckReport, type StageOutcome, type StageReport } from './finding.js'
import { OpaEnded, OpaRefused } from './opa.js'
import { opaFaults } from './opa-errors.js'

/** Stages by name, in their order, over whatever they work on. */
export type Stages<Subject> = Readonly<Record<string, (subject: Subject) => Promise<StageOutcome>>>

export interface RunOptions {
  /** Told when a stage begins, with null, and how it ended. */
  readonly onStage?: ((name: string, report: StageReport | null) => void) | undefined
  /** Gives the run up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Runs stages; the first that finds something stops the rest. */
export async function runStages<Subject>(
  stages: Stages<Subject>,
  subject: Subject,
  { onStage, signal }: RunOptions,
): Promise<Omit<CheckReport, 'coverage'>> {
  const reports: StageReport[] = []
  for (const [name, stage] of Object.entries(stages)) {
    signal?.throwIfAborted()
    const failed = reports.find(({ state }) => state === 'failed')
    if (!failed) onStage?.(name, null)
    const report = failed ? notReached(name, failed.name) : await runStage(name, () => stage(subject))
    onStage?.(name, report)
    reports.push(report)
  }
  return reportOf(reports)
}

/** What stages come to. Those behind a failed one were not reached; any other that did not run was skipped. */
export function reportOf(stages: readonly StageReport[]): Omit<CheckReport, 'coverage'> {
  const failed = stages.findIndex(({ state }) => state === 'failed')
  const reached = failed < 0 ? stages : stages.slice(0, failed)
  const skipped = reached.filter(({ state }) => state === 'not_run').map(({ name }) => name)
  return { ok: failed < 0, skipped, stages }
}

/** A stage behind one that failed. */
export const notReached = (name: string, failed: string): StageReport => ({
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
