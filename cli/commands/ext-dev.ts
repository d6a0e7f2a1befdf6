import type { Command } from 'commander'
import { run, type Cli } from '../command.js'
import { replay } from '../extension/dev/replay.js'

const dev = run(async (cli: Cli, flags: { replay: string }) => replay(cli, flags.replay))

/** Adds `dev` to the commands for developers of extensions. */
export const extDev = (group: Command): void => {
  group
    .command('dev')
    .description('Step through a recorded execution')
    .requiredOption('--replay <file|execution>', 'a recording: a file, or the id of a recorded execution')
    .action(dev)
}
