import type { KeyObject } from 'node:crypto'
import { packBundle } from '#runtime/bundle/pack.js'
import { BundleRefused } from '#runtime/bundle/bundle-refused.js'
import { readBundle, type ReadLimits } from '#runtime/bundle/read.js'
import { assembleBundle, BUNDLE_FILES, type BundleFiles, type PolicyBundle } from './bundle.js'
import { PolicyLoadError } from './errors.js'
import { OPA_SIGNATURES, signFiles, verifyFiles, type PolicyKey } from './opa-signature.js'

export { opaKeys, type OpaKey, type PolicyKey } from './opa-signature.js'

const MIB = 1024 * 1024

/**
 * What a policy's archive may unpack to, in bytes: OPA's format keeps the signature inside, so that this much is unpacked
 * before anything is known of whose it is. Nothing of it is parsed before its signature holds. The parts may be as large as a check lets them.
 */
const ARCHIVE_LIMITS: ReadLimits = {
  packedBytes: 8 * MIB,
  unpackedBytes: 16 * MIB,
  entryBytes: 4 * MIB,
  entries: 1_000,
  ratio: 50,
}

/** What a signed archive holds, once its signature was found to hold. */
export interface VerifiedBundle {
  readonly bundle: PolicyBundle
  /** Id of the key that signed it. */
  readonly signer: string
  /** Every file of the archive. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/**
 * Signs an archive in OPA's bundle format with a P-256 key, in place of any signature it had. Raises {@link PolicyLoadError}.
 */
export async function signBundle(archive: Uint8Array, key: KeyObject): Promise<Uint8Array> {
  const files = new Map(await unpack(archive))
  files.delete(OPA_SIGNATURES)
  files.set(OPA_SIGNATURES, Buffer.from(signFiles(files, key)))
  return (await packBundle(files)).bytes
}

/**
 * The policy in a signed archive, for {@link loadPolicy}. Raises {@link PolicyLoadError} where no trusted key has signed
 * exactly these files, or where they do not belong together: nothing of it may be loaded then.
 * @param keys all that count at present; several, so that the signing key can change without a gap
 * @param now milliseconds since the epoch
 */
export async function verifyBundle(
  archive: Uint8Array,
  keys: readonly PolicyKey[],
  now: number,
): Promise<VerifiedBundle> {
  const files = await unpack(archive)
  const signer = verifyFiles(files, keys, now)
  return { bundle: assembleBundle(partsOf(files)), signer, files }
}

async function unpack(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    return await readBundle(archive, ARCHIVE_LIMITS)
  } catch (error) {
    if (error instanceof BundleRefused) throw new PolicyLoadError(`the policy bundle cannot be read: ${error.message}`)
    throw error
  }
}

function partsOf(files: ReadonlyMap<string, Uint8Array>): BundleFiles {
  const part = (name: string): Uint8Array => {
    const bytes = files.get(name)
    if (!bytes) throw new PolicyLoadError(`the policy bundle has no ${name}`)
    return bytes
  }
  return {
    wasm: part(BUNDLE_FILES.wasm),
    data: part(BUNDLE_FILES.data),
    manifest: part(BUNDLE_FILES.manifest),
    reasons: part(BUNDLE_FILES.reasons),
  }
}
