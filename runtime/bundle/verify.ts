import type { SIGNATURE_STATES } from '#contract/vocabulary.js'
import {
  BUNDLE_PAYLOAD_TYPE,
  isSignedBy,
  type BundleStatement,
  type DsseEnvelope,
  type TrustBundle,
  type TrustedKey,
} from './dsse.js'

export type SignatureState = (typeof SIGNATURE_STATES)[number]

/** State of a bundle's envelope, as policy is told it, and whose key signed. */
export interface Verified {
  readonly state: SignatureState
  readonly publisherId: string | null
  readonly keyids: readonly string[]
}

/** What must be shown to have been signed, and when that is asked. */
export interface Expected {
  readonly statement: BundleStatement
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whose signature is asked for; the publisher's where absent. */
  readonly role?: TrustedKey['role']
}

const says = (envelope: DsseEnvelope, { digest, extension, version }: BundleStatement): boolean => {
  try {
    const payload = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Partial<BundleStatement>
    return payload.digest === digest && payload.extension === extension && payload.version === version
  } catch {
    return false
  }
}

const stateOf = (envelope: DsseEnvelope, key: TrustedKey, now: number): SignatureState => {
  if (!isSignedBy(envelope, key.publicKey)) return 'bad_signature'
  if (key.revoked) return 'revoked'
  return key.notAfter !== null && key.notAfter <= now ? 'expired' : 'valid'
}

/** Which state to tell where several keys signed: a valid one counts; otherwise the one that says most. */
const ORDER: readonly SignatureState[] = ['valid', 'expired', 'revoked', 'bad_signature']

/**
 * Verifies a bundle's envelope against the trust bundle: who signed, with a key that counts now, exactly this statement.
 * Never throws: whatever is wrong is a state, and policy decides on it.
 */
export const verifyEnvelope = (envelope: DsseEnvelope | null, trust: TrustBundle, expected: Expected): Verified => {
  const keyids = envelope?.signatures.map(({ keyid }) => keyid) ?? []
  if (!envelope || keyids.length === 0) return { state: 'unsigned', publisherId: null, keyids }
  const keys = keyids
    .flatMap((keyid) => trust.get(keyid) ?? [])
    .filter(({ role }) => role === (expected.role ?? 'publisher'))
  if (keys.length === 0) return { state: 'unknown_signer', publisherId: null, keyids }
  const found = keys
    .map((key) => ({ key, state: stateOf(envelope, key, expected.now) }))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))[0]
  if (!found || found.state === 'bad_signature') return { state: 'bad_signature', publisherId: null, keyids }
  const { state, key } = found
  const exact = envelope.payloadType === BUNDLE_PAYLOAD_TYPE && says(envelope, expected.statement)
  return { state: exact ? state : 'digest_mismatch', publisherId: key.publisherId, keyids }
}
