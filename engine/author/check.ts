import type { PolicyBundle } from '../bundle.js'
import { faultOf, type CheckReport, type StageReport } from './finding.js'
import { layoutFaults } from './layout.js'
import type { Opa } from './opa.js'
import { withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { notReached, reportOf, runStages, type RunOptions, type Stages } from './run-stages.js'
import { Bench } from './stages/bench.js'
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
const STAGES: Stages<Bench> = {
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

export interface CheckOptions extends RunOptions {
  readonly tool: Opa
  /** Path of a Regal; without one that stage does not run and says so. */
  readonly regal?: string | undefined
  /** The active revision, against which the cost of each golden case is held. */
  readonly base?: PolicyBundle | undefined
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
    const run = await runStages(STAGES, bench, options)
    return { ...run, coverage: bench.coverage }
  })
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
  return { ...reportOf([...before, stopped, ...rest]), coverage: null }
}
