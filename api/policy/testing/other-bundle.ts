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

interface PlatformData {
  readonly platform: {
    readonly install: { consent_expires_in_s: number }
    readonly policy: { activation_quorum: number }
  }
}

/** The shipped bundle with other platform data, and so of another revision. */
const bundleWith = async (change: (data: PlatformData) => void): Promise<BundleFiles> => {
  const files = await readBundleFiles(shippedBundleFolder())
  const parse = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T
  const data = parse<PlatformData>(files.data)
  change(data)
  const bytes = canonicalBytes(data)
  const manifest = { ...parse<BundleManifest>(files.manifest), revision: bundleRevision(files.wasm, bytes) }
  return { ...files, data: bytes, manifest: Buffer.from(JSON.stringify(manifest)) }
}

/** The shipped bundle in which consent runs out after `seconds`. */
export const bundleWithConsentOf = (seconds: number): Promise<BundleFiles> =>
  bundleWith(({ platform }) => void (platform.install.consent_expires_in_s = seconds))

/** A captured policy: whoever asks alone puts any policy in force. */
export const bundleThatAsksNobody = (): Promise<BundleFiles> =>
  bundleWith(({ platform }) => void (platform.policy.activation_quorum = 0))

/** The same policy sealed from other words: its module and data are the same, one reason says something else of itself. */
export const bundleSaying = (files: BundleFiles, title: string): BundleFiles => {
  const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as object
  const words = parse(files.reasons) as Record<string, object>
  const reasons = Buffer.from(JSON.stringify({ ...words, [REWORDED]: { ...words[REWORDED], title } }))
  const manifest = { ...parse(files.manifest), reasons_digest: digestOf(reasons) }
  return sealedUnder({ ...files, reasons, manifest: Buffer.from(JSON.stringify(manifest)) }, digestOf(reasons))
}
