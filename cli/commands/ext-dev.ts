import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { run, type Cli } from '../command.js'
import { DevSession } from '../extension/dev/dev-session.js'
import { fixtureSchema } from '../extension/dev/fixtures.js'
import { openFront } from '../extension/dev/front.js'
import { replay } from '../extension/dev/replay.js'
import { watchSources } from '../extension/dev/watch-sources.js'
import { readManifest } from '../extension/build.js'
import { UsageError } from '../usage-error.js'

interface Flags {
  readonly port: string
  readonly policy?: string
  readonly role?: string[]
  readonly scope?: string[]
  readonly without?: string[]
  readonly replay?: string
  readonly fixtureSchema?: boolean
}

const portOf = ({ port }: Flags): number => {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port ${port} must be 0 to 65535`)
  return Number(port)
}

const wantedOf = ({ role, scope, without }: Flags) => ({
  ...(role && { roles: role }),
  ...(scope && { scopes: scope }),
  ...(without && { without }),
})

/** Serves until Control-C. Changes while a build goes on are built together after it. */
const serve = async ({ output, surroundings }: Cli, flags: Flags, folder: string): Promise<void> => {
  const port = portOf(flags)
  const { manifest } = await readManifest(folder)
  const session = await DevSession.begin({
    folder,
    policy: flags.policy && resolve(flags.policy),
    wanted: wantedOf(flags),
    output,
  })
  let turn = session.rebuild()
  let waiting = false
  const stop = await watchSources(folder, () => {
    if (waiting) return
    waiting = true
    turn = turn.then(() => ((waiting = false), session.rebuild()))
  })
  const front = await openFront(
    port,
    () => session.served(),
    (error) => output.note(String(error)),
  )
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(surroundings.left, 'abort')])
  await turn
  output.result({ event: 'serving', url: front.url, extension: manifest.id }, () =>
    [
      `${manifest.id} on ${front.url}`,
      ...manifest.api.endpoints.map(({ method, path }) => `  ${method.padEnd(6)} ${front.url}${path}`),
      'Control-C ends it',
    ].join('\n'),
  )
  await ended
  stop()
  await front.close()
  await turn
  await session.close()
}

const dev = run(async (cli: Cli, flags: Flags, folder: string | undefined) => {
  if (flags.fixtureSchema) return cli.output.result(fixtureSchema(), (schema) => JSON.stringify(schema, null, 2))
  if (flags.replay !== undefined) return replay(cli, flags.replay)
  return serve(cli, flags, resolve(folder ?? '.'))
})

/** Adds `dev` to the commands for developers of extensions. */
export const extDev = (group: Command): void => {
  group
    .command('dev [folder]')
    .description('Serve an extension here while it is written: rebuilt at each change, decided by the real policies')
    .option('--port <port>', 'on 127.0.0.1; any free one where it is 0', '0')
    .option('--policy <folder>', 'folder of a policy bundle, in place of the shipped one')
    .option('--role <role...>', 'roles of the caller, in place of those of the fixtures')
    .option('--scope <scope...>', 'scopes of the caller, in place of those of the fixtures')
    .option('--without <permission...>', 'permissions that no admin granted')
    .option('--replay <file|execution>', 'step through a recorded execution instead: a file, or its id')
    .option('--fixture-schema', 'print the JSON Schema of files in fixtures/')
    .action(dev)
}
