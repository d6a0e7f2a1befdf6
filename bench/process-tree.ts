import { readdirSync, readFileSync } from 'node:fs'

/** Field numbers of proc_pid_stat(5), counted from the state, which follows the name in parentheses. */
const PARENT = 1
const USER_TICKS = 11
const SYSTEM_TICKS = 12
/** Ticks of the kernel's clock that user space is told of; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** Fields of a process, or undefined where it ended meanwhile. */
const statOf = (pid: number): readonly string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** This process (or `root`) and everything that it started, by number. */
export const processTree = (root = process.pid): number[] => {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map(numbers.map((name) => [Number(name), Number(statOf(Number(name))?.[PARENT] ?? 0)]))
  const belongs = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && belongs(parents.get(pid)))
  return [...parents.keys()].filter(belongs)
}

/** Processor seconds that a process has used, in user and kernel mode; 0 where it has ended. */
export const processorSeconds = (pid: number): number => {
  const fields = statOf(pid)
  return fields ? (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND : 0
}

/** The name of a process's program, without its folder; empty where it has ended. */
export const programOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim()
  } catch {
    return ''
  }
}

/** A process's proportional share of memory, in KiB: of all pages, and of those that no file lies behind. */
export const smapsOf = (pid: number): { readonly kib: number; readonly anonymousKib: number } => {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0)
    return { kib: field('Pss'), anonymousKib: field('Pss_Anon') }
  } catch {
    return { kib: 0, anonymousKib: 0 }
  }
}
