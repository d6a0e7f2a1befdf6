import { writeFileSync } from 'node:fs'

/** Of a session's share, as of a process's: at 5 about a third of what others get who want the same core. */
const NICENESS = 5
/** An ordinary user may change one share in a tenth of a second on the whole machine. */
const AGAIN_MS = 150
const MOST_TRIES = 20

/**
 * Linux shares the processors out among sessions before it looks at what is in them (autogroups, sched(7)), where nobody has
 * made control groups for that. The slots are in one, so that their policies count among them; and the service, which all of
 * them wait for, comes first. Does nothing where there are no such shares.
 */
export function takeLess(tries = MOST_TRIES): void {
  try {
    writeFileSync('/proc/self/autogroup', String(NICENESS))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN' && tries > 1)
      setTimeout(() => takeLess(tries - 1), AGAIN_MS).unref()
  }
}
