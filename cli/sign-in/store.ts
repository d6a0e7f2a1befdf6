import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { JWK } from 'jose'
import { UsageError } from '../usage-error.js'
import { systemKeychain } from './keychain.js'

/** Somebody who is signed in at a service. Moments are milliseconds since the epoch. */
export interface KeptSignIn {
  readonly access_token: string
  readonly refresh_token: string
  /** When the access token has to be refreshed. */
  readonly access_until: number
  /** When signing in again is all that helps. */
  readonly ends_at: number
  /** The private key that the tokens are bound to. */
  readonly key?: JWK
}

/** Where tokens are kept: the keychain of the system, a file for its owner alone, or the first of them that there is. */
export const PLACES = ['auto', 'keychain', 'file'] as const
export type Place = (typeof PLACES)[number]

/** What the file says of a service: the tokens, or by which name the keychain has them; absent where that is the origin. */
type Stored = KeptSignIn | { readonly kept_in: 'keychain'; readonly entry?: string }
type Kept = Readonly<Record<string, Stored>>

const LOCK_STALE_MS = 30_000
const LOCK_POLL_MS = 50

const fileOf = (): string =>
  join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'gatehouse', 'sign-ins.json')

const parsed = (text: string): Kept => {
  try {
    return JSON.parse(text) as Kept
  } catch {
    // What cannot be read is nobody's: signing in writes it anew.
    return {}
  }
}

/** The name by which the keychain has the tokens; null where it does not have them. */
const entryOf = (origin: string, stored: Stored | null | undefined): string | null =>
  stored && 'kept_in' in stored ? (stored.entry ?? origin) : null

/** A keychain is one for all configuration folders of a person, who may sign in by each as somebody else. */
const newEntry = (origin: string): string => `${origin} ${resolve(dirname(fileOf()))}`

const storedAt = (origin: string): Stored | undefined => {
  try {
    return parsed(readFileSync(fileOf(), 'utf8'))[origin]
  } catch {
    return undefined
  }
}

const opened = (origin: string, stored: Stored | undefined): KeptSignIn | undefined => {
  if (stored === undefined || !('kept_in' in stored)) return stored
  try {
    const secret = systemKeychain().read(stored.entry ?? origin)
    return secret === null ? undefined : (JSON.parse(secret) as KeptSignIn)
  } catch (error) {
    const why = (error as Error).message
    throw new Error(
      `The keychain does not give the tokens for ${origin} (${why}). Unlock it, or sign in anew: gatehouse login --keep-in file`,
      { cause: error },
    )
  }
}

/** Who is signed in at a service now; undefined where nobody is. Throws where the keychain that has it is away or locked. */
export const keptSignIn = (origin: string): KeptSignIn | undefined => opened(origin, storedAt(origin))

/** Where the tokens for a service are: `keychain`, the path of the file, or null where nobody is signed in. */
export const keptWhere = (origin: string): string | null => {
  const stored = storedAt(origin)
  if (stored === undefined) return null
  return entryOf(origin, stored) === null ? fileOf() : 'keychain'
}

/** What GATEHOUSE_TOKENS says of where tokens are kept. Raises UsageError. */
export const placeSet = (): Place => {
  const set = process.env['GATEHOUSE_TOKENS'] ?? 'auto'
  const place = PLACES.find((each) => each === set)
  if (!place) throw new UsageError(`GATEHOUSE_TOKENS is ${set}; it must be one of ${PLACES.join(', ')}`)
  return place
}

/** Keeps tokens, and gives what the file is to say of them. Throws where they are to be in a keychain that takes nothing. */
const put = (signIn: KeptSignIn, { place, entry }: { readonly place: Place; readonly entry: string }): Stored => {
  if (place === 'file') return signIn
  try {
    systemKeychain().write(entry, JSON.stringify(signIn))
    return { kept_in: 'keychain', entry }
  } catch (error) {
    if (place === 'auto') return signIn
    const why = (error as Error).message
    throw new Error(`There is no keychain here that takes the tokens (${why}): gatehouse login --keep-in file`, {
      cause: error,
    })
  }
}

const forget = (entry: string): void => {
  try {
    systemKeychain().remove(entry)
  } catch {
    // Locked, or away: what is left there ended with its session.
  }
}

const readAll = async (): Promise<Kept> => readFile(fileOf(), 'utf8').then(parsed, () => ({}))

/** Writes the file whole or not at all, for its owner alone. */
const writeAll = async (kept: Kept): Promise<void> => {
  const path = fileOf()
  const draft = `${path}.${process.pid}`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(kept, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await chmod(draft, 0o600)
  await rename(draft, path)
}

/** Holds the file against other commands: a refresh token is spent once, and whoever spends it second ends the session. */
const alone = async <T>(work: () => Promise<T>): Promise<T> => {
  const lock = `${fileOf()}.lock`
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 })
  for (;;) {
    const taken = await open(lock, 'wx', 0o600).catch(() => null)
    if (taken) {
      await taken.close()
      break
    }
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > LOCK_STALE_MS) await rm(lock, { force: true })
    await delay(LOCK_POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

/** How a change is kept. */
export interface Keeping {
  /** Where tokens go; where they were, unless said otherwise. */
  readonly place?: Place
  /** Whoever signs in or out does so also where the tokens before cannot be read. */
  readonly anew?: boolean
}

/** Changes who is signed in at a service: `change` is given who is, and gives who then is; null for nobody. */
export const changeSignIn = (
  origin: string,
  change: (kept: KeptSignIn | undefined) => Promise<KeptSignIn | null>,
  { place, anew = false }: Keeping = {},
): Promise<KeptSignIn | null> =>
  alone(async () => {
    const { [origin]: stored, ...others } = await readAll()
    const next = await change(await readable(() => opened(origin, stored), anew))
    const before = entryOf(origin, stored)
    // A refresh moves nothing: what was put into the keychain is never written to the file unasked.
    const stays = { place: before === null ? 'file' : 'keychain', entry: before ?? newEntry(origin) } as const
    const kept = next && put(next, place === undefined ? stays : { place, entry: newEntry(origin) })
    if (before !== null && before !== entryOf(origin, kept)) forget(before)
    await writeAll(kept ? { ...others, [origin]: kept } : others)
    return next
  })

const readable = async (read: () => KeptSignIn | undefined, anew: boolean): Promise<KeptSignIn | undefined> => {
  try {
    return read()
  } catch (error) {
    if (anew) return undefined
    throw error
  }
}
