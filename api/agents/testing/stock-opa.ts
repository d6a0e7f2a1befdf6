import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { findOpa } from '../../../scripts/find-opa.mjs'
import { freePort } from '../../platform/embedded/free-port.js'

/** A stock OPA on loopback, started with nothing but a configuration file. */
export interface StockOpa {
  readonly url: string
  /** What it said so far. */
  said(): string
  stop(): Promise<void>
}

/** Asks again until the answer is one; fails after `ms` with what `otherwise` says. */
export const until = async <T>(ask: () => Promise<T | undefined>, otherwise: () => string, ms = 60_000): Promise<T> => {
  const end = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(otherwise())
    await setTimeout(50)
  }
}

/** `opa run -s -c config.json`, once its bundles and plugins are ready. Rejects at once where it says what is in `hopeless`. */
export const startOpa = async (config: object, hopeless?: RegExp): Promise<StockOpa> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-opa-'))
  await writeFile(join(folder, 'config.json'), JSON.stringify(config))
  const address = `127.0.0.1:${await freePort()}`
  const args = ['run', '-s', '-c', 'config.json', '--addr', address, '--skip-version-check', '--log-level', 'error']
  const child = spawn(await findOpa(), args, { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const opa = {
    url: `http://${address}`,
    said: () => words,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
  const healthy = async () => {
    if (hopeless?.test(words)) throw new Error(words)
    return (await statusOf(`${opa.url}/health?bundles&plugins`)) === 200 || undefined
  }
  try {
    await until(healthy, () => `opa is not ready:\n${words}`)
    return opa
  } catch (error) {
    await opa.stop()
    throw error
  }
}

const statusOf = async (url: string): Promise<number> => {
  try {
    return (await fetch(url)).status
  } catch {
    return 0
  }
}
