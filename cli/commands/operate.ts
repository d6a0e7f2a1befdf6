import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { dataFolder } from '../session.js'
import { run, type Cli, type Registration } from '../command.js'

const program = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Runs another of our programs in place of this one: same terminal, its exit code is ours. */
const become = (cli: Cli, path: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const environment = { ...process.env, GATEHOUSE_DATA: dataFolder(cli.options) }
    const child = spawn(process.execPath, [program(path), ...args], { stdio: 'inherit', env: environment })
    // Whoever ends this one means that one: a terminal tells both, a supervisor this one alone.
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('exit', (code) => {
      process.exitCode = code ?? 1
      resolve()
    })
  })

/** Work on the data folder itself is the service's own. */
const operate = (cli: Cli, verb: string, args: readonly string[]): Promise<void> =>
  become(cli, 'api/operations/main.js', [verb, ...args, ...(cli.output.json ? ['--json'] : [])])

/** `gatehouse backup|restore|doctor`. */
export const operations: Registration = (parent) => {
  parent
    .command('backup <file>')
    .description('Write database, blobs and keys into one archive (0600: it holds keys)')
    .action(run((cli: Cli, _flags: object, file: string) => operate(cli, 'backup', [file])))
  parent
    .command('restore <file>')
    .description('Build a new data folder from a backup')
    .requiredOption('--into <folder>', 'an empty or absent folder')
    .action(
      run((cli: Cli, flags: { into: string }, file: string) => operate(cli, 'restore', [file, '--into', flags.into])),
    )
  parent
    .command('doctor')
    .description('Look at everything that can be wrong on this machine, and say what to do')
    .action(run((cli: Cli) => operate(cli, 'doctor', [])))
}

/** `gatehouse signing-keys show|announce|rotate|revoke`: the keys that sign policy, on the machine that has them. */
export const signingKeys: Registration = (parent) => {
  const keys = parent
    .command('signing-keys')
    .description('The keys that sign policy, in the data folder: rotate them without a gap')
  keys
    .command('show <name>')
    .description('Which keys count of NAME: policy (seals revisions) or opa (bundles for OPA agents)')
    .action(run((cli: Cli, _flags: object, name: string) => operate(cli, 'signing-keys', ['show', name])))
  keys
    .command('announce <name>')
    .description('Make the key that will sign next, and let it count from now on')
    .action(run((cli: Cli, _flags: object, name: string) => operate(cli, 'signing-keys', ['announce', name])))
  keys
    .command('rotate <name>')
    .description('Let the announced key sign; the one before counts for what it signed')
    .option('--early', 'although it was announced less than ten minutes ago')
    .action(
      run((cli: Cli, flags: { early?: boolean }, name: string) =>
        operate(cli, 'signing-keys', ['rotate', name, ...(flags.early ? ['--early'] : [])]),
      ),
    )
  keys
    .command('revoke <name> <id>')
    .description('Let a retired key count no more: what it alone sealed does not load again')
    .action(
      run((cli: Cli, _flags: object, name: string, id: string) => operate(cli, 'signing-keys', ['revoke', name, id])),
    )
}

/** `gatehouse bootstrap`: the first owner of an empty platform. */
export const bootstrap: Registration = (parent) => {
  parent
    .command('bootstrap')
    .description('Make the first owner with the one-time token that the service wrote down when it started')
    .requiredOption('--token <token>', 'the one-time token')
    .requiredOption('--name <name>', 'name of the owner')
    .requiredOption('--email <email>', 'e-mail address of the owner')
    .action(
      run(async ({ client, output }: Cli, flags: { token: string; name: string; email: string }) => {
        const { token, name, email } = flags
        output.result(
          await client.get('bootstrap.create', { body: { token, name, email } }),
          ({ person, key }) => `${person.name} owns the platform. Key, shown this once:\n${key.secret}`,
        )
      }),
    )
}

/** `gatehouse runner`: slots for a service on another machine. */
export const runner: Registration = (parent) => {
  parent
    .command('runner')
    .description('Run calls for a service on another machine; docs/operations/runners.md has its settings')
    .option('--check-config', 'say whether its settings are complete, and start nothing')
    .action(
      run((cli: Cli, flags: { checkConfig?: boolean }) =>
        become(cli, 'api/runners/machine/main.js', flags.checkConfig ? ['--check-config'] : []),
      ),
    )
}

/** `gatehouse console`: the terminal console. */
export const console_: Registration = (parent) => {
  parent
    .command('console')
    .description('Watch and act in the terminal; read-only unless --act is given')
    .option('--act', 'let keys act: vote, kill, release')
    .action(
      run((cli: Cli, flags: { act?: boolean }) => {
        const { url, key, as } = cli.options
        const given = Object.entries({ url, key, as }).flatMap(([name, value]) => (value ? [`--${name}`, value] : []))
        return become(cli, 'tui/main.js', [...given, ...(flags.act ? ['--act'] : [])])
      }),
    )
}
