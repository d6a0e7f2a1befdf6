import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** The nicest that Linux has: about a seventieth of what others get who want the same core. */
const NICENESS = 19

/** Has a process and all that it started take what others leave of the processors. One that is gone is let be. */
export function stepBack(pid: number | undefined): void {
  if (pid === undefined) return
  for (const thread of threadsOf(pid)) attempt(() => setPriority(thread, NICENESS))
  for (const child of childrenOf(pid)) stepBack(child)
}

/** Linux has a niceness for each thread; elsewhere a process has one. */
const threadsOf = (pid: number): number[] => attempt(() => readdirSync(`/proc/${pid}/task`).map(Number)) ?? [pid]

const childrenOf = (pid: number): number[] =>
  threadsOf(pid).flatMap((thread) => {
    const text = attempt(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')) ?? ''
    return text.split(' ').filter(Boolean).map(Number)
  })

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
