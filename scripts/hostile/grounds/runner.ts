import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'

const PROGRAM = join(packageRoot(), 'dist/api/runners/machine/main.js')

/** Whose orders a runner follows, and whose artifacts it loads. */
interface Trusted {
  readonly orders: KeyObject
  readonly glue: KeyObject
}

/** `gatehouse runner`, as a process of its own. */
export class RunnerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly address: { readonly url: string; readonly token: string },
  ) {}

  /** Starts one on loopback and waits until it listens. */
  static async start(
    { orders, glue }: Trusted,
    { port = 0, token = randomBytes(32).toString('hex') } = {},
  ): Promise<RunnerProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-hostile-runner-'))
    const kept = (name: string, key: KeyObject): string => {
      const file = join(folder, name)
      writeFileSync(file, key.export({ type: 'spki', format: 'pem' }))
      return file
    }
    const child = spawn(process.execPath, [PROGRAM], {
      env: {
        ...{ PATH: process.env['PATH'], PORT: String(port), GATEHOUSE_SLOTS: '2', RUNNER_TOKEN: token },
        RUNNER_ORDER_KEYS: kept('orders.pem', orders),
        RUNNER_GLUE_KEYS: kept('glue.pem', glue),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new RunnerProcess(child, folder, { url: await listening(child), token })
  }

  async close(): Promise<void> {
    const gone = once(this.child, 'exit')
    if (this.child.kill('SIGKILL')) await gone
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const listening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const url = /Runner (\S+) listens/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`the runner does not start: ${said.slice(-500)}`)))
  })
