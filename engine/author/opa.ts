import { spawn } from 'node:child_process'

/** Longest run of `opa` in milliseconds, and most output taken from it in bytes. */
const TIMEOUT_MS = 60_000
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** How a run of `opa` ended. */
export interface OpaRun {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** The official tool, at a place that scripts/find-opa.mjs found. Only for Rego of this repository, never for submitted Rego. */
export class Opa {
  constructor(readonly path: string) {}

  /** Runs `opa` with an empty environment. Fails only where it cannot be run at all; a refusal is `ok: false`. */
  run(args: readonly string[], cwd: string): Promise<OpaRun> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.path, args, {
        cwd,
        env: {},
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
      })
      const collect = (stream: NodeJS.ReadableStream) => collectText(stream, () => child.kill('SIGKILL'))
      const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
      child.on('error', reject)
      child.on('close', (code) => resolve({ ok: code === 0, stdout: stdout(), stderr: stderr() }))
    })
  }

  /** Like {@link run}, for runs that must succeed: gives the output, or fails with what `opa` said. */
  async output(args: readonly string[], cwd: string): Promise<string> {
    const run = await this.run(args, cwd)
    if (run.ok) return run.stdout
    throw new Error(`opa ${args[0]} failed:\n${run.stderr || run.stdout}`)
  }
}

function collectText(stream: NodeJS.ReadableStream, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.byteLength
    if (size > MAX_OUTPUT_BYTES) onTooMuch()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
