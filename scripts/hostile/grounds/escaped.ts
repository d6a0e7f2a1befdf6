import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { detectWall } from '#runtime/launcher/probe.js'
import { availableWalls, type WallKind } from '#runtime/launcher/walls.js'
import { NotToBeHad } from '../case.js'
import { attemptsBehind, type Attempts } from './attempts.js'

export type Account = 'root' | 'ordinary user'

/** An account of nobody: it owns nothing, neither PostgreSQL's files nor ours. */
const ORDINARY = 65_533
const AS_USER = fileURLToPath(new URL('../as-user.js', import.meta.url))
const isRoot = (): boolean => process.getuid?.() === 0

/** The strongest wall of each account that the service may run as, and what escaped code came to behind it. */
export class EscapedGround {
  private readonly done = new Map<Account, Promise<Attempts>>()

  /** With the launcher taken away, what is started is only what Node itself holds, and that is off for these. */
  constructor(private readonly withoutLauncher = false) {}

  attempts(account: Account): Promise<Attempts> {
    const found = this.done.get(account) ?? this.attempt(account)
    this.done.set(account, found)
    return found
  }

  private async attempt(account: Account): Promise<Attempts> {
    if (this.withoutLauncher) return attemptsBehind(nodeAlone())
    if ((account === 'root') === isRoot()) return attemptsBehind((await detectWall()).kind)
    if (account === 'root') throw new NotToBeHad('only root can try it as root')
    const options = { uid: ORDINARY, gid: ORDINARY, env: {}, cwd: '/' }
    const { stdout } = await promisify(execFile)(process.execPath, [AS_USER], options).catch((error: Error) => {
      throw new Error(`as an ordinary user: ${error.message.slice(0, 400)}`)
    })
    return JSON.parse(stdout) as Attempts
  }
}

/** Nothing of the operating system: the same account, files and network as ours. */
export const nodeAlone = (): WallKind => {
  const kind = availableWalls().find(({ name }) => name === 'permission-only')!
  return {
    ...kind,
    command: (enclosed) => {
      const { file, args } = kind.command(enclosed)
      return { file, args }
    },
  }
}
