import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { processTree, smapsOf } from './process-tree.js'

/** What memory is measured of. */
export interface Closable {
  close(): unknown
}

/** Sandboxes that live at once when memory is first looked at. */
const FEW = 4
const SETTLE_MS = 200

const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/**
 * Anonymous memory of this process and of everything that it started, in KiB, without garbage. What is mapped from files
 * is shared by all that run the same program, so that one more of them takes none of it.
 */
const anonymousKib = async (): Promise<number> => {
  const collect = collector()
  for (let turn = 0; turn < 3; turn++) {
    collect()
    await delay(SETTLE_MS)
  }
  return processTree().reduce((sum, pid) => sum + smapsOf(pid).anonymousKib, 0)
}

const open = async (make: () => Promise<Closable>, count: number): Promise<Closable[]> => {
  const opened: Closable[] = []
  for (let one = 0; one < count; one++) opened.push(await make())
  return opened
}

/**
 * KiB that one sandbox more takes, once some are there: the slope, so that neither what an engine takes once nor what
 * was garbage before counts for any.
 */
export const memoryOfOneMore = async (make: () => Promise<Closable>, many: number): Promise<number> => {
  const few = await open(make, FEW)
  const before = await anonymousKib()
  const more = await open(make, many)
  const after = await anonymousKib()
  for (const one of [...few, ...more]) await one.close()
  return (after - before) / many
}
