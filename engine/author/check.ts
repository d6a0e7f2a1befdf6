import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BUNDLE_FILES, readBundleFolder } from '../bundle.js'
import { loadPolicy } from '../load.js'
import { buildBundle } from './build.js'
import { generateCapabilities } from './capabilities.js'
import { judge, readCases } from './cases.js'
import { lintRules } from './lint.js'
import type { Opa } from './opa.js'
import { proveRemedies } from './remedies.js'
import { runRegal } from './regal.js'
import { SOURCES } from './sources.js'
import { failed, passed, verdictOf, type StageResult } from './stage.js'

/** Least part of the Rego that tests must reach, in percent. */
const MIN_COVERAGE = 95

/** What the stages work on: the tool, the folder `policies/`, and where a Regal was asked for, its path. */
export interface Workbench {
  readonly tool: Opa
  readonly root: string
  readonly regal: string | undefined
}

type Stage = (bench: Workbench) => Promise<StageResult>

/** The stages an author's policy goes through, in their order. */
export const STAGES: Readonly<Record<string, Stage>> = {
  format: async ({ tool, root }) => {
    const { stdout, stderr, ok } = await tool.run(['fmt', '--list', '--fail', 'governance'], root)
    return ok ? passed() : failed(`not formatted (opa fmt -w):\n${stdout || stderr}`)
  },

  capabilities: async ({ tool, root }) => {
    const fresh = (await generateCapabilities(tool)) === (await readFile(join(root, 'capabilities.json'), 'utf8'))
    return fresh ? passed() : failed('capabilities.json is not what the engine has; run npm run policy:build')
  },

  types: async ({ tool, root }) => {
    const options = ['--strict', '--capabilities', 'capabilities.json', '--schema', 'schemas']
    const { ok, stdout, stderr } = await tool.run(['check', ...options, 'governance'], root)
    return ok ? passed() : failed(stderr || stdout)
  },

  metadata: async ({ tool, root }) => verdictOf(await lintRules(tool, root), ''),

  tests: async ({ tool, root }) => withGoldenData(root, (golden) => runTests(tool, root, golden)),

  golden: async ({ root }) => {
    const [engine, cases] = await Promise.all([engineOf(root), readCases(root)])
    const wrong = cases.flatMap((golden) => {
      const { difference } = judge(engine, golden)
      return difference === undefined ? [] : [`${golden.gate} "${golden.name}": ${difference}`]
    })
    return verdictOf(wrong, `${cases.length} cases`)
  },

  remedies: async ({ root }) => {
    const [engine, cases] = await Promise.all([engineOf(root), readCases(root)])
    return verdictOf(proveRemedies(engine, cases), '')
  },

  bundle: async ({ tool, root }) => {
    const built = await buildBundle(tool, root)
    const stale = await Promise.all(
      Object.entries(BUNDLE_FILES).map(async ([part, name]) => {
        const shipped = await readFile(join(root, 'bundle', name))
        return Buffer.compare(shipped, built[part as keyof typeof BUNDLE_FILES]) === 0
          ? []
          : [`bundle/${name} is not what the sources give; run npm run policy:build`]
      }),
    )
    return verdictOf(stale.flat(), '')
  },

  regal: ({ regal, root }) => runRegal(regal, root),
}

const engineOf = async (root: string) => loadPolicy(await readBundleFolder(join(root, 'bundle')))

/** Golden cases as a data document for `opa test`, for the time of `use`. */
async function withGoldenData<T>(root: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-golden-'))
  try {
    const file = join(folder, 'golden.json')
    await writeFile(file, JSON.stringify({ golden: { cases: await readCases(root) } }))
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `opa test` with our capabilities, so that no test reaches the network or the environment; then its coverage. */
async function runTests(tool: Opa, root: string, golden: string): Promise<StageResult> {
  const test = ['test', '--capabilities', 'capabilities.json']
  const run = await tool.run([...test, ...SOURCES, golden], root)
  if (!run.ok) return failed(run.stdout || run.stderr)
  const report = await tool.output([...test, '--coverage', '--format', 'json', ...SOURCES, golden], root)
  const { coverage } = JSON.parse(report) as { coverage: number }
  const words = `${run.stdout.trim().split('\n').at(-1)}, coverage ${coverage} %`
  return coverage >= MIN_COVERAGE ? passed(words) : failed(`${words}, at least ${MIN_COVERAGE} % are asked for`)
}
