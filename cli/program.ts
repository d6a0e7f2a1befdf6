import { CommanderError, type Command } from 'commander'
import { Program, type Registration } from './command.js'
import { access } from './commands/access.js'
import { account } from './commands/account.js'
import { approvals } from './commands/approvals.js'
import { audit } from './commands/audit.js'
import { keys } from './commands/keys.js'
import { call } from './commands/call.js'
import { extensions } from './commands/catalogue.js'
import { limits, lists, roles } from './commands/documents.js'
import { events } from './commands/events.js'
import { decisions } from './commands/decisions.js'
import { executions } from './commands/executions.js'
import { ext } from './commands/ext.js'
import { serviceAccounts } from './commands/service-accounts.js'
import { invitations } from './commands/invitations.js'
import { installs } from './commands/install.js'
import { kill } from './commands/kill.js'
import { status, whoami } from './commands/look.js'
import { bootstrap, console_, operations, runner, signingKeys } from './commands/operate.js'
import { login } from './commands/login.js'
import { organisations } from './commands/organisations.js'
import { people } from './commands/people.js'
import { policy } from './commands/policy.js'
import { publishers } from './commands/publishers.js'
import { scim } from './commands/scim.js'
import { runtimeTokens } from './commands/runtime-tokens.js'
import { signIn } from './commands/sign-in.js'
import { why } from './commands/why.js'
import { workspaces } from './commands/workspaces.js'
import { EXIT, Output } from './output.js'
import { OWN_PROCESS, type Surroundings } from './surroundings.js'

/** What talks to the service and needs no terminal of its own: the console has these commands too. */
const ON_THE_SERVICE: readonly Registration[] = [
  whoami,
  status,
  why,
  decisions,
  publishers,
  extensions,
  approvals,
  installs,
  runtimeTokens,
  call,
  executions,
  events,
  kill,
  policy,
  lists,
  limits,
  roles,
  scim,
  organisations,
  workspaces,
  people,
  access,
  invitations,
  serviceAccounts,
  keys,
  signIn,
  account,
]
const ELSEWHERE: readonly Registration[] = [login, ext, audit, bootstrap, operations, signingKeys, runner, console_]

/** Subcommands end through us too, so that a wrong call is always exit code 2. */
const overrideExit = (command: Command): void => {
  command.exitOverride().showHelpAfterError(true)
  command.commands.forEach(overrideExit)
}

const build = (surroundings: Surroundings): Program => {
  const program = new Program(surroundings)
  program
    .description('Governs third-party code: publish, install, call, stop, explain, prove')
    .option('--url <url>', 'address of the service (GATEHOUSE_URL)')
    .option('--key <key>', 'API key (GATEHOUSE_KEY)')
    .option(
      '--as <person>',
      'speak as a person of the demo data, such as acme_admin; without it, and without a key, as operator',
    )
    .option('--data <folder>', 'data folder of the service beside this clone (GATEHOUSE_DATA)')
    .option('--json', 'one JSON line on stdout, for programs')
    .showHelpAfterError('(gatehouse --help lists the commands)')
    .exitOverride()
  const inConsole = surroundings !== OWN_PROCESS
  for (const register of inConsole ? ON_THE_SERVICE : [...ON_THE_SERVICE, ...ELSEWHERE]) register(program)
  program.commands.forEach(overrideExit)
  return program
}

/** A command as one types it: `policy diff`, what it takes, and what it does. */
export interface CommandWords {
  readonly words: string
  readonly takes: string
  readonly description: string
}

const wordsOf = (command: Command, before = ''): CommandWords[] => {
  const words = `${before}${command.name()}`
  if (command.commands.length > 0) return command.commands.flatMap((each) => wordsOf(each, `${words} `))
  const named = command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`))
  const flags = command.options.map(({ flags: each, mandatory }) => (mandatory ? each : `[${each}]`))
  return [{ words, takes: [...named, ...flags].join(' '), description: command.description() }]
}

/** The commands that there are in these surroundings, in the order of their families. */
export const commandWords = (surroundings: Surroundings): readonly CommandWords[] =>
  build(surroundings).commands.flatMap((command) => wordsOf(command))

/** What a family of commands takes, where none of them was named. */
const familyWords = (program: Command, args: readonly string[]): string => {
  let family = program
  for (const word of args) family = family.commands.find((each) => each.name() === word) ?? family
  const names = family.commands.map((each) => each.name()).filter((name) => name !== 'help')
  const words = family === program ? 'gatehouse' : `gatehouse ${family.name()}`
  return `${words} takes one of: ${names.join(', ')}`
}

/** Runs the command line; `process.exitCode` says how it ended: 0 done, 1 refused, held or failed, 2 called wrongly. */
export const runProgram = async (args: readonly string[], surroundings = OWN_PROCESS): Promise<void> => {
  const program = build(surroundings)
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has already written help or the complaint itself.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (process.exitCode !== EXIT.usage || !args.includes('--json')) return
    const detail = error.code === 'commander.help' ? familyWords(program, args) : error.message
    new Output(true, surroundings).usage(detail)
  }
}
