import { setTimeout as delay } from 'node:timers/promises'
import { processTree, smapsOf } from './process-tree.js'
import type { Sandbox } from './sandbox-work.js'

/** Sandboxes that live at once when memory is first looked at. */
const FEW = 4
const SETTLE_MS = 200

/**
 * Anonymous memory of this process and of everything that it started, in KiB, without garbage. What is mapped from files
 * is shared by all that run the same program, so that one more of them takes none of it.
 */
const anonymousKib = async (): Promise<number> => {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.()
    await delay(SETTLE_MS)
  }
  return processTree().reduce((sum, pid) => sum + smapsOf(pid).anonymousKib, 0)
}

const open = async (make: () => Promise<Sandbox>, count: number): Promise<Sandbox[]> => {
  const opened: Sandbox[] = []
  for (let one = 0; one < count; one++) opened.push(await make())
  return opened
}

/**
 * KiB that one sandbox more takes, once some are there: the slope, so that neither what an engine takes once nor what
 * was garbage before counts for any. Needs `--expose-gc`.
 */
export const memoryOfOneMore = async (make: () => Promise<Sandbox>, many: number): Promise<number> => {
  if (!globalThis.gc) throw new Error('memory is measured with --expose-gc')
  const few = await open(make, FEW)
  const before = await anonymousKib()
  const more = await open(make, many)
  const after = await anonymousKib()
  for (const one of [...few, ...more]) await one.close()
  return (after - before) / many
}
