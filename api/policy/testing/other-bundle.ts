import {
  bundleRevision,
  readBundleFiles,
  shippedBundleFolder,
  type BundleFiles,
  type BundleManifest,
} from '#engine/bundle.js'
import { sealedUnder } from '#engine/author/build.js'
import { canonicalBytes } from '#engine/canonical.js'
import { digestOf } from '#runtime/digest.js'

/** The reason whose words tests change. */
export const REWORDED = 'call.quota_exceeded'

/** The shipped bundle with other platform data, and so of another revision: consent runs out after `seconds`. */
export const bundleWithConsentOf = async (seconds: number): Promise<BundleFiles> => {
  const files = await readBundleFiles(shippedBundleFolder())
  const parse = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T
  const data = parse<{ platform: { install: { consent_expires_in_s: number } } }>(files.data)
  data.platform.install.consent_expires_in_s = seconds
  const bytes = canonicalBytes(data)
  const manifest = { ...parse<BundleManifest>(files.manifest), revision: bundleRevision(files.wasm, bytes) }
  return { ...files, data: bytes, manifest: Buffer.from(JSON.stringify(manifest)) }
}

/** The same policy sealed from other words: its module and data are the same, one reason says something else of itself. */
export const bundleSaying = (files: BundleFiles, title: string): BundleFiles => {
  const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as object
  const words = parse(files.reasons) as Record<string, object>
  const reasons = Buffer.from(JSON.stringify({ ...words, [REWORDED]: { ...words[REWORDED], title } }))
  const manifest = { ...parse(files.manifest), reasons_digest: digestOf(reasons) }
  return sealedUnder({ ...files, reasons, manifest: Buffer.from(JSON.stringify(manifest)) }, digestOf(reasons))
}
