import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const FORM = 1
const NONCE = 12
const TAG = 16
const KEY = 32
const HEADER = 1 + NONCE + TAG + KEY

/** The key-encryption key: it encrypts data keys only, each of which encrypts one secret. */
export interface KeyEncryptionKey {
  /** Name by which a sealed secret says what opens it. */
  readonly id: string
  readonly bytes: Buffer
}

/** Names the key by its digest. `bytes` are 32 random ones. */
export const keyEncryptionKey = (bytes: Buffer): KeyEncryptionKey => {
  if (bytes.length !== KEY) throw new TypeError(`a key-encryption key has ${KEY} bytes`)
  return { id: createHash('sha256').update('gatehouse-kek').update(bytes).digest('hex').slice(0, 16), bytes }
}

/** A sealed secret that does not open: another key, another place, or changed bytes. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable'
}

const encrypt = (key: Buffer, plain: Uint8Array, place: Buffer): Buffer => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(place)
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

const decrypt = (key: Buffer, sealed: Buffer, place: Buffer): Buffer => {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(place)
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
}

/**
 * Encrypts a secret under a data key of its own, and that under the key-encryption key. `place` (such as tenant, install
 * and name) is bound in: the bytes do not open anywhere else. Form: 1, wrapped data key, encrypted secret.
 */
export const sealBytes = (kek: KeyEncryptionKey, secret: Uint8Array, place: string): Buffer => {
  const dataKey = randomBytes(KEY)
  const aad = Buffer.from(place)
  return Buffer.concat([Buffer.of(FORM), encrypt(kek.bytes, dataKey, aad), encrypt(dataKey, secret, aad)])
}

/** The same for text. */
export const sealSecret = (kek: KeyEncryptionKey, secret: string, place: string): Buffer =>
  sealBytes(kek, Buffer.from(secret, 'utf8'), place)

/** Opens what `sealBytes` made for this place. Raises {@link SecretUnreadable}. */
export const openBytes = (kek: KeyEncryptionKey, sealed: Buffer, place: string): Buffer => {
  const aad = Buffer.from(place)
  try {
    if (sealed[0] !== FORM) throw new SecretUnreadable('unknown form')
    const dataKey = decrypt(kek.bytes, sealed.subarray(1, HEADER), aad)
    return decrypt(dataKey, sealed.subarray(HEADER), aad)
  } catch (error) {
    throw error instanceof SecretUnreadable ? error : new SecretUnreadable('it does not open', { cause: error })
  }
}

/** Opens what `sealSecret` made for this place. Raises {@link SecretUnreadable}. */
export const openSecret = (kek: KeyEncryptionKey, sealed: Buffer, place: string): string =>
  openBytes(kek, sealed, place).toString('utf8')
