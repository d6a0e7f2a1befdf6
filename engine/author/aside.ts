import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { RuntimeRefusal } from '#runtime/errors.js'
import { programTree } from '#runtime/launcher/program.js'
import { GIVE_UP, type AsideOrder, type AsideReport, type AsideResults, type AsideTask } from './aside.types.js'
import { STAGE_NAMES, stoppedAt } from './check.js'
import type { CheckReport, StageReport } from './finding.js'
import type { Opa } from './opa.js'

/** Bounds of one thread. */
export interface AsideBounds {
  /** How long it may be held up by one step, in milliseconds. */
  readonly stuckMs: number
  /** How long all of it may take, in milliseconds. What `opa` may take is bounded for each run. */
  readonly wallMs: number
  /** Its heap in MiB; a policy's own memory is capped apart. */
  readonly heapMb: number
}

const BOUNDS: AsideBounds = { stuckMs: 10_000, wallMs: 300_000, heapMb: 512 }
const PROGRAM = 'author/aside-thread.js'

/** Sources that cannot be read, or that were given up for what reading them takes. */
export class SourcesUnreadable extends Error {
  override readonly name = 'SourcesUnreadable'
}

/** The thread was ended from outside. */
class Ended extends Error {
  constructor(
    readonly limit: 'time' | 'memory',
    message: string,
  ) {
    super(message)
  }
}

export interface AsideOptions {
  /** The `opa` that the thread calls. */
  readonly tool: Opa
  /** Gives it up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly bounds?: Partial<AsideBounds> | undefined
}

type CheckAside = AsideOptions & Omit<Extract<AsideTask, { kind: 'check' }>, 'kind' | 'files'>
type Files = Extract<AsideTask, { kind: 'seal' }>['files']

/**
 * Checks what somebody submitted in a thread of its own: whatever reads or tries it, nobody else waits. A check that is
 * ended there is a report too, which says at which stage. Raises `RuntimeRefusal` as `checkPolicy` does.
 */
export async function checkAside(files: Files, { regal, base, ...options }: CheckAside): Promise<CheckReport> {
  const done: StageReport[] = []
  let at = STAGE_NAMES[0]!
  const onStage = (name: string, report: StageReport | null): void => {
    at = name
    if (report) done.push(report)
  }
  try {
    return await aside({ kind: 'check', files, regal, base }, options, onStage)
  } catch (error) {
    if (error instanceof Ended) return stoppedAt(done, at, error)
    throw error
  }
}

/** Seals what somebody submitted, as `sealPolicy` does, in a thread of its own. Raises {@link SourcesUnreadable}, `RuntimeRefusal`. */
export const sealAside = (files: Files, options: AsideOptions): Promise<AsideResults['seal']> =>
  orUnreadable(aside({ kind: 'seal', files }, options))

/** What differs between two of them, as `diffPolicies` says, in a thread of its own. Raises as `sealAside` does. */
export const diffAside = (before: Files, after: Files, options: AsideOptions): Promise<AsideResults['diff']> =>
  orUnreadable(aside({ kind: 'diff', before, after }, options))

const orUnreadable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof Ended ? new SourcesUnreadable(error.message) : error
  })

type OnStage = (name: string, report: StageReport | null) => void

/** Does a task in a thread with a folder of its own, so that one that is ended leaves nothing behind. */
async function aside<K extends AsideTask['kind']>(
  task: AsideTask & { readonly kind: K },
  { tool, signal, bounds }: AsideOptions,
  onStage: OnStage = () => undefined,
): Promise<AsideResults[K]> {
  signal?.throwIfAborted()
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-aside-'))
  try {
    await chmod(folder, 0o711)
    const { kind, weakIsolation = false } = tool.wall
    const pulse = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const order: AsideOrder = { task, pulse, tool: { path: tool.path, wall: kind.name, weakIsolation } }
    return (await run(order, { folder, signal, bounds: { ...BOUNDS, ...bounds }, onStage })) as AsideResults[K]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly folder: string
  readonly signal: AbortSignal | undefined
  readonly bounds: AsideBounds
  readonly onStage: OnStage
}

async function run(order: AsideOrder, { folder, signal, bounds, onStage }: Run): Promise<unknown> {
  const worker = new Worker(join(programTree().root, 'dist', 'engine', PROGRAM), {
    workerData: order,
    env: { TMPDIR: folder },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: bounds.heapMb, maxYoungGenerationSizeMb: 64 },
  })
  const giveUp = (): void => worker.postMessage(GIVE_UP)
  if (signal?.aborted) giveUp()
  signal?.addEventListener('abort', giveUp, { once: true })
  let settle: { readonly result: unknown } | { readonly error: unknown } | undefined
  worker.on('message', (report: AsideReport) => {
    if (report.kind === 'stage') return onStage(report.name, report.report)
    settle ??= report.kind === 'done' ? { result: report.result } : { error: errorOf(report, signal) }
  })
  worker.on('error', (error: NodeJS.ErrnoException) => (settle ??= { error: endingOf(error, bounds) }))
  const watch = watching(order.pulse, bounds, (error) => {
    settle ??= { error }
    void worker.terminate()
  })
  await new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  watch.end()
  signal?.removeEventListener('abort', giveUp)
  if (!settle) throw new Error('the thread ended without a word')
  return 'result' in settle ? settle.result : Promise.reject(settle.error)
}

/** Tells of a thread that one step holds up, or that takes too long in all; by time in which this thread was looking. */
function watching(pulse: SharedArrayBuffer, { stuckMs, wallMs }: AsideBounds, end: (error: Ended) => void) {
  const beats = new Int32Array(pulse)
  const begun = performance.now()
  let seen = { beats: -1, since: begun }
  const timer = setInterval(
    () => {
      const now = performance.now()
      const count = Atomics.load(beats, 0)
      if (count !== seen.beats) seen = { beats: count, since: now }
      if (now - seen.since > stuckMs) end(new Ended('time', `one step took longer than ${stuckMs / 1_000} s`))
      else if (now - begun > wallMs) end(new Ended('time', `all of it took longer than ${wallMs / 1_000} s`))
    },
    Math.max(10, stuckMs / 4),
  )
  return { end: () => clearInterval(timer) }
}

const endingOf = (error: NodeJS.ErrnoException, { heapMb }: AsideBounds): Error =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Ended('memory', `it wanted more than ${heapMb} MiB of memory`) : error

function errorOf(
  { unreadable, code, message }: Extract<AsideReport, { kind: 'failed' }>,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return signal.reason
  if (code !== null) return new RuntimeRefusal(code, message)
  return unreadable ? new SourcesUnreadable(message) : new Error(message)
}
