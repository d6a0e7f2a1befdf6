import type { Scope } from '#contract/scopes.js'
import { run, type Cli, type Registration } from '../command.js'
import { COMING, comingMoment } from '../moments.js'
import { personId } from '../find-person.js'
import { table } from '../output.js'

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('keys.list', { query: {} }), ({ items }) =>
    table(
      ['key', 'name', 'prefix', 'expires', 'revoked'],
      items.map((key) => [key.id, key.name, key.prefix, key.expires_at, key.revoked_at]),
    ),
  )
})

const create = run(async (cli: Cli, flags: { for?: string; scope?: Scope[]; expires?: string }, name: string) => {
  const { client, output } = cli
  const body = {
    name,
    ...(flags.for && { principal_id: await personId(cli, flags.for) }),
    ...(flags.scope && { scopes: flags.scope }),
    ...(flags.expires && { expires_at: comingMoment('--expires', flags.expires) }),
  }
  output.result(
    await client.get('keys.create', { body }),
    (key) => `${key.secret}\nKeep it now: it is not shown again (key ${key.id})`,
  )
})

const revoke = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('keys.revoke', { params: { id } }), (key) => `Revoked ${key.name} (${key.prefix}…)`)
})

/** `gatehouse keys list|create|revoke`. */
export const keys: Registration = (parent) => {
  const group = parent.command('keys').description('API keys')
  group.command('list').description('Keys, without their secrets').action(list)
  group
    .command('create <name>')
    .description('Make a key; its secret is shown once')
    .option('--for <person>', 'a person by id or address, a service account by id; you where absent')
    .option('--scope <scope...>', 'only these scopes')
    .option('--expires <time>', `counts until then: ${COMING}`)
    .action(create)
  group.command('revoke <key>').description('Stop a key at once').action(revoke)
}
