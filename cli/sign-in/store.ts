import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { JWK } from 'jose'

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

type Kept = Readonly<Record<string, KeptSignIn>>

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

/** Who is signed in at a service, as the file says now; undefined where nobody is. */
export const keptSignIn = (origin: string): KeptSignIn | undefined => {
  try {
    return parsed(readFileSync(fileOf(), 'utf8'))[origin]
  } catch {
    return undefined
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

/** Changes who is signed in at a service: `change` is given who is, and gives who then is; null for nobody. */
export const changeSignIn = (
  origin: string,
  change: (kept: KeptSignIn | undefined) => Promise<KeptSignIn | null>,
): Promise<KeptSignIn | null> =>
  alone(async () => {
    const { [origin]: kept, ...others } = await readAll()
    const next = await change(kept)
    await writeAll(next ? { ...others, [origin]: next } : others)
    return next
  })
