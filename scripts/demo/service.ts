import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../api/main.js', import.meta.url))
const READY_WITHIN_MS = 120_000
const GONE_WITHIN_MS = 30_000

/** One running service process, seen from outside: its address, its pid, its signals. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  get pid(): number {
    return this.child.pid ?? -1
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Starts a service on a free port and waits until it has written down its address. What it prints goes to a file. */
  static async start(data: string, environment: Record<string, string>): Promise<Service> {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const marker = join(data, environment['GATEHOUSE_SERVICE_FILE'] ?? 'service.json')
    rmSync(marker, { force: true })
    const log = createWriteStream(join(data, 'service.log'), { flags: 'a' })
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], GATEHOUSE_DATA: data, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.pipe(log)
    child.stderr?.pipe(log)
    const deadline = Date.now() + READY_WITHIN_MS
    while (!existsSync(marker)) {
      if (child.exitCode !== null)
        throw new Error(`the service stopped with ${child.exitCode}:\n${tail(join(data, 'service.log'))}`)
      if (Date.now() > deadline)
        throw new Error(`the service was not ready in time:\n${tail(join(data, 'service.log'))}`)
      await delay(50)
    }
    return new Service(child, (JSON.parse(readFileSync(marker, 'utf8')) as { url: string }).url)
  }

  /** Asks the service to stop and waits until it is gone. */
  async stop(): Promise<void> {
    await this.end('SIGTERM')
  }

  /** Sends a signal and waits for the process to be gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return
    const gone = once(this.child, 'exit', { signal: AbortSignal.timeout(GONE_WITHIN_MS) })
    this.child.kill(signal)
    await gone.catch(() => {
      throw new Error(`the service did not end within ${GONE_WITHIN_MS / 1000} s of ${signal}`)
    })
  }
}

const tail = (path: string): string =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-20).join('\n') : ''
