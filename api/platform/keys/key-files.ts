import { createPrivateKey, createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyFileUnsound, KeyStore } from './key-store.js'
import { RotatingKey } from './rotating-key.js'

export { KeyFileUnsound } from './key-store.js'

/** Keys that sign: the ledger's checkpoints, the registry's countersignature, admitted artifacts, orders to runners. Ed25519. */
export const SIGNING_KEYS = ['ledger', 'registry', 'glue', 'orders'] as const
/** Keys that sign policy and change without a gap: `policy` what is sealed (Ed25519), `opa` bundles for stock OPA, which takes none of those, `sign_in` what proves Gatehouse to identity providers (P-256), `saml` to those that speak SAML (RSA). */
export const ROTATING_KEYS = ['policy', 'opa', 'sign_in', 'saml'] as const
/** Keys that stay symmetric: wrapping of secrets. 256 bits. */
export const SECRET_KEYS = ['secrets'] as const

/** What was found about one key file; `fault` says what is wrong and what to do. */
export interface KeyFinding {
  readonly file: string
  readonly fault: string | null
}

const P256 = 'prime256v1'
const ED25519 = {
  make: () => pemOf(generateKeyPairSync('ed25519').privateKey),
  fits: (key: KeyObject) => key.asymmetricKeyType === 'ed25519',
}
const ECDSA = {
  make: () => pemOf(generateKeyPairSync('ec', { namedCurve: P256 }).privateKey),
  fits: (key: KeyObject) => key.asymmetricKeyDetails?.namedCurve === P256,
}
const RSA = {
  make: () => pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  fits: (key: KeyObject) => key.asymmetricKeyType === 'rsa',
}
const ROTATING = { policy: ED25519, opa: ECDSA, sign_in: ECDSA, saml: RSA } as const

/** The platform's keys, one 0600 file each under `<data>/keys`. A key is made the first time it is asked for, once for all instances; whoever needs it asks when the service starts. */
export class KeyFiles {
  private constructor(private readonly store: KeyStore) {}

  /** Opens the folder of keys, making it where it is absent. */
  static async open(dataFolder: string): Promise<KeyFiles> {
    return new KeyFiles(await KeyStore.open(join(dataFolder, 'keys')))
  }

  /** An Ed25519 private key. Raises `KeyFileUnsound` where others may read the file or it holds something else. */
  async signing(name: (typeof SIGNING_KEYS)[number]): Promise<KeyObject> {
    const file = `${name}.pem`
    const pem = await this.store.obtain(file, ED25519.make)
    return this.parsed(file, () => createPrivateKey(pem), ED25519.fits)
  }

  /** A key that can be rotated. */
  rotating(name: (typeof ROTATING_KEYS)[number]): RotatingKey {
    const { make, fits } = ROTATING[name]
    const read = (file: string, pem: string) => this.parsed(file, () => createPrivateKey(pem), fits)
    return new RotatingKey(this.store, { name, make, read })
  }

  /** A 256-bit secret key. Raises `KeyFileUnsound` as `signing` does. */
  async secret(name: (typeof SECRET_KEYS)[number]): Promise<KeyObject> {
    const file = `${name}.key`
    const text = await this.store.obtain(file, () => `${randomBytes(32).toString('base64')}\n`)
    return this.parsed(
      file,
      () => createSecretKey(text.trim(), 'base64'),
      (key) => key.symmetricKeySize === 32,
    )
  }

  /** Looks at every key file and makes none: one that is missing is a fault, since a new key would not fit what is kept. */
  async inspect(): Promise<KeyFinding[]> {
    const signing = SIGNING_KEYS.map((name) => ({ file: `${name}.pem`, read: () => this.signing(name) }))
    const rotating = ROTATING_KEYS.map((name) => ({ file: `${name}.pem`, read: () => this.rotating(name).keys() }))
    const secret = SECRET_KEYS.map((name) => ({ file: `${name}.key`, read: () => this.secret(name) }))
    return Promise.all(
      [...signing, ...rotating, ...secret].map(async ({ file, read }) => ({
        file,
        fault: await this.fault(file, read),
      })),
    )
  }

  private async fault(file: string, read: () => Promise<unknown>): Promise<string | null> {
    const path = this.store.pathOf(file)
    if (!(await stat(path).catch(() => undefined)))
      return `${path} is missing: restore it from a backup (gatehouse restore)`
    return read().then(
      () => null,
      (error: Error) => error.message,
    )
  }

  private parsed(file: string, read: () => KeyObject, fits: (key: KeyObject) => boolean): KeyObject {
    try {
      const key = read()
      if (fits(key)) return key
    } catch {
      // Told below: what was wrong with the bytes must not be shown.
    }
    throw new KeyFileUnsound(this.store.unusable(file))
  }
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
