import { writeFileSync } from 'node:fs'

/** An ordinary user may change one share in a tenth of a second on the whole machine. */
const AGAIN_MS = 150
const MOST_TRIES = 20

/**
 * Linux shares the processors out among sessions before it looks at what is in them (autogroups, sched(7)), where nobody has
 * made control groups for that. The slots of one urgency are in one, so that their policies count among them; and the service,
 * which all of them wait for, comes first. Does nothing where there are no such shares.
 * @param niceness that of the whole session
 */
export function takeLess(niceness: number, tries = MOST_TRIES): void {
  try {
    writeFileSync('/proc/self/autogroup', String(niceness))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN' && tries > 1)
      setTimeout(() => takeLess(niceness, tries - 1), AGAIN_MS).unref()
  }
}
