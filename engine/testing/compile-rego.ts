import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { readArchive } from '../author/archive.js'
import type { Opa } from '../author/opa.js'
import { bundleRevision, MAX_BUDGET, type PolicyBundle } from '../bundle.js'

const NO_DATA = new TextEncoder().encode('{}')

/** A bundle whose gates all answer by `data.trial.decision` of this Rego, compiled with all that opa knows. */
export async function compileRego(tool: Opa, rules: string): Promise<PolicyBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-trial-'))
  try {
    await writeFile(join(folder, 'trial.rego'), `package trial\n\n${rules}\n`)
    await tool.output(['build', '-t', 'wasm', '-e', 'trial/decision', 'trial.rego', '-o', 'trial.tar.gz'], folder)
    const wasm = (await readArchive(await readFile(join(folder, 'trial.tar.gz')))).get('policy.wasm')!
    const entrypoints = Object.fromEntries(GATES.map((gate) => [gate, 'trial/decision'])) as Record<Gate, string>
    return {
      wasm,
      data: NO_DATA,
      revision: bundleRevision(wasm, NO_DATA),
      entrypoints,
      budget: MAX_BUDGET,
      reasons: {},
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
