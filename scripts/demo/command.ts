import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What one run of the `gatehouse` command gave. */
export interface Ran {
  readonly code: number
  /** Last line of stdout, parsed. */
  readonly answer: Record<string, unknown>
  readonly stdout: string
  readonly stderr: string
}

/** Longer than anything here takes: what hangs is to fail its step, not the whole demo. */
const WITHIN_MS = 90_000

const entry = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

const lastJson = (stdout: string): Record<string, unknown> => {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Runs `gatehouse ARGS --json` with an environment that names the data folder, and waits for it. */
export const gatehouse = (args: readonly string[], environment: Record<string, string>): Promise<Ran> =>
  new Promise((resolve) => {
    const options = {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], OPA_BIN: process.env['OPA_BIN'], ...environment },
      maxBuffer: 256 * 1024 * 1024,
      timeout: WITHIN_MS,
      killSignal: 'SIGKILL' as const,
    }
    const child = execFile(process.execPath, [entry, ...args, '--json'], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, answer: lastJson(stdout), stdout, stderr })
    })
  })
