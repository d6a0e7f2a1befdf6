import { Argument } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { findPerson } from '../find-person.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Tenant = AnswerOf<'tenants.update'>

/** An organisation by id or slug. Raises UsageError where there is none. */
const findTenant = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Tenant> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: AnswerOf<'tenants.list'> = await client.get('tenants.list', {
      query: { limit: 200, ...(cursor && { cursor }) },
    })
    const found = page.items.find(({ id, slug }) => id === named || slug === named)
    if (found) return found
    cursor = page.next_cursor
  }
  throw new UsageError(`ORGANISATION ${named} is none that you can see: gatehouse organisations list names them`)
}

const inWords = ({ name, slug, status, suspended_because }: Tenant): string =>
  `${name} (${slug}) is ${status}${suspended_because === null ? '' : `: ${suspended_because}`}`

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('tenants.list', { query: {} }), ({ items }) =>
    table(
      ['organisation', 'slug', 'name', 'status', 'because'],
      items.map((tenant) => [tenant.id, tenant.slug, tenant.name, tenant.status, tenant.suspended_because]),
    ),
  )
})

const suspend = run(async (cli: Cli, { reason }: { reason: string }, named: string) => {
  const { id, version } = await findTenant(cli, named)
  const body = { version, reason }
  cli.output.result(await cli.client.get('tenants.suspend', { params: { id }, body }), inWords)
})

const resume = run(async (cli: Cli, _flags: object, named: string) => {
  const { id, version } = await findTenant(cli, named)
  cli.output.result(await cli.client.get('tenants.resume', { params: { id }, body: { version } }), inWords)
})

const transfer = run(async (cli: Cli, _flags: object, named: string) => {
  const { client, output } = cli
  const heir = await findPerson(cli, named)
  const { tenant } = await client.get('whoami.show', {})
  const answer = await client.get('tenants.transfer', { params: { id: tenant.id }, body: { to: heir.id } })
  output.result(answer, ({ owner, former }) =>
    [
      `owner    ${owner.name} (${owner.roles.join(', ')})`,
      `before   ${former.name}, who has now: ${former.roles.join(', ')}`,
    ].join('\n'),
  )
})

const SIGN_IN = { 'sso-only': 'sso_only', 'local-allowed': 'local_allowed' } as const
const signIn = run(async (cli: Cli, _flags: object, how: keyof typeof SIGN_IN) => {
  const { client, output } = cli
  const { tenant } = await client.get('whoami.show', {})
  const { id, version } = await findTenant(cli, tenant.id)
  const body = { version, settings: { sign_in: SIGN_IN[how] } }
  output.result(await client.get('tenants.update', { params: { id }, body }), ({ name, settings }) =>
    settings.sign_in === 'sso_only'
      ? `People of ${name} sign in by its identity providers alone`
      : `People of ${name} may sign in by passwords and passkeys too`,
  )
})

/** `gatehouse organisations list|suspend|resume|transfer|sign-in`. */
export const organisations: Registration = (parent) => {
  const group = parent.command('organisations').description('Organisations and who owns them')
  group.command('list').description('Those that you can see').action(list)
  group
    .command('suspend <organisation>')
    .description('By id or slug: its people sign in no more, and its extensions are not called')
    .requiredOption('--reason <text>', 'why; its people are told, and it goes on record')
    .action(suspend)
  group.command('resume <organisation>').description('End a suspension').action(resume)
  group
    .command('transfer <person>')
    .description('Make a person, by id or address, owner of your organisation in your place')
    .action(transfer)
  group
    .command('sign-in')
    .description('Whether people of your organisation sign in by its identity providers alone')
    .addArgument(new Argument('<how>', 'what counts').choices(Object.keys(SIGN_IN)))
    .action(signIn)
}
