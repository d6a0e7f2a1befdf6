import { closeSync, readdirSync, readFileSync } from 'node:fs'

/** Standard streams and the channel to whoever forked this process. */
const OWN = 4
/** Closed by the kernel where another program takes over (`O_CLOEXEC` in octal); Node opens everything of its own so. */
const CLOSES_ON_EXEC = 0o2000000

/** Closes what this process was left by whoever started the service, so that no program gets it in turn. Linux alone tells of it. */
export function closeInherited(): void {
  if (process.platform !== 'linux') return
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) if (descriptor >= OWN) closeWhereOpen(descriptor)
}

function closeWhereOpen(descriptor: number): void {
  try {
    const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '0'
    if ((Number.parseInt(flags, 8) & CLOSES_ON_EXEC) === 0) closeSync(descriptor)
  } catch {
    // The one that the folder was read by is closed already.
  }
}
