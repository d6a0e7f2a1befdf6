import { createHmac, hkdfSync } from 'node:crypto'
import { matchesHash } from '../api-key.rules.js'

/** Milliseconds that one nonce is given out; it is taken for as long again. */
const SLOT_MS = 300_000
const NONCE_BYTES = 24

/** A key for nonces, out of one that all instances have. */
export const nonceKey = (secret: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'gatehouse-dpop-nonce', 32))

const nonceAt = (key: Buffer, slot: number): string =>
  createHmac('sha256', key).update(String(slot)).digest().subarray(0, NONCE_BYTES).toString('base64url')

/** The nonce of this moment: nobody can know it before, and every instance knows it without asking. */
export const nonceOf = (key: Buffer, now: number): string => nonceAt(key, Math.floor(now / SLOT_MS))

/** Whether a nonce is of this moment or the one before. */
export const isFreshNonce = (key: Buffer, nonce: string, now: number): boolean => {
  const slot = Math.floor(now / SLOT_MS)
  return [slot, slot - 1].some((each) => matchesHash(Buffer.from(nonce), Buffer.from(nonceAt(key, each))))
}
