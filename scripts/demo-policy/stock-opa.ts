import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../demo/free-port.js'

const READY_WITHIN_MS = 30_000

/** The official `opa`, started with nothing but a configuration file, as a company's own agent is. */
export class StockOpa {
  private words = ''

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => (this.words += chunk.toString()))
  }

  /** Starts `opa run -s -c` and waits until its bundles and plugins are ready. */
  static async start(folder: string, config: object): Promise<StockOpa> {
    const binary = process.env['OPA_BIN']
    if (!binary) throw new Error('OPA_BIN names no opa: run npm run demo:policy, which finds it')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
    const address = `127.0.0.1:${await freePort()}`
    const args = ['run', '-s', '-c', 'config.json', '--addr', address, '--skip-version-check', '--log-level', 'error']
    const child = spawn(binary, args, { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
    const opa = new StockOpa(child, `http://${address}`)
    const deadline = Date.now() + READY_WITHIN_MS
    while (!(await opa.healthy())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await opa.stop()
        throw new Error(`opa is not ready:\n${opa.words}`)
      }
      await delay(50)
    }
    return opa
  }

  private healthy(): Promise<boolean> {
    return fetch(`${this.url}/health?bundles&plugins`).then(
      ({ status }) => status === 200,
      () => false,
    )
  }

  /** What it answers at a gate. */
  async decide(gate: string, input: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}/v1/data/governance/${gate}/decision`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
    })
    return ((await response.json()) as { result: Record<string, unknown> }).result
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    this.child.kill('SIGTERM')
    await once(this.child, 'exit')
  }
}
