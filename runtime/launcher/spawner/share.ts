import { writeFileSync } from 'node:fs'

/** Of a session's share, as of a process's: at 5 about a third of what others get who want the same core. */
const NICENESS = 5

/**
 * Linux shares the processors out among sessions before it looks at what is in them (autogroups, sched(7)), where nobody has
 * made control groups for that. The slots are in one, so that their policies count among them; and the service, which all of
 * them wait for, comes first.
 */
export function takeLess(): void {
  try {
    writeFileSync('/proc/self/autogroup', String(NICENESS))
  } catch {
    // There are no such shares here.
  }
}
