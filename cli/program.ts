import { Command, CommanderError } from 'commander'
import { approvals } from './commands/approvals.js'
import { audit } from './commands/audit.js'
import { keys } from './commands/keys.js'
import { call } from './commands/call.js'
import { extensions } from './commands/catalogue.js'
import { limits, lists, roles } from './commands/documents.js'
import { decisions } from './commands/decisions.js'
import { ext } from './commands/ext.js'
import { installs } from './commands/install.js'
import { kill } from './commands/kill.js'
import { status, whoami } from './commands/look.js'
import { bootstrap, console_, operations, signingKeys } from './commands/operate.js'
import { policy } from './commands/policy.js'
import { publishers } from './commands/publishers.js'
import { why } from './commands/why.js'
import { EXIT, Output } from './output.js'

const COMMANDS = [
  whoami,
  status,
  why,
  decisions,
  ext,
  publishers,
  extensions,
  approvals,
  installs,
  call,
  kill,
  audit,
  policy,
  lists,
  limits,
  roles,
  keys,
  bootstrap,
  operations,
  signingKeys,
  console_,
]

/** Subcommands end through us too, so that a wrong call is always exit code 2. */
const overrideExit = (command: Command): void => {
  command.exitOverride().showHelpAfterError(true)
  command.commands.forEach(overrideExit)
}

const build = (): Command => {
  const program = new Command('gatehouse')
    .description('Governs third-party code: publish, install, call, stop, explain, prove')
    .option('--url <url>', 'address of the service (GATEHOUSE_URL)')
    .option('--key <key>', 'API key (GATEHOUSE_KEY)')
    .option('--as <person>', 'speak as a person of the demo data, such as acme_admin')
    .option('--data <folder>', 'data folder of the service beside this clone (GATEHOUSE_DATA)')
    .option('--json', 'one JSON line on stdout, for programs')
    .showHelpAfterError('(gatehouse --help lists the commands)')
    .exitOverride()
  for (const register of COMMANDS) register(program)
  program.commands.forEach(overrideExit)
  return program
}

/** Runs the command line; `process.exitCode` says how it ended: 0 done, 1 refused, held or failed, 2 called wrongly. */
export const runProgram = async (args: readonly string[]): Promise<void> => {
  try {
    await build().parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has already written help or the complaint itself.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (process.exitCode === EXIT.usage && args.includes('--json')) new Output(true).usage(error.message)
  }
}
