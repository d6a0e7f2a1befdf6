import { Command, CommanderError, Help } from 'commander'
import type { GatehouseClient } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import { sameAgain } from './again.js'
import { Output } from './output.js'
import { whoIsWho } from './people.js'
import type { GlobalOptions } from './session.js'
import { inFlags } from './pointer-words.js'
import { OWN_PROCESS, type Surroundings } from './surroundings.js'
import { UsageError } from './usage-error.js'

/** What a command works with. */
export interface Cli {
  readonly options: GlobalOptions
  readonly output: Output
  /** Opened on first use: commands that work on files alone need no service. */
  readonly client: GatehouseClient
  readonly surroundings: Surroundings
}

const USUAL = new Help()

/** The whole command line, with what its commands run in. */
export class Program extends Command {
  constructor(readonly surroundings: Surroundings) {
    super('gatehouse')
    this.configureOutput({ writeOut: surroundings.answer, writeErr: surroundings.note })
    // Subcommands take this over: what must be given is said so, where it stands among what may be.
    this.configureHelp({
      optionDescription: (option) => `${USUAL.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
    })
  }
}

const surroundingsOf = (command: Command): Surroundings => {
  if (command instanceof Program) return command.surroundings
  return command.parent ? surroundingsOf(command.parent) : OWN_PROCESS
}

/** Adds a command's words, flags and action to its parent. */
export type Registration = (parent: Command) => void

/**
 * Wraps a command's work: gives it client and output, and turns a refusal into exit code 1, a wrong call into 2.
 * The work receives the command's own flags and then its arguments.
 */
export const run =
  <Flags extends object, Args extends string[] = string[]>(
    work: (cli: Cli, flags: Flags, ...args: Args) => Promise<void>,
  ) =>
  async (...parameters: unknown[]): Promise<void> => {
    const command = parameters.at(-1) as Command
    const flags = parameters.at(-2) as Flags
    const options = command.optsWithGlobals<GlobalOptions>()
    const surroundings = surroundingsOf(command)
    const who = once(() => whoIsWho(surroundings.open(options)))
    const output = new Output(options.json ?? false, surroundings, { again: sameAgain(options), who })
    try {
      const cli: Cli = {
        options,
        output,
        surroundings,
        get client() {
          return surroundings.open(options)
        },
      }
      await work(cli, flags, ...(parameters.slice(0, -2) as Args))
    } catch (error) {
      report(error, output, command)
    }
    await output.said()
  }

/** Does it on the first call, and gives what came of it on each. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const report = (error: unknown, output: Output, command: Command): void => {
  if (error instanceof Refusal) output.refused(output.json ? error.problem : inFlags(command, error.problem))
  else if (error instanceof UsageError || error instanceof CommanderError) output.usage(error.message)
  else
    output.refused({
      status: 0,
      code: 'command.failed',
      title: 'The command failed',
      detail: error instanceof Error ? error.message : String(error),
    })
}
