import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigInvalid, type Config } from './config.js'

const BLOCK = /-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g

const keyOf = (pem: string): KeyObject | null => {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** Ed25519 public keys of a PEM text. Null where it holds none, or anything that is not one: a private key above all. */
export const publicKeysOf = (text: string): KeyObject[] | null => {
  const keys = [...text.matchAll(BLOCK)].map(([pem]) => keyOf(pem))
  if (keys.length === 0 || text.replaceAll(BLOCK, '').includes('-----BEGIN')) return null
  return keys.every((key) => key !== null) ? keys : null
}

/**
 * Keys that count as the registry's besides its own, from SIGNING_TRUST_BUNDLE: such as the one before a rotation. None
 * where the setting is absent. Raises `ConfigInvalid` where the file cannot be read or holds anything else.
 */
export const readTrustBundle = async ({ SIGNING_TRUST_BUNDLE: path }: Config): Promise<KeyObject[]> => {
  if (path === undefined) return []
  const fault = (detail: string) => new ConfigInvalid([{ setting: 'SIGNING_TRUST_BUNDLE', detail }])
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fault(`${path} cannot be read (${error.code})`)
  })
  const keys = publicKeysOf(text)
  if (keys === null) throw fault(`${path} must hold one or more Ed25519 public keys in PEM, and nothing else`)
  return keys
}
