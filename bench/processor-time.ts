import { processorSeconds, processTree, programOf } from './process-tree.js'

/** Who takes processor time for a call, in microseconds of both user and kernel mode. */
export interface ProcessorTime {
  /** This process, with all its threads. */
  readonly service: number
  readonly slots: number
  readonly database: number
}

type Part = keyof ProcessorTime

const partOf = (pid: number): Part => {
  if (pid === process.pid) return 'service'
  return programOf(pid) === 'postgres' ? 'database' : 'slots'
}

/** Begins to count; the function that it gives says what each took since, shared out over so many calls. `load` counts for nobody. */
export const processorClock = (load: number): ((calls: number) => ProcessorTime) => {
  const before = new Map(processTree().map((pid) => [pid, processorSeconds(pid)]))
  return (calls) => {
    const spent: Record<Part, number> = { service: 0, slots: 0, database: 0 }
    for (const pid of processTree())
      if (pid !== load) spent[partOf(pid)] += processorSeconds(pid) - (before.get(pid) ?? 0)
    const micros = (part: Part): number => Math.round((spent[part] * 1e6) / Math.max(calls, 1))
    return { service: micros('service'), slots: micros('slots'), database: micros('database') }
  }
}
