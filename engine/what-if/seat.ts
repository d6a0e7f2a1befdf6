import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { programTree } from '#runtime/launcher/program.js'
import type { BundleFiles } from '../bundle.js'
import { processorTime } from '../thread-time.js'
import type { Parcel } from './parcel.js'
import { AT, IDLE, LOADING, PLACES, THREAD, TICKS, type ThreadReport } from './thread.types.js'

/** Loading compiles the candidate and parses its data: seconds at most. */
const LOAD_DEADLINE_MS = 30_000
/** How often over a deadline may pass by the clock, for a thread that others keep from the processor. */
const PATIENCE = 15

/** Bounds of one thread. */
export interface ThreadBounds {
  /**
   * How long one evaluation may take, in milliseconds of processor time where that can be told. Fuel ends most long before;
   * this ends what fuel does not meter.
   */
  readonly deadlineMs: number
  /** Heap of one thread in MiB; a policy's own memory is capped apart. */
  readonly heapMb: number
  /** The program that judges, relative to `engine/`; another one only in tests of what happens to threads. */
  readonly program?: string
}

const PROGRAM = 'what-if/thread.js'

/** Why a thread is gone. */
export type Ending = 'deadline' | 'crashed'

interface Listener {
  said(report: ThreadReport): void
  /** The thread ended by itself or was ended; `at` is the index that it was at, or a negative mark. */
  ended(why: Ending, at: number): void
}

/** One thread that judges, watched from outside. */
export class Seat {
  readonly #worker: Worker
  readonly #place = new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT))
  readonly #watch: NodeJS.Timeout
  #seen = { ticks: -1, since: 0, spent: 0 }
  #why: Ending = 'crashed'

  constructor(
    candidate: BundleFiles,
    private readonly bounds: ThreadBounds,
    listener: Listener,
  ) {
    const file = join(programTree().root, 'dist', 'engine', bounds.program ?? PROGRAM)
    // Until the thread says otherwise it is being made, which on a busy machine takes longer than an evaluation may.
    Atomics.store(this.#place, AT, LOADING)
    this.#worker = new Worker(file, {
      workerData: { candidate, progress: this.#place.buffer },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: bounds.heapMb, maxYoungGenerationSizeMb: 32 },
    })
    this.#worker.on('message', (report: ThreadReport) => listener.said(report))
    // Running out of heap is told as an error and then as an exit; the exit is what counts.
    this.#worker.on('error', () => {})
    this.#worker.once('exit', () => {
      clearInterval(this.#watch)
      listener.ended(this.#why, Atomics.load(this.#place, AT))
    })
    this.#watch = setInterval(() => this.#look(), Math.max(10, bounds.deadlineMs / 4))
    this.#watch.unref()
  }

  /** Hands a parcel over; its bytes are gone from here. */
  ask(parcel: Parcel): void {
    this.#worker.postMessage(parcel, [parcel.bytes])
  }

  /** Ends the thread, wherever it is. Resolves once it is gone. */
  async leave(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Ends a thread that has been at one place for too long, in time during which this thread was looking. */
  #look(): void {
    const [at, ticks] = [Atomics.load(this.#place, AT), Atomics.load(this.#place, TICKS)]
    const now = performance.now()
    const spent = processorTime(Atomics.load(this.#place, THREAD))
    if (ticks !== this.#seen.ticks || at === IDLE) this.#seen = { ticks, since: now, spent: spent ?? 0 }
    const deadlineMs = at === LOADING ? LOAD_DEADLINE_MS : this.bounds.deadlineMs
    const waited = now - this.#seen.since
    const took = spent === undefined ? waited : Math.max(spent - this.#seen.spent, waited / PATIENCE)
    if (took <= deadlineMs) return
    this.#why = 'deadline'
    void this.#worker.terminate()
  }
}
