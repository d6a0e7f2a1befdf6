import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { RuntimeRefusal } from '../errors.js'
import { limited, type ResourceLimits } from './limits.js'
import type { Binding, Command, WallKind } from './walls.js'

/** Where a tool runs. */
export interface ToolWall {
  readonly kind: WallKind
  /** Takes a machine where the operating system denies nothing. Only for the machine's owner to say. */
  readonly weakIsolation?: true
}

export interface ToolLimits extends ResourceLimits {
  readonly wallMs: number
  /** Of stdout and stderr each, in bytes. */
  readonly outputBytes: number
}

export interface ToolJob {
  /** Absolute path of an executable that we trust, to work on what we don't. */
  readonly executable: string
  readonly args: readonly string[]
  /** A folder that the tool sees as `/`, where it also starts. Everybody must be able to read it. */
  readonly folder: string
  /** Names in that folder, already there, that the tool may write. */
  readonly writable?: readonly string[]
  readonly limits: ToolLimits
  readonly signal?: AbortSignal
}

/** How a tool ended: by itself with an exit code, or ended from outside with `code: null`. */
export interface ToolRun {
  readonly ended: 'exited' | 'time' | 'output' | 'aborted'
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: Buffer
}

/**
 * Runs an executable to its end behind a wall: no environment, no files but its folder, no network, no other processes,
 * capped in memory, time and output. Raises `RuntimeRefusal` with code `wall.absent` where the machine has no wall of
 * namespaces (Node's permission model does not hold other programs), unless weak isolation is allowed.
 */
export async function runTool({ kind, weakIsolation }: ToolWall, job: ToolJob): Promise<ToolRun> {
  job.signal?.throwIfAborted()
  if (kind.strength !== 'namespaces' && weakIsolation !== true)
    throw new RuntimeRefusal(
      'wall.absent',
      'this machine has no wall for other programs: install bubblewrap, or allow weak isolation',
      { wall: kind.name },
    )
  const visible = kind.strength === 'namespaces' ? entriesOf(job) : []
  const command = limited(kind.command({ executable: job.executable, args: job.args, visible }), job.limits)
  return runCommand(command, job)
}

function entriesOf({ folder, writable = [] }: ToolJob): Binding[] {
  return readdirSync(folder).map((name) => ({
    from: join(folder, name),
    to: `/${name}`,
    ...(writable.includes(name) ? { writable: true as const } : {}),
  }))
}

/**
 * What an ended tool wrote is read for so long, in milliseconds: a process that it had just started, before its wall was up, may
 * hold its output open.
 */
const LINGER_MS = 1_000

function runCommand({ file, args, identity }: Command, job: ToolJob): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    // Behind a wall of namespaces the folder is `/`; where there is none, it is at least where the tool starts.
    const child = spawn(file, args, { cwd: job.folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'], ...identity })
    const guard = guardOf(child, job)
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => collect(stream, job.limits, guard))
    let lingering: NodeJS.Timeout | undefined
    child.on('exit', () => {
      if (guard.cause() === undefined) return
      lingering = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), LINGER_MS)
    })
    child.on('error', (error) => {
      guard.release()
      reject(new RuntimeRefusal('tool.not_started', error.message, {}))
    })
    child.on('close', (code) => {
      guard.release()
      clearTimeout(lingering)
      const ended = guard.cause() ?? 'exited'
      resolve({ ended, code: ended === 'exited' ? code : null, stdout: stdout!(), stderr: stderr!() })
    })
  })
}

type Cause = Exclude<ToolRun['ended'], 'exited'>

interface Guard {
  end(cause: Cause): void
  cause(): Cause | undefined
  release(): void
}

/** Ends the process for the first cause that comes. */
function guardOf(child: ChildProcess, { limits, signal }: ToolJob): Guard {
  let cause: Cause | undefined
  const end = (why: Cause): void => {
    cause ??= why
    child.kill('SIGKILL')
  }
  const abort = (): void => end('aborted')
  const timer = setTimeout(() => end('time'), limits.wallMs)
  signal?.addEventListener('abort', abort, { once: true })
  const release = (): void => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  return { end, cause: () => cause, release }
}

function collect(stream: Readable, { outputBytes }: ToolLimits, guard: Guard): () => Buffer {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.byteLength
    if (size > outputBytes) guard.end('output')
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks)
}
