import { readdirSync, readFileSync } from 'node:fs'

const parents = (): Map<number, number> => {
  const found = new Map<number, number>()
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name))
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
      } catch {
        // It ended meanwhile.
      }
  return found
}

const shareOf = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Proportional share of memory of this process and of everything that it started, in KiB. */
export const memoryOfTree = (root = process.pid): number => {
  const all = parents()
  const belongs = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && belongs(all.get(pid)))
  return [...all.keys()].filter((pid) => belongs(pid)).reduce((sum, pid) => sum + shareOf(pid), 0)
}
