import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { pastMoment } from '../moments.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Connection = AnswerOf<'scim.showConnection'>
type Entry = AnswerOf<'scim.showLog'>
type Effect = Entry['effects'][number]

/** What a preview would have come to, by what it means for people. */
export interface Would {
  readonly created: Effect[]
  readonly changed: Effect[]
  readonly loses_roles: Effect[]
  readonly loses_access: Effect[]
  /** Requests that would have been refused, those that the brake would hold off among them. */
  readonly refused: Pick<Entry, 'method' | 'path' | 'status' | 'detail'>[]
}

const GROUPS: Readonly<Record<Exclude<keyof Would, 'refused'>, readonly Effect['kind'][]>> = {
  created: ['user.created', 'user.adopted', 'user.reactivated', 'group.created'],
  changed: ['user.changed', 'group.changed', 'group.deleted', 'member.added', 'member.removed'],
  loses_roles: ['roles.lost'],
  loses_access: ['user.deactivated', 'user.deleted', 'service_account.disabled'],
}

/** Groups what the log says. */
export const wouldOf = (entries: readonly Entry[]): Would => {
  const effects = entries.flatMap((entry) => entry.effects)
  const of = (group: keyof typeof GROUPS) => effects.filter(({ kind }) => GROUPS[group].includes(kind))
  return {
    ...{ created: of('created'), changed: of('changed'), loses_roles: of('loses_roles') },
    loses_access: of('loses_access'),
    refused: entries
      .filter(({ outcome }) => outcome !== 'done')
      .map(({ method, path, status, detail }) => ({ method, path, status, detail })),
  }
}

const findConnection = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Connection> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'scim.listConnections'> = await client.get('scim.listConnections', { query })
    const found = page.items.find(({ id, name }) => id === named || name === named)
    if (found) return found
    cursor = page.next_cursor
  }
  throw new UsageError(`CONNECTION ${named} is none of yours: name its id or its name`)
}

const readLog = async (
  { client }: Pick<Cli, 'client'>,
  asked: { connection_id: string; since?: string },
): Promise<Entry[]> => {
  const entries: Entry[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { ...asked, would: 'true' as const, limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'scim.listLog'> = await client.get('scim.listLog', { query })
    entries.push(...page.items)
    cursor = page.next_cursor
  }
  return entries.toReversed()
}

const lines = (title: string, effects: readonly Effect[]): string[] => [
  `${title}: ${effects.length}`,
  ...effects.map(({ kind, resource, changed, member, by_group, detail }) => {
    const by = by_group && `by ${by_group.display}:`
    return ['  ', kind, resource.display, member, changed?.join(', '), by, detail].filter(Boolean).join(' ')
  }),
]

const inWords = ({ created, changed, loses_roles, loses_access, refused }: Would): string =>
  [
    ...lines('Would be created', created),
    ...lines('Would be changed', changed),
    ...lines('Would lose roles', loses_roles),
    ...lines('Would lose access', loses_access),
    `Would be refused: ${refused.length}`,
    ...(refused.length > 0
      ? [
          table(
            ['status', 'request', 'why'],
            refused.map((each) => [each.status, `${each.method} ${each.path}`, each.detail]),
          ),
        ]
      : []),
  ].join('\n')

const preview = run(async (cli: Cli, flags: { results?: boolean; since?: string }, named: string) => {
  const { client, output } = cli
  const { id, name } = await findConnection(cli, named)
  if (flags.results || flags.since !== undefined) {
    const since = flags.since === undefined ? {} : { since: pastMoment('--since', flags.since) }
    return output.result(wouldOf(await readLog(cli, { connection_id: id, ...since })), inWords)
  }
  const body = { name: 'preview', preview: true, expires_in_days: 1 }
  output.result(await client.get('scim.createToken', { params: { id }, body }), ({ secret, expires_at }) =>
    [
      `Preview token of ${name}, until ${expires_at}: nothing that comes with it is kept`,
      secret,
      'It is not shown again. Give it to the identity provider and let it send what it would send.',
      `Next: gatehouse scim preview ${id} --results`,
    ].join('\n'),
  )
})

/** `gatehouse scim preview`. */
export const scimPreview: Registration = (parent) => {
  parent
    .command('preview <connection>')
    .description('Make a token whose requests change nothing; with --results, what they would have changed')
    .option('--results', 'what the log says would have happened')
    .option('--since <time>', 'of requests from then on, such as 2h or 2026-01-31')
    .action(preview)
}
