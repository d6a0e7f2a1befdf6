import { digestOf } from '#runtime/digest.js'
import { assembleBundle, BundleManifest, bundleRevision, MAX_BUDGET, type BundleFiles } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { PolicyLoadError } from '../errors.js'
import { loadPolicy } from '../load.js'
import type { ReasonCatalogue } from '../reasons.js'
import { judge, soundCases, type GoldenCase } from './cases.js'
import { readCatalogue, soundCatalogue } from './catalogue.js'
import { inTurns } from './in-turns.js'
import type { Opa } from './opa.js'
import { CAPABILITIES, withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { entrypoints, SOURCES, TEST_SUFFIX } from './sources.js'

/** An evaluation may cost this many times what the dearest golden case costs. */
export const BUDGET_FACTOR = 20

/** Largest module, in bytes; what ships has about 0.2 MB. */
export const MAX_WASM_BYTES = 4 * 1024 * 1024

/** The part of a bundle that is evaluated. */
export interface Compiled {
  readonly wasm: Uint8Array
  /** Platform data as RFC 8785 bytes. */
  readonly data: Uint8Array
}

/** Flags of `opa build` that decide what comes out. */
export const buildFlags = (): string[] => [
  '-t=wasm',
  `--capabilities=${CAPABILITIES}`,
  `--ignore=*${TEST_SUFFIX}`,
  ...Object.values(entrypoints()).map((entrypoint) => `--entrypoint=${entrypoint}`),
]

/**
 * Compiles a policy into the files of its bundle: the same bytes anywhere, for the same sources and opa. Raises `OpaRefused`
 * where it doesn't compile, and fails where metadata or golden cases are not sound.
 */
export const buildBundle = (tool: Opa, files: PolicyFiles): Promise<BundleFiles> =>
  withPolicyFolder(files, async (folder) => {
    const compiled = await compile(tool, folder)
    const reasons = await soundCatalogue(tool, folder)
    const draft = bundleOf(compiled, reasons)
    const worst = await worstCase(draft, soundCases(files))
    return bundleOf(compiled, reasons, Math.min(BUDGET_FACTOR * worst, MAX_BUDGET))
  })

/**
 * The files of a bundle from sources that may not be sound yet, only to ask it something: with the whole evaluation bound
 * and those reasons whose metadata can be read. Raises `OpaRefused` where it doesn't compile, PolicyLoadError where it is
 * larger than any policy may be.
 */
export const buildTrial = (tool: Opa, files: PolicyFiles): Promise<BundleFiles> =>
  withPolicyFolder(files, async (folder) => {
    const compiled = await compile(tool, folder)
    const { byteLength } = compiled.wasm
    if (byteLength > MAX_WASM_BYTES)
      throw new PolicyLoadError(`the module has ${byteLength} bytes, at most ${MAX_WASM_BYTES} are taken`)
    return bundleOf(compiled, (await readCatalogue(tool, folder)).reasons)
  })

/** `opa build` where the sources are `.`, because the path of each source enters the module. */
export async function compile(tool: Opa, folder: string): Promise<Compiled> {
  const built = await tool.build([...buildFlags(), ...SOURCES], folder)
  const data: unknown = JSON.parse(new TextDecoder().decode(built.get('data.json')))
  return { wasm: built.get('policy.wasm')!, data: canonicalBytes(data) }
}

/** The same bundle under the name of a seal, which its signed manifest says. */
export const sealedUnder = (files: BundleFiles, sealed_as: string): BundleFiles => {
  const manifest = BundleManifest.parse(JSON.parse(new TextDecoder().decode(files.manifest)))
  return { ...files, manifest: prettyJson({ ...manifest, sealed_as } satisfies BundleManifest) }
}

/** The files of a bundle from its parts. */
export function bundleOf(compiled: Compiled, catalogue: ReasonCatalogue, budget = MAX_BUDGET): BundleFiles {
  const reasons = prettyJson(catalogue)
  const manifest: BundleManifest = {
    revision: bundleRevision(compiled.wasm, compiled.data),
    reasons_digest: digestOf(reasons),
    entrypoints: entrypoints(),
    budget,
  }
  return { ...compiled, reasons, manifest: prettyJson(manifest) }
}

/** Fuel of the dearest golden case; a policy without cases gets the whole bound. */
async function worstCase(files: BundleFiles, cases: readonly GoldenCase[]): Promise<number> {
  if (cases.length === 0) return MAX_BUDGET
  const engine = await loadPolicy(assembleBundle(files))
  const fuel = await inTurns(cases, (golden) => judge(engine, golden).fuel)
  return fuel.reduce((worst, one) => Math.max(worst, one), 1)
}

const prettyJson = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`)
