import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf } from '#runtime/digest.js'
import { assembleBundle, bundleRevision, MAX_BUDGET, type BundleFiles, type BundleManifest } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { loadPolicy } from '../load.js'
import { readArchive } from './archive.js'
import { judge, readCases, type GoldenCase } from './cases.js'
import { collectReasons } from './catalogue.js'
import type { Opa } from './opa.js'
import { capabilitiesFile, entrypoints, SOURCES, TEST_SUFFIX } from './sources.js'

/** An evaluation may cost this many times what the dearest golden case costs. */
const BUDGET_FACTOR = 20

/**
 * Compiles `policies/` into the files of its bundle: the same bytes from any folder, for the same sources and opa.
 * @param root the folder `policies/`, wherever it lies
 */
export async function buildBundle(tool: Opa, root: string): Promise<BundleFiles> {
  const [compiled, catalogue, cases] = await Promise.all([
    compile(tool, root),
    collectReasons(tool, root),
    readCases(root),
  ])
  const reasons = prettyJson(catalogue)
  const draft: BundleManifest = {
    revision: bundleRevision(compiled.wasm, compiled.data),
    reasons_digest: digestOf(reasons),
    entrypoints: entrypoints(),
    budget: MAX_BUDGET,
  }
  const worst = await worstCase({ ...compiled, reasons, manifest: prettyJson(draft) }, cases)
  const manifest = { ...draft, budget: Math.min(BUDGET_FACTOR * worst, MAX_BUDGET) }
  return { ...compiled, reasons, manifest: prettyJson(manifest) }
}

/** `opa build` with `.` inside the sources, because the path of each source enters the module. */
async function compile(tool: Opa, root: string): Promise<{ wasm: Uint8Array; data: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-build-'))
  try {
    const archive = join(folder, 'bundle.tar.gz')
    const goals = Object.values(entrypoints()).flatMap((entrypoint) => ['-e', entrypoint])
    const options = ['-t', 'wasm', '--capabilities', capabilitiesFile(), '--ignore', `*${TEST_SUFFIX}`, '-o', archive]
    await tool.output(['build', ...options, ...goals, ...SOURCES], root)
    const files = await readArchive(await readFile(archive))
    const data: unknown = JSON.parse(new TextDecoder().decode(files.get('data.json')))
    return { wasm: files.get('policy.wasm')!, data: canonicalBytes(data) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Fuel of the dearest golden case; a policy without cases gets the whole bound. */
async function worstCase(files: BundleFiles, cases: readonly GoldenCase[]): Promise<number> {
  if (cases.length === 0) return MAX_BUDGET
  const engine = await loadPolicy(assembleBundle(files))
  return Math.max(...cases.map((golden) => judge(engine, golden).fuel))
}

const prettyJson = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`)
