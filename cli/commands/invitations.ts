import type { Role } from '#contract/scopes.js'
import type { RequestOf } from '#sdk/client/client.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { COMING, comingMoment } from '../moments.js'
import { workspaceId } from '../find-workspace.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Sent = AnswerOf<'invitations.create'>
interface CreateFlags {
  readonly role?: Role[]
  readonly customRole?: string[]
  readonly inWorkspace?: string[]
  readonly name?: string
  readonly expires?: string
  readonly tenant?: string
}

const DELIVERY: Record<Sent['delivery'], string> = {
  mailed: 'was sent by mail',
  failed: 'was not taken by the mail server; gatehouse invitations resend sends it again',
  shown: 'was not sent, since no mail server is set; tell them',
}
/** Only what works, each on one line, so that it can be copied and passed on. */
const waysIn = ({ accept_by, token, password_url }: Sent): string[] => {
  const signIn = accept_by === 'token' ? [] : ['by signing in with that address by their identity provider']
  // Without an address of its own the service can name the page alone.
  const page = accept_by === 'password' && token !== null ? `/auth/set-password?token=${token} of the service` : null
  const choose = password_url ?? page
  const accept = accept_by === 'token' && token !== null ? [`with: gatehouse invitations accept --token ${token}`] : []
  const ways = [...(choose === null ? [] : [`by choosing a password: ${choose}`]), ...accept, ...signIn]
  return ways.map((way, index) => `${index === 0 ? 'They join, once,' : 'or'} ${way}`)
}
const sentInWords = (sent: Sent): string =>
  [
    `The invitation of ${sent.email} ${DELIVERY[sent.delivery]} (${sent.id}, until ${sent.expires_at})`,
    ...waysIn(sent),
  ].join('\n')

type InWorkspaces = NonNullable<RequestOf<'invitations.create'>['body']['in_workspaces']>
type RoleThere = InWorkspaces[number]['roles'][number]

/** What is said as WORKSPACE=ROLE, by workspace. Raises UsageError. */
const inWorkspaces = async (cli: Cli, said: readonly string[]): Promise<InWorkspaces> => {
  const pairs = said.map((each) => {
    const [, workspace, role] = /^([^=]+)=([^=]+)$/.exec(each) ?? []
    if (workspace === undefined || role === undefined)
      throw new UsageError(`--in-workspace ${each} is no workspace with a role, such as payments=installer`)
    return { workspace, role: role as RoleThere }
  })
  return Promise.all(
    [...new Set(pairs.map(({ workspace }) => workspace))].map(async (workspace) => ({
      workspace_id: await workspaceId(cli, workspace),
      roles: pairs.flatMap((each) => (each.workspace === workspace ? each.role : [])),
    })),
  )
}

const given = ({
  roles,
  custom_roles,
  in_workspaces,
}: Pick<Sent, 'roles' | 'custom_roles' | 'in_workspaces'>): string =>
  [
    ...[...roles, ...custom_roles],
    ...in_workspaces.map((each) => `${each.roles.join(' and ')} in ${each.workspace_id}`),
  ].join(', ')

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('invitations.list', { query: {} }), ({ items }) =>
    table(
      ['invitation', 'email', 'roles', 'state', 'expires'],
      items.map((each) => [...[each.id, each.email, given(each)], ...[each.state, each.expires_at]]),
    ),
  )
})

const create = run(async (cli: Cli, flags: CreateFlags, email: string) => {
  const { client, output } = cli
  const { role: roles = [], customRole: custom_roles = [], inWorkspace = [], name, expires, tenant } = flags
  const body = {
    ...{ email, roles, custom_roles, in_workspaces: await inWorkspaces(cli, inWorkspace) },
    ...(name !== undefined && { name }),
    ...(expires !== undefined && { expires_at: comingMoment('--expires', expires) }),
    ...(tenant !== undefined && { tenant_id: tenant }),
  }
  output.result(await client.get('invitations.create', { body }), sentInWords)
})

const resend = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('invitations.resend', { params: { id } }), sentInWords)
})

const revoke = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(
    await client.get('invitations.revoke', { params: { id } }),
    ({ email }) => `The invitation of ${email} counts no more`,
  )
})

const accept = run(async ({ client, output }: Cli, { token, name }: { token: string; name?: string }) => {
  const body = { token, ...(name !== undefined && { name }) }
  output.result(
    await client.get('invitations.accept', { body }),
    ({ person, key }) => `${person.name} joined. Key, shown this once:\n${key.secret}`,
  )
})

/** `gatehouse invitations list|create|resend|revoke|accept`. */
export const invitations: Registration = (parent) => {
  const group = parent.command('invitations').description('People who are asked to join your organisation')
  group.command('list').description('Open and past ones').action(list)
  group
    .command('create <email>')
    .description('Invite somebody')
    .option('--role <role...>', 'roles that they get; at most what you have')
    .option('--custom-role <name...>', "roles of your organisation's own")
    .option('--in-workspace <workspace=role...>', 'roles in single workspaces, such as payments=installer')
    .option('--name <name>', 'what they are called')
    .option('--expires <time>', `counts until then, seven days where absent: ${COMING}`)
    .option('--tenant <id>', 'to this organisation; for operators of the platform')
    .action(create)
  group.command('resend <invitation>').description('Send it again; the token before it ends').action(resend)
  group.command('revoke <invitation>').description('Take it back').action(revoke)
  group
    .command('accept')
    .description('Join by the token that you were sent')
    .requiredOption('--token <token>', 'of the invitation')
    .option('--name <name>', 'what you are called')
    .action(accept)
}
