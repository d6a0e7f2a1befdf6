import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { personId } from '../find-person.js'
import { findWorkspace, workspaceId, type Workspace } from '../find-workspace.js'
import { table } from '../output.js'

type Member = AnswerOf<'workspaces.setMember'>
type Roles = RequestOf<'workspaces.setMember'>['body']['roles']

const inWords = ({ name, slug, status, archived_because }: Workspace): string =>
  `${name} (${slug}) is ${status}${archived_because === null ? '' : `: ${archived_because}`}`

const memberInWords = ({ person, roles }: Member): string => `${person.name} has here: ${roles.join(', ')}`

interface ListFlags {
  readonly archived?: boolean
  readonly search?: string
}

const list = run(async ({ client, output }: Cli, { archived, search }: ListFlags) => {
  const items: AnswerOf<'workspaces.list'>['items'] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const filters = { ...(archived && { status: 'archived' as const }), ...(search !== undefined && { search }) }
    const page: AnswerOf<'workspaces.list'> = await client.get('workspaces.list', {
      query: { ...filters, ...(cursor && { cursor }) },
    })
    items.push(...page.items)
    cursor = page.next_cursor
  }
  output.result({ items }, () =>
    table(
      ['workspace', 'slug', 'name', 'status', 'because'],
      items.map((each) => [each.id, each.slug, each.name, each.status, each.archived_because]),
    ),
  )
})

const create = run(async ({ client, output }: Cli, { name }: { name?: string }, slug: string) => {
  output.result(await client.get('workspaces.create', { body: { slug, name: name ?? slug } }), inWords)
})

const rename = run(async (cli: Cli, _flags: object, ...[named, name]: [string, string]) => {
  const { id, version } = await findWorkspace(cli, named)
  cli.output.result(await cli.client.get('workspaces.update', { params: { id }, body: { version, name } }), inWords)
})

const archive = run(async (cli: Cli, { reason }: { reason: string }, named: string) => {
  const { id, version } = await findWorkspace(cli, named)
  cli.output.result(await cli.client.get('workspaces.archive', { params: { id }, body: { version, reason } }), inWords)
})

const restore = run(async (cli: Cli, _flags: object, named: string) => {
  const { id, version } = await findWorkspace(cli, named)
  cli.output.result(await cli.client.get('workspaces.restore', { params: { id }, body: { version } }), inWords)
})

const membersOf = async ({ client }: Pick<Cli, 'client'>, id: string): Promise<Member[]> => {
  const items: Member[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'workspaces.members'> = await client.get('workspaces.members', { params: { id }, query })
    items.push(...page.items)
    cursor = page.next_cursor
  }
  return items
}

const members = run(async (cli: Cli, _flags: object, named: string) => {
  const items = await membersOf(cli, await workspaceId(cli, named))
  cli.output.result({ items }, () =>
    table(
      ['person', 'name', 'roles', 'since'],
      items.map(({ person, roles, given_at }) => [person.id, person.name, roles.join(', '), given_at]),
    ),
  )
})

const give = run(async (cli: Cli, { role }: { role: Roles }, ...[named, who]: [string, string]) => {
  const [id, person] = [await workspaceId(cli, named), await personId(cli, who)]
  const held = (await membersOf(cli, id)).find((member) => member.person.id === person)
  const body = { roles: role, ...(held && { version: held.version }) }
  cli.output.result(await cli.client.get('workspaces.setMember', { params: { id, person }, body }), memberInWords)
})

const take = run(async (cli: Cli, _flags: object, ...[named, who]: [string, string]) => {
  const params = { id: await workspaceId(cli, named), person: await personId(cli, who) }
  cli.output.result(
    await cli.client.get('workspaces.removeMember', { params }),
    ({ person, roles }) => `${person.name} has nothing here any more; until now: ${roles.join(', ')}`,
  )
})

/** `gatehouse workspaces list|create|rename|archive|restore|members|give|take`. */
export const workspaces: Registration = (parent) => {
  const group = parent
    .command('workspaces')
    .description('Workspaces of the organisation, and who has which role in one')
  group
    .command('list')
    .description('Those that you can see')
    .option('--archived', 'archived ones alone')
    .option('--search <text>', 'part of the name or slug')
    .action(list)
  group
    .command('create <slug>')
    .description('Create one; calls name it by its slug, which never changes')
    .option('--name <name>', 'what people read; the slug where absent')
    .action(create)
  group.command('rename <workspace> <name>').description('Change its name').action(rename)
  group
    .command('archive <workspace>')
    .description('Nothing is called or installed in it until it is restored')
    .requiredOption('--reason <text>', 'why; whoever looks at it reads it')
    .action(archive)
  group.command('restore <workspace>').description('Calls and installs go on as before').action(restore)
  group.command('members <workspace>').description('Who has which role there').action(members)
  group
    .command('give <workspace> <person>')
    .description('Give somebody, by id or address, roles there in place of those they had')
    .requiredOption('--role <role...>', 'workspace_admin, installer, caller or viewer')
    .action(give)
  group.command('take <workspace> <person>').description('Take all roles there from somebody').action(take)
}
