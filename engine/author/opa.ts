import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { detectWall } from '#runtime/launcher/probe.js'
import { runTool, type ToolLimits, type ToolRun, type ToolWall } from '#runtime/launcher/run-tool.js'
import { readArchive } from './archive.js'

/** What one run of `opa` may use. */
export const OPA_LIMITS: ToolLimits = {
  wallMs: 30_000,
  outputBytes: 32 * 1024 * 1024,
  memoryMb: 512,
  cpuSeconds: 60,
  fileMb: 32,
}

const ARCHIVE = 'bundle.tar.gz'

/** How a run of `opa` ended. */
export interface OpaRun {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** `opa` was ended from outside: for its time, its memory or its output. */
export class OpaEnded extends Error {
  override readonly name = 'OpaEnded'

  constructor(
    readonly limit: 'time' | 'memory' | 'output',
    command: string,
  ) {
    super(`opa ${command} was ended: ${WORDS[limit]}`)
  }
}

const WORDS = {
  time: `it ran longer than ${OPA_LIMITS.wallMs / 1_000} s`,
  memory: `it wanted more than ${OPA_LIMITS.memoryMb} MiB of memory`,
  output: `it wrote more than ${OPA_LIMITS.outputBytes / 1024 / 1024} MiB`,
} as const

/** `opa` refused what it was given, and said why. */
export class OpaRefused extends Error {
  override readonly name = 'OpaRefused'

  constructor(
    command: string,
    readonly output: string,
  ) {
    super(`opa ${command} failed:\n${output}`)
  }
}

/**
 * The official tool, at a place that scripts/find-opa.mjs found, behind a wall: it sees one folder as `/`, no environment
 * and no network, whosever Rego it works on.
 */
export class Opa {
  constructor(
    readonly path: string,
    readonly wall: ToolWall,
    readonly signal?: AbortSignal,
  ) {}

  /** The same tool, given up where `signal` says so: a run then rejects with the signal's reason. */
  until(signal: AbortSignal | undefined): Opa {
    return signal ? new Opa(this.path, this.wall, signal) : this
  }

  /** Runs `opa` in a folder. A refusal is `ok: false`; raises {@link OpaEnded}, or `RuntimeRefusal` where it can't run. */
  async run(args: readonly string[], folder: string, writable: readonly string[] = []): Promise<OpaRun> {
    const { path: executable, signal } = this
    const job = { executable, args, folder, writable, limits: OPA_LIMITS, ...(signal ? { signal } : {}) }
    const run = await runTool(this.wall, job)
    if (run.ended === 'aborted') throw signal!.reason
    const limit = limitHit(run)
    if (limit) throw new OpaEnded(limit, args[0]!)
    return { ok: run.code === 0, stdout: run.stdout.toString('utf8'), stderr: run.stderr.toString('utf8') }
  }

  /** Like {@link run}, for runs that must succeed: gives the output, or raises {@link OpaRefused}. */
  async output(args: readonly string[], folder: string, writable: readonly string[] = []): Promise<string> {
    const run = await this.run(args, folder, writable)
    if (run.ok) return run.stdout
    throw new OpaRefused(args[0]!, run.stderr || run.stdout)
  }

  /** `opa build -t wasm` with these arguments: the files of the archive. Raises {@link OpaRefused}. */
  async build(args: readonly string[], folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
    const archive = join(folder, ARCHIVE)
    await writeFile(archive, '')
    await chmod(archive, 0o666)
    await this.output(['build', '-t', 'wasm', '-o', ARCHIVE, ...args], folder, [ARCHIVE])
    return readArchive(await readFile(archive))
  }

  /** Version, such as `1.22.0`. */
  async version(folder: string): Promise<string> {
    return /^Version:\s*(\S+)/m.exec(await this.output(['version'], folder))?.[1] ?? 'unknown'
  }
}

/**
 * `opa` behind the strongest wall of this machine.
 * @param weakIsolation runs it also where the operating system denies nothing: for Rego of whoever owns the machine
 */
export async function openOpa(path: string, { weakIsolation = false } = {}): Promise<Opa> {
  const { kind } = await detectWall()
  return new Opa(path, weakIsolation ? { kind, weakIsolation } : { kind })
}

/** Go's last words where the kernel gives it no more memory, or no thread because of that. */
const OUT_OF_MEMORY =
  /^(?:fatal error|runtime): .*(?:out of memory|cannot allocate memory|failed to create new OS thread)/m

function limitHit({ ended, code, stderr }: ToolRun): OpaEnded['limit'] | undefined {
  if (ended === 'time' || ended === 'output') return ended
  if (ended === 'aborted' || code === 0) return undefined
  const words = stderr.toString('utf8')
  if (OUT_OF_MEMORY.test(words)) return 'memory'
  return /SIGXCPU|CPU time limit exceeded/.test(words) ? 'time' : undefined
}
