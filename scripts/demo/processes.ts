import { execFileSync } from 'node:child_process'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const processes = (): Process[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)
      return found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }] : []
    })

const below = (all: readonly Process[], root: number): Process[] => {
  const children = all.filter(({ parent }) => parent === root)
  return [...children, ...children.flatMap(({ pid }) => below(all, pid))]
}

const SCANNER = 'inspect.job'

/** Kills every scanner below a process as soon as it shows up, until stopped; how many processes there were. */
export const endScanners = (root: number): { stop: () => number } => {
  const ended = new Set<number>()
  const timer = setInterval(() => {
    for (const { pid, command } of below(processes(), root)) {
      if (!command.includes(SCANNER) || ended.has(pid)) continue
      try {
        process.kill(pid, 'SIGKILL')
        ended.add(pid)
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }, 10)
  return {
    stop: () => {
      clearInterval(timer)
      return ended.size
    },
  }
}
