import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { UsageError } from './usage-error.js'

const readAs = (flag: string, path: string, parse: (pem: Buffer) => KeyObject): KeyObject => {
  if (!existsSync(path))
    throw new UsageError(`${flag} ${path} is not there: make one with gatehouse ext keygen ${path}`)
  let key: KeyObject
  try {
    key = parse(readFileSync(path))
  } catch {
    throw new UsageError(`${flag} ${path} is no key in PEM: make one with gatehouse ext keygen NEW_FILE`)
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(
      `${flag} ${path} is a key of ${key.asymmetricKeyType}; Ed25519 is needed: gatehouse ext keygen`,
    )
  return key
}

/** The Ed25519 private key in a PEM file. Throws a `UsageError` that names the flag where it is none. */
export const readPrivateKey = (flag: string, path: string): KeyObject => readAs(flag, path, createPrivateKey)

/** The public half, as SPKI PEM, of the Ed25519 key in a PEM file, be that the private key or the public one. */
export const readPublicKey = (flag: string, path: string): string =>
  readAs(flag, path, createPublicKey).export({ type: 'spki', format: 'pem' }).toString()
