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
 * What a program gets of the processors. `unhurried` (SCHED_BATCH): as much as others, but one that wakes waits for its turn
 * instead of putting off whoever woke it. `idle` (SCHED_IDLE): what others leave.
 */
export type Urgency = 'unhurried' | 'idle'

const POLICY: Record<Urgency, string> = { unhurried: '--batch', idle: '--idle' }

/** The same command under that policy, where it can be had. */
export function scheduled(command: Command, urgency: Urgency): Command {
  if (found === undefined) found = chrt()
  if (found === null) return command
  return { ...command, file: found, args: [POLICY[urgency], '0', command.file, ...command.args] }
}
