import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { Hash } from './merkle.rules.js'

/** What a checkpoint says: of which log, how many leaves, under which root, and until when that may be taken for current. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Raised where a note, a key or a signature is not what C2SP signed-note and tlog-checkpoint ask for. */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused'
}

const ED25519 = 0x01
const KEY_HASH_BYTES = 4
const SIGNATURE_LINE = /^— ([^ +]+) ([A-Za-z0-9+/=]+)$/
const EXPIRES = 'expires '

/** The raw 32 bytes of an Ed25519 public key: the end of its SubjectPublicKeyInfo (RFC 8410 §4). */
const rawKey = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }).subarray(-32)

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

const keyHash = (name: string, raw: Uint8Array): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ED25519))
    .update(raw)
    .digest()
    .subarray(0, KEY_HASH_BYTES)

/** A key in the verifier form of signed notes: `name+hash+base64`. */
export const verifierOf = (name: string, key: KeyObject): string => {
  const raw = rawKey(key)
  return `${name}+${keyHash(name, raw).toString('hex')}+${Buffer.concat([Uint8Array.of(ED25519), raw]).toString('base64')}`
}

interface Verifier {
  readonly name: string
  readonly hash: Buffer
  readonly key: KeyObject
}

/** Reads a key in verifier form. Raises {@link CheckpointRefused}. */
export const readVerifier = (text: string): Verifier => {
  const [name, hash, ...rest] = text.trim().split('+')
  const bytes = Buffer.from(rest.join('+'), 'base64')
  const raw = bytes.subarray(1)
  if (!name || bytes[0] !== ED25519 || raw.length !== 32 || keyHash(name, raw).toString('hex') !== hash) {
    throw new CheckpointRefused('the key is not in the verifier form name+hash+base64 of an Ed25519 key')
  }
  const der = Buffer.concat([SPKI_PREFIX, raw])
  return { name, hash: Buffer.from(hash, 'hex'), key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

const bodyOf = ({ origin, size, root, expiresAt }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n${EXPIRES}${new Date(expiresAt).toISOString()}\n`

/** Signs a checkpoint: the note that anyone can verify with the key's verifier form. */
export const signCheckpoint = (checkpoint: Checkpoint, privateKey: KeyObject): string => {
  const body = bodyOf(checkpoint)
  const signature = sign(null, Buffer.from(body), privateKey)
  const hash = keyHash(checkpoint.origin, rawKey(privateKey))
  return `${body}\n— ${checkpoint.origin} ${Buffer.concat([hash, signature]).toString('base64')}\n`
}

/** Reads a checkpoint without asking who signed it. Raises {@link CheckpointRefused}. */
export const readCheckpoint = (note: string): Checkpoint => {
  const [origin, size, root, expires] = note.split('\n')
  const expiresAt = Date.parse(expires?.startsWith(EXPIRES) ? expires.slice(EXPIRES.length) : '')
  const checkpoint = { origin: origin ?? '', size: Number(size), root: Buffer.from(root ?? '', 'base64'), expiresAt }
  if (!Number.isSafeInteger(checkpoint.size) || checkpoint.root.length !== 32 || Number.isNaN(expiresAt)) {
    throw new CheckpointRefused('the note is not a checkpoint of origin, size, root and expiry')
  }
  if (!note.startsWith(`${bodyOf(checkpoint)}\n`)) throw new CheckpointRefused('the checkpoint has another form')
  return checkpoint
}

/**
 * Verifies a note against trusted keys in verifier form.
 * @returns the checkpoint; whether it is still current is for the reader to judge by `expiresAt`
 * @throws CheckpointRefused where no trusted key signed exactly this note
 */
export const verifyCheckpoint = (note: string, verifiers: readonly string[]): Checkpoint => {
  const checkpoint = readCheckpoint(note)
  const end = note.indexOf('\n\n') + 1
  const body = Buffer.from(note.slice(0, end))
  const trusted = verifiers.map(readVerifier)
  for (const line of note.slice(end + 1).split('\n')) {
    const [, name, encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = Buffer.from(encoded, 'base64')
    const signer = trusted.find((one) => one.name === name && one.hash.equals(bytes.subarray(0, KEY_HASH_BYTES)))
    if (!signer || signer.name !== checkpoint.origin) continue
    if (verify(null, body, signer.key, bytes.subarray(KEY_HASH_BYTES))) return checkpoint
  }
  throw new CheckpointRefused('no trusted key signed this checkpoint')
}
