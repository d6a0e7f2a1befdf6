import { readFileSync } from 'node:fs'
import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { workspaceId } from '../find-workspace.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Grant = NonNullable<RequestOf<'installs.create'>['body']['permissions']>

interface InstallFlags {
  readonly at?: string
  readonly grant?: string[]
  readonly consent?: boolean
  readonly secret?: string[]
  readonly config?: string
  readonly workspace?: string
}

const secretIn = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trimEnd()
  } catch (error) {
    throw new UsageError(`--secret @${path} cannot be read: ${(error as Error).message}`)
  }
}

const secrets = (given: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at < 1)
        throw new UsageError(`--secret ${text.slice(0, 20)} must be NAME=VALUE, or NAME=@FILE to read it from a file`)
      const value = text.slice(at + 1)
      return [text.slice(0, at), value.startsWith('@') ? secretIn(value.slice(1)) : value]
    }),
  )

/** Settings as JSON, or from a file of it. */
const settings = (given: string): NonNullable<RequestOf<'installs.create'>['body']['config']> => {
  try {
    return JSON.parse(given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given)
  } catch (error) {
    throw new UsageError(`--config must be a JSON object, or @FILE to read it from a file: ${(error as Error).message}`)
  }
}

/** The version that would be installed, so that the consent names exactly its digest and permissions. */
const chosen = async (client: Cli['client'], name: string, at: string | undefined) => {
  const extension = await client.get('extensions.show', { params: { name } })
  const approved = extension.versions.filter(({ review_state, yanked_at }) => review_state === 'approved' && !yanked_at)
  const semver = at ?? approved[0]?.version
  if (!semver) throw new UsageError(`${name} has no approved version to install yet`)
  return client.get('versions.show', { params: { name, semver } })
}

/** `workspace` as it was named, so that what is called next is what was installed. */
const installed = (install: AnswerOf<'installs.create'>, workspace: string | undefined): string =>
  [
    `Installed ${install.extension} ${install.version} (${install.id})`,
    ...install.permissions.map(({ id, granted, title }) => `  ${granted ? '✓' : '✗'} ${id}  ${title}`),
    ...install.warnings.map((warning) => `  ! ${warning}`),
    ...install.endpoints.map(
      ({ method, path, title }) =>
        `Next: gatehouse call ${install.extension} ${path}${method === 'GET' ? '' : ` --method ${method}`}${workspace === undefined ? '' : ` --workspace ${workspace}`}   (${title})`,
    ),
  ].join('\n')

const install = run(async (cli: Cli, flags: InstallFlags, extension: string) => {
  const { client, output } = cli
  const given = secrets(flags.secret)
  const version = await chosen(client, extension, flags.at)
  const permissions = (flags.grant ?? version.permissions.map(({ id }) => id)) as Grant
  const body = {
    extension,
    version: version.version,
    permissions,
    secrets: given,
    ...(flags.config !== undefined && { config: settings(flags.config) }),
    ...(flags.workspace && { workspace_id: await workspaceId(cli, flags.workspace) }),
    ...(flags.consent && { consent: { digest: version.digest, permissions } }),
  }
  const reply = await client.call('installs.create', { body })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, (answer) => installed(answer, flags.workspace))
})

const list = run(async (cli: Cli, { workspace }: { workspace?: string }) => {
  const query = { ...(workspace && { workspace_id: await workspaceId(cli, workspace) }) }
  cli.output.result(await cli.client.get('installs.list', { query }), ({ items }) =>
    table(
      ['install', 'extension', 'version', 'status', 'workspace'],
      items.map((item) => [item.id, item.extension, item.version, item.status, item.workspace_id]),
    ),
  )
})

const uninstall = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('installs.uninstall', { params: { id } }), ({ removed, left }) =>
    table(
      ['what', 'removed', 'left'],
      Object.entries(removed).map(([what, count]) => [what, count, left[what as keyof typeof left]]),
    ),
  )
})

/** `gatehouse install NAME`, `gatehouse installs`, `gatehouse uninstall ID`. */
export const installs: Registration = (parent) => {
  parent
    .command('install <extension>')
    .description('Install with the permissions you grant; without --consent it waits for an admin')
    .option('--at <version>', 'this version; the newest approved one where absent')
    .option('--grant <permission...>', 'only these permissions; all that it asks for where absent')
    .option('--consent', 'agree to the permissions as they are listed')
    .option('--secret <name=value...>', 'secrets that it asks for; NAME=@FILE reads a file')
    .option('--config <json>', 'settings that it has a schema for; @FILE reads a file')
    .option('--workspace <workspace>', 'workspace by slug or id; the default one where absent')
    .action(install)
  parent
    .command('installs')
    .description('Installs of the organisation')
    .option('--workspace <workspace>', 'those of one workspace, by slug or id')
    .action(list)
  parent
    .command('uninstall <install>')
    .description('Uninstall: rows, secrets, subscriptions and stored entries go with it')
    .action(uninstall)
}
