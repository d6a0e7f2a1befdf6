import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { digestOf } from '#runtime/digest.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { assembleBundle, BUNDLE_FILES, readBundleFiles, shippedBundleFolder, type BundleFiles } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { buildBundle, buildFlags, sealedUnder } from './build.js'
import type { Opa } from './opa.js'
import { capabilitiesFile, readPolicyFolder, withToolFolder, type PolicyFiles } from './policy-files.js'
import { ruleFiles } from './sources.js'

/** Everything that decides what a revision is. Its digest is the revision's content digest. */
export interface SealStatement {
  /** Digest of each source by its path, tests and golden cases among them. */
  readonly sources: Readonly<Record<string, string>>
  /** Digest of the platform data as it is evaluated. */
  readonly data: string
  readonly capabilities: string
  readonly compiler: { readonly name: 'opa'; readonly version: string; readonly flags: readonly string[] }
}

/** A policy as it is approved, signed, distributed and evaluated. */
export interface SealedRevision {
  /** Digest over module and data: what every decision made under it records. */
  readonly revision: string
  /** Content digest: of the statement, so over sources, data, capabilities, compiler and flags. The name of the revision. */
  readonly digest: string
  readonly statement: SealStatement
  readonly bundle: BundleFiles
  /** As written; kept apart, because compiling rewrites them. */
  readonly sources: PolicyFiles
  /** Not yet signed archive in OPA's bundle format: stock OPA evaluates its Rego, our engine its module. */
  readonly archive: Uint8Array
}

/** The statement inside the archive. */
export const STATEMENT_FILE = 'statement.json'
/** Subtrees of `data` that a policy owns. */
const ROOTS = ['governance', 'platform']
const REGO_V1 = 1

/**
 * Seals a policy that passed its check: the same bytes anywhere, for the same sources, opa and version of Gatehouse.
 * Raises `OpaRefused` or `OpaEnded`, and fails where metadata or golden cases are not sound.
 */
export async function sealPolicy(
  files: PolicyFiles,
  { tool, signal }: { readonly tool: Opa; readonly signal?: AbortSignal | undefined },
): Promise<SealedRevision> {
  const built = await buildBundle(tool.until(signal), files)
  const statement: SealStatement = {
    sources: Object.fromEntries([...files].map(([file, bytes]) => [file, digestOf(bytes)])),
    data: digestOf(built.data),
    capabilities: digestOf(await readFile(capabilitiesFile())),
    compiler: { name: 'opa', version: await withToolFolder((folder) => tool.version(folder)), flags: buildFlags() },
  }
  const stated = canonicalBytes(statement)
  const digest = digestOf(stated)
  const bundle = sealedUnder(built, digest)
  const { revision } = assembleBundle(bundle)
  const archive = await archiveOf({ files, bundle, revision, seal: { stated, digest } })
  return { revision, digest, statement, bundle, sources: files, archive }
}

/** Where an archive in OPA's bundle format comes from. */
interface Contents {
  readonly files: PolicyFiles
  readonly bundle: BundleFiles
  readonly revision: string
  /** What the seal adds; the shipped policy, which was never sealed, has none. */
  readonly seal?: { readonly stated: Uint8Array; readonly digest: string }
}

/** OPA reads `.manifest`, `data.json` and the Rego; it takes no notice of the rest, which the signature covers all the same. */
async function archiveOf({ files, bundle, revision, seal }: Contents): Promise<Uint8Array> {
  const metadata = seal && { metadata: { gatehouse: { digest: seal.digest } } }
  const manifest = { revision, roots: ROOTS, rego_version: REGO_V1, ...metadata }
  const rules = ruleFiles(files).map((file) => [file, files.get(file)!] as const)
  const parts = Object.entries(BUNDLE_FILES).map(([part, name]) => [name, bundle[part as keyof BundleFiles]] as const)
  const statement = seal ? [[STATEMENT_FILE, seal.stated] as const] : []
  const { bytes } = await packBundle(
    new Map([...rules, ...parts, ...statement, ['.manifest', canonicalBytes(manifest)]]),
  )
  return bytes
}

/**
 * The policy that ships, as a not yet signed archive in OPA's bundle format, packed without `opa`: CI proves that the
 * compiled bundle is what the sources beside it give. Raises {@link PolicyLoadError} where a file is missing.
 */
export async function shippedArchive(): Promise<{ readonly revision: string; readonly archive: Uint8Array }> {
  const bundle = await readBundleFiles(shippedBundleFolder())
  const files = await readPolicyFolder(dirname(shippedBundleFolder()))
  const { revision } = assembleBundle(bundle)
  return { revision, archive: await archiveOf({ files, bundle, revision }) }
}
