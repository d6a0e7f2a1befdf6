/** Digests for guests: the engine inside a component has no Web Crypto. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as hash } from '@noble/hashes/sha2.js'

/** SHA-256 (FIPS 180-4) of bytes; 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash(bytes)

/** HMAC with SHA-256 (RFC 2104): what nobody can make, or try out values against, without the key. 32 bytes. */
export const hmacSha256 = (key: Uint8Array, bytes: Uint8Array): Uint8Array => hmac(hash, key, bytes)

/** Bytes as lower-case hexadecimal digits. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A UUID of version 4 (RFC 9562) out of 16 random bytes, such as those of `gatehouse:extension/random`. */
export const uuidFrom = (random: Uint8Array): string => {
  if (random.length !== 16) throw new RangeError('a UUID is made of 16 bytes')
  const bytes = Uint8Array.from(random)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
