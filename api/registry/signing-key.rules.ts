import { createPublicKey, type KeyObject } from 'node:crypto'
import { problem } from '#contract/problems.js'
import { keyIdOf } from '#runtime/bundle/dsse.js'

/** A public key as it enters the trust bundle. */
export interface ReadKey {
  readonly keyid: string
  /** SPKI PEM in Node's own spelling, so that one key is always the same text. */
  readonly public_key: string
}

const readable = (pem: string): KeyObject | null => {
  // Node would derive the public half of a private key: whoever sent one has to hear that it has left their hands.
  if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    return createPublicKey(pem)
  } catch {
    return null
  }
}

/** Reads an Ed25519 public key. Raises `publisher.key_invalid`, also for a private key and other algorithms. */
export const readSigningKey = (pem: string): ReadKey => {
  const key = readable(pem)
  if (key?.asymmetricKeyType !== 'ed25519')
    throw problem('publisher.key_invalid', {
      errors: [{ pointer: '/public_key', detail: 'must be the SPKI PEM of an Ed25519 public key' }],
    })
  const public_key = key.export({ type: 'spki', format: 'pem' }).toString()
  return { keyid: keyIdOf(key), public_key }
}
