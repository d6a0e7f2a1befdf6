import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { programTree } from '#runtime/launcher/program.js'

/** What one program may take. */
interface ApartBounds {
  readonly deadlineMs: number
  /** Heap in MiB; memory of WebAssembly is capped apart. */
  readonly heapMb: number
}

/** The thread ended before it said anything: at its deadline, or because it ran out of heap. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded'

  constructor(readonly why: 'deadline' | 'crashed') {
    super(why === 'deadline' ? 'it took longer than it may' : 'it took more memory than it may')
  }
}

/**
 * Runs a program of ours in a thread of its own, once, so that the thread that asks goes on whatever it comes to.
 * @param program relative to `engine/`, as built
 * @param order what it finds as its `workerData`
 * @returns the one message that it posts
 * @throws ThreadEnded
 */
export function apart<Said>(program: string, order: unknown, { deadlineMs, heapMb }: ApartBounds): Promise<Said> {
  const worker = new Worker(join(programTree().root, 'dist', 'engine', program), {
    ...{ workerData: order, env: {}, execArgv: [] },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
  })
  return new Promise<Said>((resolve, reject) => {
    const deadline = setTimeout(() => end(new ThreadEnded('deadline')), deadlineMs)
    const end = (error: Error): void => {
      clearTimeout(deadline)
      reject(error)
      void worker.terminate()
    }
    worker.once('message', (said: Said) => {
      clearTimeout(deadline)
      resolve(said)
    })
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadEnded('crashed') : error),
    )
    worker.once('exit', () => end(new ThreadEnded('crashed')))
  })
}
