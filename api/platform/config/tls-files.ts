import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContext } from 'node:tls'

/** A PEM file, and the setting that names it. */
export interface TlsFile {
  readonly setting: string
  readonly path: string
}
/** The file that a setting names; undefined where it is not set. */
export const tlsFile = <Name extends string>(
  settings: { readonly [Each in Name]?: string | undefined },
  setting: Name,
): TlsFile | undefined => {
  const path: string | undefined = settings[setting]
  return path === undefined ? undefined : { setting, path }
}

/** A certificate with its key, and the authorities that vouch for the other side; each where there is one. */
export interface TlsFileSet {
  readonly cert?: TlsFile | undefined
  readonly key?: TlsFile | undefined
  readonly ca?: TlsFile | undefined
}
/** What they hold, in PEM. */
export type TlsTexts = { readonly [Part in keyof TlsFileSet]?: string }

/** A file that cannot be used, by its setting. */
export class TlsFault extends Error {
  constructor(
    readonly setting: string,
    readonly detail: string,
  ) {
    super(`${setting}: ${detail}`)
  }
}

/**
 * Certificates, key and authorities as files have them now: whoever renews them writes the files anew, and nothing is
 * restarted. What cannot be used, such as a certificate whose key is not written yet, is told of and changes nothing.
 */
export class TlsFiles {
  private context: SecureContext | undefined
  private told: string | undefined

  private constructor(
    private readonly files: TlsFileSet,
    private texts: TlsTexts,
    private readonly onFault: (fault: TlsFault) => void,
  ) {}

  /** Reads them. Raises `TlsFault`. `onFault` is told of what is wrong with them later, once. */
  static async open(files: TlsFileSet, onFault: (fault: TlsFault) => void): Promise<TlsFiles> {
    return new TlsFiles(files, await readTls(files), onFault)
  }

  /** As they were when they could be used last. */
  get current(): TlsTexts {
    return this.texts
  }

  /** Reads them again; true where they have changed. */
  async refresh(): Promise<boolean> {
    try {
      const texts = await readTls(this.files)
      this.told = undefined
      if (PARTS.every((part) => texts[part] === this.texts[part])) return false
      this.texts = texts
      this.context = undefined
      return true
    } catch (error) {
      const fault = error as TlsFault
      if (this.told !== fault.message) this.onFault(fault)
      this.told = fault.message
      return false
    }
  }

  /** What a connection of now is made with. */
  async newest(): Promise<SecureContext> {
    await this.refresh()
    return (this.context ??= createSecureContext({ ...this.texts }))
  }
}

const PARTS = ['cert', 'key', 'ca'] as const
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Reads files and holds them against each other. Raises `TlsFault`. */
export const readTls = async (files: TlsFileSet): Promise<TlsTexts> => {
  const [cert, key, ca] = await Promise.all(PARTS.map((part) => textOf(files[part])))
  const [certificate] = files.cert ? certificatesOf(files.cert, cert!) : []
  if (files.ca) certificatesOf(files.ca, ca!)
  if (files.key) {
    const { setting, path } = files.key
    const secret = attempt(() => createPrivateKey(key!))
    if (!secret) throw new TlsFault(setting, `${path} must hold a private key in PEM`)
    if (certificate && !certificate.checkPrivateKey(secret))
      throw new TlsFault(setting, `${path} is not the key of the certificate of ${files.cert!.setting}`)
  }
  return { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) }
}

const textOf = async (file: TlsFile | undefined): Promise<string | undefined> => {
  if (!file) return undefined
  return readFile(file.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new TlsFault(file.setting, `${file.path} cannot be read (${error.code})`)
  })
}

/** The certificates of a file, the one that others vouch for first. */
const certificatesOf = ({ setting, path }: TlsFile, text: string): X509Certificate[] => {
  const found = [...text.matchAll(BLOCK)].map(([pem]) => attempt(() => new X509Certificate(pem)))
  if (found.length === 0 || found.includes(undefined))
    throw new TlsFault(setting, `${path} must hold one or more certificates in PEM`)
  return found as X509Certificate[]
}

const attempt = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}
