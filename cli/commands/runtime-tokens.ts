import { whole } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

/** An install by its id, or by the extension where the organisation has one install of it. */
const installOf = async (client: Cli['client'], named: string): Promise<string> => {
  if (!named.includes('.')) return named
  const { items } = await client.get('installs.list', { query: { extension: named } })
  if (items.length === 1) return items[0]!.id
  throw new UsageError(`${named}: ${items.length} installs; name one by its id (gatehouse installs list)`)
}

const list = run(async ({ client, output }: Cli, _flags: object, install: string) => {
  const params = { id: await installOf(client, install) }
  output.result(await client.get('tokens.list', { params, query: {} }), ({ items }) =>
    table(
      ['token', 'name', 'prefix', 'permissions', 'expires', 'revoked', 'last used'],
      items.map((one) => [
        ...[one.id, one.name, one.prefix, one.permissions.join(' ')],
        ...[one.expires_at, one.revoked_at, one.last_used_at],
      ]),
    ),
  )
})

interface Wanted {
  readonly name: string
  readonly permission?: string[]
  readonly expiresIn?: string
}

const create = run(async ({ client, output }: Cli, flags: Wanted, install: string) => {
  const params = { id: await installOf(client, install) }
  const body = {
    name: flags.name,
    ...(flags.permission && { permissions: flags.permission as never }),
    ...(flags.expiresIn !== undefined && {
      expires_in: whole('--expires-in', flags.expiresIn, { remedy: 'write seconds, such as 600' }),
    }),
  }
  output.result(
    await client.get('tokens.create', { params, body }),
    (token) =>
      `${token.access_token}\nKeep it now: it is not shown again (token ${token.id}, good until ${token.expires_at} for ${token.scope})`,
  )
})

const revoke = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(
    await client.get('tokens.revoke', { params: { id } }),
    (token) => `Revoked ${token.name} (ghr_${token.prefix}…)`,
  )
})

/** `gatehouse runtime-token list|create|revoke`. */
export const runtimeTokens: Registration = (parent) => {
  const group = parent.command('runtime-token').description('Tokens of extensions that run elsewhere')
  group.command('list <install>').description('Tokens of an install, without their secrets').action(list)
  group
    .command('create <install>')
    .description('Mint a token; it is shown once')
    .option('--name <name>', 'what it is for', 'runtime')
    .option('--permission <permission...>', 'only these of what the install was granted')
    .option('--expires-in <seconds>', 'at most 3600; 900 where absent')
    .action(create)
  group.command('revoke <token>').description('Stop a token at once').action(revoke)
}
