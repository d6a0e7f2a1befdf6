import { GATES, type Gate } from '#contract/vocabulary.js'
import type { Opa } from '../author/opa.js'
import { withToolFolder, writeFiles } from '../author/policy-files.js'
import { bundleRevision, MAX_BUDGET, type PolicyBundle } from '../bundle.js'

const NO_DATA = new TextEncoder().encode('{}')

/** A bundle whose gates all answer by `data.trial.decision` of this Rego, compiled with all that opa knows. */
export const compileRego = (tool: Opa, rules: string): Promise<PolicyBundle> =>
  withToolFolder(async (folder) => {
    await writeFiles(folder, new Map([['trial.rego', `package trial\n\n${rules}\n`]]))
    const wasm = (await tool.build(['-e', 'trial/decision', 'trial.rego'], folder)).get('policy.wasm')!
    const entrypoints = Object.fromEntries(GATES.map((gate) => [gate, 'trial/decision'])) as Record<Gate, string>
    const revision = bundleRevision(wasm, NO_DATA)
    return {
      wasm,
      data: NO_DATA,
      revision,
      sealedAs: revision,
      entrypoints,
      budget: MAX_BUDGET,
      reasons: {},
    }
  })
