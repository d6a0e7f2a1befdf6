import { createPrivateKey, createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Keys that sign: the ledger's checkpoints, the registry's countersignature, admitted artifacts, sealed policies. Ed25519. */
export const SIGNING_KEYS = ['ledger', 'registry', 'glue', 'policy'] as const
/** Keys that sign what stock OPA verifies, which takes no Ed25519: policy bundles for agents. P-256. */
export const AGENT_KEYS = ['opa'] as const
/** Keys that stay symmetric: wrapping of secrets, pseudonyms of people. 256 bits. */
export const SECRET_KEYS = ['secrets', 'pseudonyms'] as const

/** What was found about one key file; `fault` says what is wrong and what to do. */
export interface KeyFinding {
  readonly file: string
  readonly fault: string | null
}

const OTHERS = 0o077
const P256 = 'prime256v1'

/** A key file that must not be used as it is; the message says what to do. */
export class KeyFileUnsound extends Error {}

/** The platform's keys, one 0600 file each under `<data>/keys`. A key is made the first time it is asked for, once for all instances. */
export class KeyFiles {
  private readonly folder: string

  private constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'keys')
  }

  /** Opens the folder of keys, making it where it is absent. */
  static async open(dataFolder: string): Promise<KeyFiles> {
    const files = new KeyFiles(dataFolder)
    await mkdir(files.folder, { recursive: true, mode: 0o700 })
    await chmod(files.folder, 0o700)
    return files
  }

  /** An Ed25519 private key. Raises `KeyFileUnsound` where others may read the file or it holds something else. */
  async signing(name: (typeof SIGNING_KEYS)[number]): Promise<KeyObject> {
    const pem = await this.obtain(`${name}.pem`, () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    )
    return this.parsed(
      `${name}.pem`,
      () => createPrivateKey(pem),
      (key) => key.asymmetricKeyType === 'ed25519',
    )
  }

  /** A P-256 private key. Raises `KeyFileUnsound` as `signing` does. */
  async agentSigning(name: (typeof AGENT_KEYS)[number]): Promise<KeyObject> {
    const pem = await this.obtain(`${name}.pem`, () =>
      generateKeyPairSync('ec', { namedCurve: P256 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    )
    return this.parsed(
      `${name}.pem`,
      () => createPrivateKey(pem),
      (key) => key.asymmetricKeyDetails?.namedCurve === P256,
    )
  }

  /** A 256-bit secret key. Raises `KeyFileUnsound` as `signing` does. */
  async secret(name: (typeof SECRET_KEYS)[number]): Promise<KeyObject> {
    const text = await this.obtain(`${name}.key`, () => `${randomBytes(32).toString('base64')}\n`)
    return this.parsed(
      `${name}.key`,
      () => createSecretKey(text.trim(), 'base64'),
      (key) => key.symmetricKeySize === 32,
    )
  }

  /** Looks at every key file and makes none: one that is missing is a fault, since a new key would not fit what is kept. */
  async inspect(): Promise<KeyFinding[]> {
    const signing = SIGNING_KEYS.map((name) => ({ file: `${name}.pem`, read: () => this.signing(name) }))
    const agent = AGENT_KEYS.map((name) => ({ file: `${name}.pem`, read: () => this.agentSigning(name) }))
    const secret = SECRET_KEYS.map((name) => ({ file: `${name}.key`, read: () => this.secret(name) }))
    return Promise.all(
      [...signing, ...agent, ...secret].map(async ({ file, read }) => ({ file, fault: await this.fault(file, read) })),
    )
  }

  private async fault(file: string, read: () => Promise<KeyObject>): Promise<string | null> {
    const path = join(this.folder, file)
    if (!(await exists(path))) return `${path} is missing: restore it from a backup (gatehouse restore)`
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
    throw new KeyFileUnsound(
      `${join(this.folder, file)} holds no usable key: restore it from a backup (gatehouse restore)`,
    )
  }

  private async obtain(file: string, make: () => string): Promise<string> {
    const path = join(this.folder, file)
    await this.createOnce(path, make)
    const { mode } = await stat(path)
    if ((mode & OTHERS) !== 0) throw new KeyFileUnsound(`${path} can be read by others: chmod 600 ${path}`)
    return readFile(path, 'utf8')
  }

  /** Written whole under another name and linked into place, so that a crash or a second instance never leaves half a key or two. */
  private async createOnce(path: string, make: () => string): Promise<void> {
    if (await exists(path)) return
    const fresh = `${path}.${randomBytes(6).toString('hex')}`
    const handle = await open(fresh, 'wx', 0o600)
    try {
      await handle.writeFile(make())
      await handle.sync()
      await handle.close()
      await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
    } finally {
      await rm(fresh, { force: true })
    }
  }
}

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}
