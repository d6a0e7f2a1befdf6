import { spawnSync } from 'node:child_process'
import { systemProgram } from './node-files.js'
import type { Command } from './walls.js'

/** What a program gets of the processors. `usual`: its share, as all others. `idle` (SCHED_IDLE): what others leave. */
export type Urgency = 'usual' | 'idle'

let found: string | null | undefined

/** `chrt` of util-linux, where it is there and this process may use it. */
function chrt(): string | null {
  const program = systemProgram('chrt')
  if (program === undefined) return null
  return spawnSync(program, ['--idle', '0', program, '--version'], { env: {} }).status === 0 ? program : null
}

/** The same command with that urgency, where it can be had. */
export function scheduled(command: Command, urgency: Urgency): Command {
  if (urgency === 'usual') return command
  if (found === undefined) found = chrt()
  if (found === null) return command
  return { ...command, file: found, args: ['--idle', '0', command.file, ...command.args] }
}
