import { spawnSync } from 'node:child_process'
import { systemProgram } from './node-files.js'
import type { Command } from './walls.js'

let found: string | null | undefined

/** `chrt` of util-linux, where it is there and this process may use it. */
function chrt(): string | null {
  const program = systemProgram('chrt')
  if (program === undefined) return null
  return spawnSync(program, ['--batch', '0', program, '--version'], { env: {} }).status === 0 ? program : null
}

/**
 * The same command under SCHED_BATCH, where that can be had: a guest that wakes waits for its turn on the processor
 * instead of putting off whoever woke it, and gets as much of it.
 */
export function unhurried(command: Command): Command {
  if (found === undefined) found = chrt()
  return found === null ? command : { ...command, file: found, args: ['--batch', '0', command.file, ...command.args] }
}
