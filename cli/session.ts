import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GatehouseClient, type BoundToken, type ClientOptions } from '#sdk/client/client.js'
import { freshToken } from './sign-in/fresh-token.js'
import { keptSignIn, keptWhere } from './sign-in/store.js'
import { UsageError } from './usage-error.js'

/** The options that every command takes. */
export interface GlobalOptions {
  readonly url?: string
  readonly key?: string
  readonly as?: string
  readonly data?: string
  readonly json?: boolean
}

const readJson = (path: string): Record<string, unknown> | null => {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new UsageError(`${path} is not JSON (${(error as Error).message}); restart the service to write it anew`)
  }
}

/** The data folder of the service beside this clone: `--data`, GATEHOUSE_DATA, or `.gatehouse` here. */
export const dataFolder = (options: GlobalOptions): string =>
  resolve(options.data ?? process.env['GATEHOUSE_DATA'] ?? '.gatehouse')

/** Address of the service: `--url`, GATEHOUSE_URL, what the local service wrote down, or the usual port. */
export const serviceUrl = (options: GlobalOptions): string => {
  const url =
    options.url ??
    process.env['GATEHOUSE_URL'] ??
    readJson(join(dataFolder(options), 'service.json'))?.['url'] ??
    'http://127.0.0.1:3000'
  if (typeof url !== 'string' || !URL.canParse(url))
    throw new UsageError(`--url ${String(url)} is not a URL such as http://127.0.0.1:3000`)
  return url
}

const tokenOnceThere = async (origin: string): Promise<string | BoundToken> => {
  const kept = keptSignIn(origin)
  return kept ? freshToken(origin, kept) : ''
}

/** What speaks where the options name nobody: a key, whoever is signed in, or nobody until somebody signs in. */
export const speaksBy = (options: GlobalOptions): 'key' | 'sign_in' | 'nobody' => {
  if (options.key ?? options.as ?? process.env['GATEHOUSE_KEY']) return 'key'
  if (tokensIn(options) !== null) return 'sign_in'
  return readJson(join(dataFolder(options), 'keys', 'demo-keys.json'))?.['operator'] === undefined ? 'nobody' : 'key'
}

/** Where the tokens are that whoever is signed in speaks with: `keychain`, or the path of the file. */
export const tokensIn = (options: GlobalOptions): string | null => keptWhere(new URL(serviceUrl(options)).origin)

/**
 * What to speak with: `--key`, GATEHOUSE_KEY, the key of a seeded person (`--as`), whoever is signed in at the service, or
 * the seeded operator.
 */
const credential = (options: GlobalOptions, origin: string): ClientOptions['key'] => {
  if (options.key && options.as) throw new UsageError('--key and --as both say who speaks: give one of them')
  const given = options.key ?? (options.as ? undefined : process.env['GATEHOUSE_KEY'])
  if (given) return given
  const signedIn = options.as ? undefined : keptSignIn(origin)
  if (signedIn) return () => freshToken(origin, keptSignIn(origin) ?? signedIn)
  const seeded = readJson(join(dataFolder(options), 'keys', 'demo-keys.json'))
  const operator = seeded?.['operator']
  // Nobody is signed in yet: whoever then signs in while this goes on speaks for themselves.
  if (!options.as) return typeof operator === 'string' ? operator : () => tokenOnceThere(origin)
  const key = seeded?.[options.as]
  if (typeof key === 'string') return key
  const known = seeded ? Object.keys(seeded).join(', ') : 'this data folder has no demo data; --data names another'
  throw new UsageError(`--as ${options.as}: the demo data has nobody of this name (${known})`)
}

/** A folder that was named and is not there is a slip: without it somebody else would speak, or to another service. */
const requireData = ({ data }: GlobalOptions): void => {
  if (data === undefined || existsSync(data)) return
  throw new UsageError(`--data ${data} is no folder that is there: name the data folder of the service`)
}

/** A client for the service and the person that the options name. */
export const openClient = (options: GlobalOptions): GatehouseClient => {
  requireData(options)
  const url = serviceUrl(options)
  const key = credential(options, new URL(url).origin)
  // A person at a terminal is told at once that the service is away, and repeats a command themselves.
  return new GatehouseClient({ url, retries: 0, ...(key && { key }) })
}
