import { Argument } from 'commander'
import { FROM_ONE, whole } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { findPerson } from '../find-person.js'
import { findTenant, type Tenant } from '../find-tenant.js'
import { table } from '../output.js'
import { organisationExport } from './organisation-export.js'

const becauseOf = ({ suspended_because, closing }: Tenant): string | null => closing?.because ?? suspended_because

/** When it ends: what is closing, or a sandbox. */
const endOf = ({ closing, closed_at, sandbox_until }: Tenant): string | null =>
  closing ? closing.until : (closed_at ?? (sandbox_until && `${sandbox_until} (sandbox)`))

const inWords = (tenant: Tenant): string => {
  const { name, slug, status, closing } = tenant
  const because = becauseOf(tenant)
  return [
    `${name} (${slug}) is ${status}${because === null ? '' : `: ${because}`}`,
    ...(closing
      ? [`All that it has goes after ${closing.until}; until then: gatehouse organisations restore ${slug}`]
      : []),
  ].join('\n')
}

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('tenants.list', { query: {} }), ({ items }) =>
    table(
      ['organisation', 'slug', 'name', 'status', 'ends', 'because'],
      items.map((tenant) => [tenant.id, tenant.slug, tenant.name, tenant.status, endOf(tenant), becauseOf(tenant)]),
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

interface DeleteFlags {
  readonly reason: string
  readonly confirm: string
}

const remove = run(async (cli: Cli, { reason, confirm: slug }: DeleteFlags, named: string) => {
  const { id, version } = await findTenant(cli, named)
  const reply = await cli.client.call('tenants.delete', { params: { id }, body: { version, slug, reason } })
  if (reply.kind === 'held') cli.output.held(reply)
  else cli.output.result(reply.answer, inWords)
})

const restore = run(async (cli: Cli, _flags: object, named: string) => {
  const { id, version } = await findTenant(cli, named)
  cli.output.result(await cli.client.get('tenants.restore', { params: { id }, body: { version } }), inWords)
})

const transfer = run(async (cli: Cli, _flags: object, named: string) => {
  const { client, output } = cli
  const heir = await findPerson(cli, named)
  const { tenant } = await client.get('whoami.show', {})
  const answer = await client.get('tenants.transfer', { params: { id: tenant.id }, body: { to: heir.id } })
  output.result(answer, ({ owner, former, warnings }) =>
    [
      `owner    ${owner.name} (${owner.roles.join(', ')})`,
      `before   ${former.name}, who has now: ${former.roles.join(', ')}`,
      ...warnings.map((warning) => `! ${warning}`),
    ].join('\n'),
  )
})

const leave = run(async ({ client, output }: Cli, { confirm: slug }: { confirm: string }) => {
  output.result(await client.get('whoami.leave', { body: { slug } }), ({ ended }) =>
    [
      `You have left ${slug}: you have no roles there any more`,
      `ended    ${ended.sessions} sessions, ${ended.keys} keys, ${ended.tokens} runtime tokens`,
      ...(ended.accounts.length > 0
        ? [`Refused from now on, as you answered for them: service accounts ${ended.accounts.join(', ')}`]
        : []),
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

interface SandboxFlags {
  readonly name?: string
  readonly slug?: string
  readonly days?: string
}

const sandbox = run(async ({ client, output }: Cli, { name, slug, days }: SandboxFlags) => {
  const body = {
    ...(name !== undefined && { name }),
    ...(slug !== undefined && { slug }),
    ...(days !== undefined && { days: whole('--days', days, { form: FROM_ONE }) }),
  }
  output.result(await client.get('tenants.sandbox', { body }), ({ tenant, people, documents }) =>
    [
      `${tenant.name} (${tenant.slug}) is there until ${tenant.sandbox_until}, and then it is gone with all that it has`,
      table(
        ['person', 'roles', 'key, shown this once'],
        people.map(({ person, key }) => [person.name, person.roles.join(', '), key.secret]),
      ),
      `samples: ${documents.map((each) => `${each.kind} ${each.name}`).join(', ')}`,
    ].join('\n'),
  )
})

/** `gatehouse organisations list|sandbox|suspend|resume|delete|restore|export|check-export|transfer|leave|sign-in`. */
export const organisations: Registration = (parent) => {
  const group = parent.command('organisations').alias('tenants').description('Organisations and who owns them')
  group.command('list').description('Those that you can see').action(list)
  group
    .command('sandbox')
    .description('Make an organisation to try things in: with people, keys and samples; it ends by itself')
    .option('--name <name>', 'what it is called')
    .option('--slug <slug>', 'its short name; one is chosen where absent')
    .option('--days <n>', 'until it ends')
    .action(sandbox)
  group
    .command('suspend <organisation>')
    .description('By id or slug: its people sign in no more, and its extensions are not called')
    .requiredOption('--reason <text>', 'why; its people are told, and it goes on record')
    .action(suspend)
  group.command('resume <organisation>').description('End a suspension').action(resume)
  group
    .command('delete <organisation>')
    .description('Close it now; after a grace period all that it has goes, for good')
    .requiredOption('--reason <text>', 'why; it goes on record')
    .requiredOption('--confirm <slug>', 'its slug once more')
    .action(remove)
  group.command('restore <organisation>').description('Call its deletion off, within the grace period').action(restore)
  organisationExport(group)
  group
    .command('transfer <person>')
    .description('Make a person, by id or address, owner of your organisation in your place')
    .action(transfer)
  group
    .command('leave')
    .description('Leave your organisation: your roles go, your sessions and keys end')
    .requiredOption('--confirm <slug>', 'its slug')
    .action(leave)
  group
    .command('sign-in')
    .description('Whether people of your organisation sign in by its identity providers alone')
    .addArgument(new Argument('<how>', 'what counts').choices(Object.keys(SIGN_IN)))
    .action(signIn)
}
