import { readFileSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Added to the niceness of a thread whose work nobody waits for: about a tenth of a busy core. */
const NICENESS = 10
/** Nanoseconds in a millisecond. */
const NANOSECONDS = 1_000_000

/** The calling thread as the operating system numbers it; 0 where it does not say, which Linux alone does. */
export function ownThread(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || 0
  } catch {
    return 0
  }
}

/**
 * Milliseconds of processor time that a thread of this process has had, so that one which waits for a busy processor is
 * not taken for one that runs away; undefined where the operating system does not say.
 */
export function processorTime(thread: number): number | undefined {
  if (thread === 0) return undefined
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ')
    return Number(nanoseconds) / NANOSECONDS
  } catch {
    return undefined
  }
}

/** Lets the calling thread stand back behind all others of the machine. Linux alone can for one thread; elsewhere it is left. */
export function standBack(): void {
  if (process.platform === 'linux') setPriority(0, NICENESS)
}
