import {
  bundleRevision,
  readBundleFiles,
  shippedBundleFolder,
  type BundleFiles,
  type BundleManifest,
} from '#engine/bundle.js'
import { canonicalBytes } from '#engine/canonical.js'

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
