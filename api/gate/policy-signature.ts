import { createPublicKey, type KeyObject } from 'node:crypto'
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

/** A bundle's manifest, the envelope that signs it, and whose signature is good enough. */
interface Signed {
  readonly manifest: Uint8Array
  readonly signature: Uint8Array
  readonly trusted: readonly KeyObject[]
}

/**
 * Verifies that a trusted key signed a bundle's manifest, which names every other file by digest.
 * @throws PolicyLoadError where the envelope is none, signs another manifest, or no trusted key made it
 */
export const verifyPolicySignature = ({ manifest, signature, trusted }: Signed): void => {
  const envelope = readEnvelope(signature)
  if (!Buffer.from(envelope.payload, 'base64').equals(manifest))
    throw new PolicyLoadError(`${SIGNATURE_FILE} signs another ${BUNDLE_FILES.manifest}`)
  if (!trusted.some((key) => isSignedBy(envelope, key)))
    throw new PolicyLoadError('no trusted key signed the policy bundle')
}

const readEnvelope = (bytes: Uint8Array): z.infer<typeof Envelope> => {
  try {
    return Envelope.parse(JSON.parse(Buffer.from(bytes).toString()))
  } catch {
    throw new PolicyLoadError(`${SIGNATURE_FILE} is no DSSE envelope of type ${POLICY_PAYLOAD_TYPE}`)
  }
}

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g

/** Ed25519 public keys as PEM, one after another. Raises {@link PolicyLoadError}. */
export const readTrustedKeys = (bytes: Uint8Array): KeyObject[] => {
  try {
    return (Buffer.from(bytes).toString().match(PEM) ?? []).map((pem) => createPublicKey(pem))
  } catch (error) {
    throw new PolicyLoadError(`the trusted policy keys cannot be read: ${(error as Error).message}`)
  }
}
