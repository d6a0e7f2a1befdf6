import type { Role } from '#contract/scopes.js'
import type { ClientKeyCreate } from '#contract/api/service-accounts.js'
import { run, type Cli, type Registration } from '../command.js'
import { jsonFile } from '../file-text.js'
import { accountId, findPerson, personId } from '../find-person.js'
import { COMING, comingMoment } from '../moments.js'
import { table } from '../output.js'
import { federatedIdentities } from './federated-identities.js'

interface CreateFlags {
  readonly role?: Role[]
  readonly customRole?: string[]
  readonly owner?: string
}
interface CredentialFlags {
  readonly name: string
  readonly expires?: string
}
const chosen = ({ name, expires }: CredentialFlags) => ({
  name,
  ...(expires !== undefined && { expires_at: comingMoment('--expires', expires) }),
})

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('accounts.list', { query: {} }), ({ items }) =>
    table(
      ['account', 'name', 'roles', 'owner', 'disabled'],
      items.map((each) => [
        ...[each.id, each.name, [...each.roles, ...each.custom_roles].join(', '), each.owner_id, each.disabled_at],
      ]),
    ),
  )
})

const create = run(async (cli: Cli, flags: CreateFlags, name: string) => {
  const { role: roles = [], customRole: custom_roles = [], owner } = flags
  const owner_id = owner === undefined ? undefined : await personId(cli, owner)
  const body = { name, roles, custom_roles, ...(owner_id !== undefined && { owner_id }) }
  cli.output.result(await cli.client.get('accounts.create', { body }), ({ id }) =>
    [`Made ${name}; its client_id is ${id}`, `Next: gatehouse service-accounts secret ${id} --name NAME`].join('\n'),
  )
})

const handover = run(async (cli: Cli, _flags: object, id: string, person: string) => {
  const account = await findPerson(cli, await accountId(cli, id))
  const { id: owner_id, name } = await findPerson(cli, person)
  const body = { version: account.version, owner_id }
  cli.output.result(
    await cli.client.get('accounts.handover', { params: { id: account.id }, body }),
    (it) => `${name} answers for ${it.name} now`,
  )
})

const credentials = run(async (cli: Cli, _flags: object, named: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  output.result(await client.get('accounts.credentials', { params: { id }, query: {} }), ({ items }) =>
    table(
      ['credential', 'kind', 'name', 'begins with or key id', 'expires', 'revoked', 'last used'],
      items.map((each) => [
        ...[each.id, each.kind, each.name, each.prefix ?? each.kid],
        ...[each.expires_at, each.revoked_at, each.last_used_at],
      ]),
    ),
  )
})

const secret = run(async (cli: Cli, flags: CredentialFlags, named: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  output.result(
    await client.get('accounts.secret', { params: { id }, body: chosen(flags) }),
    (made) => `${made.secret}\nKeep it now: it is not shown again (credential ${made.id})`,
  )
})

const key = run(async (cli: Cli, flags: CredentialFlags, named: string, file: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  const body = { ...chosen(flags), jwk: (await jsonFile('FILE', file)) as ClientKeyCreate['jwk'] }
  output.result(
    await client.get('accounts.key', { params: { id }, body }),
    ({ kid }) => `Registered; assertions name it as kid ${kid}`,
  )
})

const revoke = run(async (cli: Cli, _flags: object, named: string, credential_id: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  output.result(
    await client.get('accounts.revoke', { params: { id, credential_id } }),
    ({ name }) => `Revoked ${name}, and the tokens that were given for it`,
  )
})

/** `gatehouse service-accounts list|create|handover|credentials|secret|key|revoke|identities`. */
export const serviceAccounts: Registration = (parent) => {
  const group = parent.command('service-accounts').description('Programs with rights of their own, by id or name')
  group.command('list').description('Service accounts, and who answers for them').action(list)
  group
    .command('create <name>')
    .description('Add a service account')
    .option('--role <role...>', 'roles that it gets; at most what you have')
    .option('--custom-role <name...>', "roles of your organisation's own")
    .option('--owner <person>', 'who answers for it, by id or address; you where absent')
    .action(create)
  group.command('handover <account> <person>').description('Name another person who answers for it').action(handover)
  group
    .command('credentials <account>')
    .description('Its secrets and keys, and when they were used')
    .action(credentials)
  group
    .command('secret <account>')
    .description('Make a client secret, shown once; two count at once')
    .requiredOption('--name <name>', 'what it is called')
    .option('--expires <time>', `counts until then: ${COMING}`)
    .action(secret)
  group
    .command('key <account> <file>')
    .description('Register a public key (JSON Web Key) for private_key_jwt')
    .requiredOption('--name <name>', 'what it is called')
    .option('--expires <time>', `counts until then: ${COMING}`)
    .action(key)
  group.command('revoke <account> <credential>').description('Revoke a secret or key, with its tokens').action(revoke)
  federatedIdentities(group)
}
