import type { PolicyBundle } from '../bundle.js'
import { faultOf, type CheckReport, type StageOutcome, type StageReport } from './finding.js'
import { layoutFaults } from './layout.js'
import { OpaEnded, OpaRefused, type Opa } from './opa.js'
import { opaFaults } from './opa-errors.js'
import { withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { Bench, type Stage } from './stages/bench.js'
import { budget } from './stages/budget.js'
import { build } from './stages/build.js'
import { coverage } from './stages/coverage.js'
import { format } from './stages/format.js'
import { golden } from './stages/golden.js'
import { metadata, remedies } from './stages/metadata.js'
import { regal } from './stages/regal.js'
import { tests } from './stages/tests.js'
import { capabilities, types } from './stages/types.js'

/** The stages that a policy goes through, in their order; each one stops the rest. */
const STAGES: Readonly<Record<string, Stage>> = {
  layout: async ({ files }) => ({ faults: layoutFaults(files), detail: `${files.size} files` }),
  format,
  types,
  capabilities,
  regal,
  tests,
  coverage,
  build,
  golden,
  budget,
  metadata,
  remedies,
}

/** Names of the stages in their order. */
export const STAGE_NAMES = Object.keys(STAGES)

export interface CheckOptions {
  readonly tool: Opa
  /** Path of a Regal; without one that stage does not run and says so. */
  readonly regal?: string | undefined
  /** The active revision, against which the cost of each golden case is held. */
  readonly base?: PolicyBundle | undefined
  /** Told when a stage begins, with null, and how it ended. */
  readonly onStage?: (name: string, report: StageReport | null) => void
  /** Gives the check up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Checks a policy, ours or one that somebody submitted, in the same way. Whatever runs its Rego stands behind the wall of
 * `options.tool`. Raises `RuntimeRefusal` (`wall.absent`, `tool.not_started`) where nothing could be checked at all.
 */
export async function checkPolicy(files: PolicyFiles, options: CheckOptions): Promise<CheckReport> {
  // Names decide where files are written, so they are looked at before any is.
  const sound = layoutFaults(files).length === 0
  return withPolicyFolder(sound ? files : new Map(), async (folder) => {
    const { regal: linter, base, signal } = options
    const bench = new Bench({ files, folder, tool: options.tool.until(signal), regal: linter, base })
    return reportOf(await runStages(bench, options), bench.coverage)
  })
}

/** What stages come to. Those behind a failed one were not reached; any other that did not run was skipped. */
function reportOf(stages: readonly StageReport[], coverage: number | null): CheckReport {
  const failed = stages.findIndex(({ state }) => state === 'failed')
  const reached = failed < 0 ? stages : stages.slice(0, failed)
  const skipped = reached.filter(({ state }) => state === 'not_run').map(({ name }) => name)
  return { ok: failed < 0, skipped, stages, coverage }
}

async function runStages(bench: Bench, { onStage, signal }: CheckOptions): Promise<StageReport[]> {
  const reports: StageReport[] = []
  for (const [name, stage] of Object.entries(STAGES)) {
    signal?.throwIfAborted()
    const failed = reports.find(({ state }) => state === 'failed')
    if (!failed) onStage?.(name, null)
    const report = failed ? notReached(name, failed.name) : await runStage(name, stage, bench)
    onStage?.(name, report)
    reports.push(report)
  }
  return reports
}

/** What is said of a check that was ended from outside, in the stage that it was at. */
export function stoppedAt(
  done: readonly StageReport[],
  at: string,
  { limit, message }: { readonly limit: string; readonly message: string },
): CheckReport {
  const remedy = 'take out what is unbounded, such as a very large or very deep golden case'
  const finding = { stage: at, ...faultOf(`check.${limit}`, `was ended: ${message}`, remedy) }
  const stopped: StageReport = { name: at, state: 'failed', detail: message, findings: [finding], ms: 0 }
  const before = done.filter(({ name }) => name !== at)
  const rest = STAGE_NAMES.slice(before.length + 1).map((name) => notReached(name, at))
  return reportOf([...before, stopped, ...rest], null)
}

const notReached = (name: string, failed: string): StageReport => ({
  name,
  state: 'not_run',
  detail: `not reached: ${failed} failed`,
  findings: [],
  ms: 0,
})

async function runStage(name: string, stage: Stage, bench: Bench): Promise<StageReport> {
  const begun = performance.now()
  const { faults, detail = '', notRun } = await outcomeOf(stage, bench)
  const state = notRun ? 'not_run' : faults.length === 0 ? 'passed' : 'failed'
  const findings = faults.map((fault) => ({ stage: name, ...fault }))
  return { name, state, detail, findings, ms: Math.round(performance.now() - begun) }
}

/** That opa refused or was ended is what the stage found; anything else is no verdict and passes on as an error. */
async function outcomeOf(stage: Stage, bench: Bench): Promise<StageOutcome> {
  try {
    return await stage(bench)
  } catch (error) {
    if (error instanceof OpaRefused) return { faults: opaFaults(error.output) }
    if (!(error instanceof OpaEnded)) throw error
    const remedy = 'take out what is unbounded, such as a comprehension inside a comprehension'
    return { faults: [faultOf(`opa.${error.limit}`, error.message, remedy)] }
  }
}
