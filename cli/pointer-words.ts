import type { Command } from 'commander'
import type { ProblemBody } from '#sdk/client/refusal.js'

/** Fields that no flag is called after, and the flag that fills them. */
const FLAG_OF: Readonly<Record<string, string>> = { '/why': '--reason', '/break_glass/expires_in_s': '--break-glass' }

/** What lies deeper in a body comes from a file, whose field is named as it is. */
const flagOf = (command: Command, pointer: string): string => {
  // Of a path only what is an argument of the command can be wrong.
  if (pointer.startsWith('/params/')) return command.registeredArguments[0]?.name().toUpperCase() ?? pointer
  const called = /^\/(\w+)$/.exec(pointer)?.[1]
  const known = new Set(command.options.map(({ long }) => long))
  const flag = [`--${called?.replaceAll('_', '-')}`, FLAG_OF[pointer]].find((each) => known.has(each))
  return flag ?? pointer
}

/** A refusal that names the flags of a command in place of the fields that they fill, as far as there are any. */
export const inFlags = (command: Command, problem: ProblemBody): ProblemBody =>
  problem.errors === undefined
    ? problem
    : { ...problem, errors: problem.errors.map((each) => ({ ...each, pointer: flagOf(command, each.pointer) })) }
