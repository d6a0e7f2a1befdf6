import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { BUNDLE_FILES, POLICY_PAYLOAD_TYPE, SIGNATURE_FILE } from '#engine/bundle.js'
import { PolicyLoadError } from '#engine/errors.js'
import { isSignedBy } from '#runtime/bundle/dsse.js'

const Envelope = z.strictObject({
  payloadType: z.literal(POLICY_PAYLOAD_TYPE),
  payload: z.base64(),
  signatures: z
    .array(z.strictObject({ keyid: z.string(), sig: z.base64() }))
    .min(1)
    .max(20),
})

/**
 * Verifies that a trusted key signed a bundle's manifest.
 * @param source.trustFile Ed25519 public keys as PEM, one after another
 * @returns the manifest's bytes as they were verified: read these, not the file again
 * @throws PolicyLoadError where the signature, a key or the manifest is missing or does not fit
 */
export const verifyPolicySignature = async (source: { folder: string; trustFile: string }): Promise<Uint8Array> => {
  const [manifest, signature, trust] = await Promise.all(
    [join(source.folder, BUNDLE_FILES.manifest), join(source.folder, SIGNATURE_FILE), source.trustFile].map(readPart),
  )
  const envelope = readEnvelope(signature!)
  if (!Buffer.from(envelope.payload, 'base64').equals(manifest!)) {
    throw new PolicyLoadError(`${SIGNATURE_FILE} signs another ${BUNDLE_FILES.manifest}`)
  }
  if (!readKeys(trust!).some((key) => isSignedBy(envelope, key))) {
    throw new PolicyLoadError(`no key of ${source.trustFile} signed the policy bundle ${source.folder}`)
  }
  return manifest!
}

const readPart = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: Error) => {
    throw new PolicyLoadError(`${path} cannot be read: ${error.message}`)
  })

const readEnvelope = (bytes: Buffer): z.infer<typeof Envelope> => {
  try {
    return Envelope.parse(JSON.parse(bytes.toString()))
  } catch {
    throw new PolicyLoadError(`${SIGNATURE_FILE} is no DSSE envelope of type ${POLICY_PAYLOAD_TYPE}`)
  }
}

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g

const readKeys = (bytes: Buffer) => {
  try {
    return (bytes.toString().match(PEM) ?? []).map((pem) => createPublicKey(pem))
  } catch (error) {
    throw new PolicyLoadError(`the trusted policy keys cannot be read: ${(error as Error).message}`)
  }
}
