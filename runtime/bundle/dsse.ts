import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import canonicalize from 'canonicalize'

/** Payload type of a bundle's statement. */
export const BUNDLE_PAYLOAD_TYPE = 'application/vnd.gatehouse.bundle.v1+json'

/** What a publisher signs: this extension, in this version, is exactly these bytes. */
export interface BundleStatement {
  readonly digest: string
  readonly extension: string
  readonly version: string
}

/** DSSE envelope (Dead Simple Signing Envelope, protocol 1.0.2). `payload` and `sig` are base64. */
export interface DsseEnvelope {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** One key whose signature counts, and for how long. Instants are milliseconds since the epoch. */
export interface TrustedKey {
  readonly keyid: string
  readonly publicKey: KeyObject
  readonly role: 'publisher' | 'registry'
  /** Publisher whose key it is; null for the registry's. */
  readonly publisherId: string | null
  readonly notAfter: number | null
  readonly revoked: boolean
}

/** Every key that counts, by its id. */
export type TrustBundle = ReadonlyMap<string, TrustedKey>

/** Name of a key: the first 32 hex digits of the SHA-256 of its SPKI DER. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update((key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32)

/** Pre-authentication encoding: what is signed is type and payload with their lengths, so that neither can pass for the other. */
const encode = (type: string, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload])

/** A signature over a payload by an Ed25519 key. */
const signed = (type: string, payload: Uint8Array, key: KeyObject) => ({
  keyid: keyIdOf(key),
  sig: sign(null, encode(type, payload), key).toString('base64'),
})

/** Wraps any payload in an envelope with one signature. */
export const signPayload = (type: string, payload: Uint8Array, key: KeyObject): DsseEnvelope => ({
  payloadType: type,
  payload: Buffer.from(payload).toString('base64'),
  signatures: [signed(type, payload, key)],
})

/** Signs a bundle's statement (RFC 8785 bytes, so that the same statement is always the same payload). */
export const signStatement = (statement: BundleStatement, key: KeyObject): DsseEnvelope =>
  signPayload(BUNDLE_PAYLOAD_TYPE, Buffer.from(canonicalize(statement) ?? ''), key)

/** Adds a signature over the same payload, such as the registry's. */
export const countersign = (envelope: DsseEnvelope, key: KeyObject): DsseEnvelope => {
  const added = signed(envelope.payloadType, Buffer.from(envelope.payload, 'base64'), key)
  return { ...envelope, signatures: [...envelope.signatures.filter(({ keyid }) => keyid !== added.keyid), added] }
}

/** Whether one signature of the envelope is that of a key. */
export const isSignedBy = (envelope: DsseEnvelope, key: KeyObject): boolean => {
  const wanted = keyIdOf(key)
  const payload = encode(envelope.payloadType, Buffer.from(envelope.payload, 'base64'))
  return envelope.signatures.some(
    ({ keyid, sig }) => keyid === wanted && verify(null, payload, key, Buffer.from(sig, 'base64')),
  )
}
