import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import autocannon from 'autocannon'
import { freePort } from '#api/platform/embedded/free-port.js'
import type { Gate } from '#contract/vocabulary.js'

const CONNECTIONS = 16
const READY_WITHIN_MS = 10_000
const SOURCES = ['governance', 'platform.json']

/** What opa is asked: the same policy from its sources, and the same input. */
export interface OpaSubject {
  /** Path of the tool. Run as it is, because it is its speed that is measured, on Rego of our own. */
  readonly opa: string
  /** The folder `policies/`. */
  readonly root: string
  readonly gate: Gate
  /** File that holds the input. */
  readonly inputFile: string
}

/** Evaluations a second of `opa bench`, which runs OPA's own interpreter on one core. */
export async function opaBench({ opa, root, gate, inputFile }: OpaSubject): Promise<number> {
  const sources = SOURCES.flatMap((source) => ['-d', source])
  const options = ['--ignore', '*_test.rego', '-i', inputFile, '-f', 'json', '--metrics=false']
  const args = ['bench', ...sources, ...options, `data.governance.${gate}.decision`]
  const { stdout } = await promisify(execFile)(opa, args, { cwd: root, env: {} })
  const { N, T } = JSON.parse(stdout) as { N: number; T: number }
  return N / (T / 1e9)
}

/** Requests a second that `opa run --server` answers on loopback. Fails where it does not come up. */
export async function opaRest(subject: OpaSubject, input: unknown, seconds: number): Promise<number> {
  const origin = `http://127.0.0.1:${await freePort()}`
  const server = spawn(subject.opa, serverArguments(origin), { cwd: subject.root, env: {}, stdio: 'ignore' })
  try {
    await untilReady(origin, server)
    const url = `${origin}/v1/data/governance/${subject.gate}/decision`
    const body = JSON.stringify({ input })
    const result = await autocannon({ url, method: 'POST', body, connections: CONNECTIONS, duration: seconds })
    if (result['2xx'] === 0 || result.non2xx > 0) throw new Error('opa run --server did not answer as it should')
    return result['2xx'] / result.duration
  } finally {
    server.kill('SIGKILL')
  }
}

const serverArguments = (origin: string): string[] => {
  const address = origin.replace('http://', '')
  const options = ['--addr', address, '--disable-telemetry', '--log-level', 'error', '--ignore', '*_test.rego']
  return ['run', '--server', ...options, ...SOURCES]
}

async function untilReady(origin: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  while (performance.now() < deadline && server.exitCode === null) {
    const ready = await fetch(`${origin}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await pause(20)
  }
  throw new Error('opa run --server did not come up')
}
