import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Digest } from '#contract/primitives.js'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { digestOf } from '#runtime/digest.js'
import { packageRoot } from '#runtime/package-root.js'
import { PolicyLoadError } from './errors.js'
import { ReasonCatalogue } from './reasons.js'

/** Upper bound of platform data in a bundle, in bytes: `setData` blocks while it parses. */
export const MAX_DATA_BYTES = 256 * 1024
/** Upper bound of the evaluation budget, in fuel units; about two milliseconds (see ADR on the budget of policy). */
export const MAX_BUDGET = 20_000_000

/**
 * What is written beside the module, and signed where a bundle comes from elsewhere: it names all other files by digest,
 * says which rule answers for each gate, and how much an evaluation may cost.
 */
export const BundleManifest = z.strictObject({
  revision: Digest,
  reasons_digest: Digest,
  entrypoints: z.record(z.enum(GATES), z.string()),
  budget: z.int().positive().max(MAX_BUDGET),
  sealed_as: Digest.optional().describe(
    'Content digest under which it was sealed; absent of what was not, such as the one that ships',
  ),
})
export type BundleManifest = z.infer<typeof BundleManifest>

/** A compiled policy with all that is needed to evaluate and to explain it. */
export interface PolicyBundle {
  readonly wasm: Uint8Array
  /** Platform configuration as RFC 8785 bytes, at most {@link MAX_DATA_BYTES}. */
  readonly data: Uint8Array
  /** `sha256:` over module and data: the `bundleRevision` of every decision made under it. */
  readonly revision: string
  /** Name of the sealed revision: its content digest; the bundle revision where it was not sealed from sources. Several may share module and data. */
  readonly sealedAs: string
  readonly entrypoints: Readonly<Record<Gate, string>>
  /** Fuel units that one evaluation may spend. */
  readonly budget: number
  readonly reasons: ReasonCatalogue
}

/** File names of a bundle folder. */
export const BUNDLE_FILES = {
  wasm: 'policy.wasm',
  data: 'data.json',
  manifest: 'manifest.json',
  reasons: 'reasons.json',
} as const

/** Envelope beside a bundle that does not ship with the product: DSSE over the bytes of its manifest. */
export const SIGNATURE_FILE = 'signature.json'
/** Payload type of that envelope. The manifest that it signs names every other file by digest. */
export const POLICY_PAYLOAD_TYPE = 'application/vnd.gatehouse.policy.v1+json'

/** Digest over module and canonical data, each preceded by its length so that no two pairs share bytes. */
export function bundleRevision(wasm: Uint8Array, canonicalData: Uint8Array): string {
  const hash = createHash('sha256')
  for (const part of [wasm, canonicalData]) hash.update(`${part.byteLength}:`).update(part)
  return `sha256:${hash.digest('hex')}`
}

/** Where the bundle that ships with the product lies. */
export const shippedBundleFolder = (): string => join(packageRoot(), 'policies', 'bundle')

/** Revision 0: the bundle that ships with the product, from disk. Raises {@link PolicyLoadError}. */
export const readShippedBundle = (): Promise<PolicyBundle> => readBundleFolder(shippedBundleFolder())

/** Reads a bundle folder and checks every file against the manifest. Raises {@link PolicyLoadError}. */
export const readBundleFolder = async (folder: string): Promise<PolicyBundle> =>
  assembleBundle(await readBundleFiles(folder))

/** The bytes of a bundle folder, each file read once. Raises {@link PolicyLoadError}. */
export async function readBundleFiles(folder: string): Promise<BundleFiles> {
  const read = (name: string) => readFile(join(folder, name))
  try {
    const [wasm, data, manifest, reasons] = await Promise.all([
      read(BUNDLE_FILES.wasm),
      read(BUNDLE_FILES.data),
      read(BUNDLE_FILES.manifest),
      read(BUNDLE_FILES.reasons),
    ])
    return { wasm, data, manifest, reasons }
  } catch (error) {
    throw new PolicyLoadError(`policy bundle ${folder} cannot be read: ${(error as Error).message}`)
  }
}

/** The files of a bundle, as stored. */
export type BundleFiles = Readonly<Record<keyof typeof BUNDLE_FILES, Uint8Array>>

/** A bundle from its files. Raises {@link PolicyLoadError} where they do not belong together. */
export function assembleBundle(files: BundleFiles): PolicyBundle {
  const { revision, reasons_digest, entrypoints, budget, sealed_as } = parseFile(
    BUNDLE_FILES.manifest,
    files.manifest,
    BundleManifest,
  )
  demandDigest('policy and data', bundleRevision(files.wasm, files.data), revision)
  demandDigest(BUNDLE_FILES.reasons, digestOf(files.reasons), reasons_digest)
  const reasons = parseFile(BUNDLE_FILES.reasons, files.reasons, ReasonCatalogue)
  return { wasm: files.wasm, data: files.data, revision, sealedAs: sealed_as ?? revision, entrypoints, budget, reasons }
}

function demandDigest(what: string, actual: string, stated: string): void {
  if (actual !== stated)
    throw new PolicyLoadError(`${what} of the bundle have digest ${actual}, its manifest says ${stated}`)
}

function parseFile<T extends z.ZodType>(name: string, bytes: Uint8Array, schema: T): z.infer<T> {
  const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  if (!parsed.success) throw new PolicyLoadError(`${name} of the policy bundle: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
