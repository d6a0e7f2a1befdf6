import { SCIM_EFFECTS, SCIM_OUTCOMES, type ScimOutcome } from '#contract/vocabulary.js'
import type { RequestOf } from '#sdk/client/client.js'
import { FROM_ONE, oneOf, whole } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { personId } from '../find-person.js'
import { pastMoment } from '../moments.js'
import { table } from '../output.js'
import { allConnections, findConnection, type Connection } from '../scim/find-connection.js'
import { hintOf, type LogEntry } from '../scim/hints.rules.js'
import { UsageError } from '../usage-error.js'

type Query = NonNullable<RequestOf<'scim.listLog'>['query']>
interface LogFlags {
  readonly person?: string
  readonly group?: string
  readonly connection?: string
  readonly outcome?: string
  readonly effect?: string
  readonly since?: string
  readonly until?: string
  readonly search?: string
  readonly previews?: boolean
  readonly limit: string
  readonly cursor?: string
}

const queryOf = async (cli: Cli, flags: LogFlags): Promise<Query> => {
  const { person, group, connection, outcome, effect, since, until, search, previews, limit, cursor } = flags
  if (person !== undefined && group !== undefined)
    throw new UsageError('--person and --group exclude each other: give one of them')
  const query = {
    limit: whole('--limit', limit, { form: FROM_ONE }),
    ...(outcome !== undefined && { outcome: oneOf<ScimOutcome>('--outcome', outcome, SCIM_OUTCOMES) }),
    ...(effect !== undefined && { effect: oneOf('--effect', effect, SCIM_EFFECTS) }),
    ...(since !== undefined && { since: pastMoment('--since', since) }),
    ...(until !== undefined && { until: pastMoment('--until', until) }),
    ...(search !== undefined && { q: search }),
    ...(previews && { would: 'true' as const }),
    ...(cursor !== undefined && { cursor }),
  }
  return {
    ...query,
    ...(person !== undefined && { resource_id: await personId(cli, person) }),
    ...(group !== undefined && { resource_id: group }),
    ...(connection !== undefined && { connection_id: (await findConnection(cli, connection)).id }),
  }
}

const effectWords = ({ kind, resource, changed, member, by_group, detail }: LogEntry['effects'][number]): string =>
  [
    `${kind} ${resource.display} (${resource.id})`,
    ...(changed?.length ? [`changed ${changed.join(', ')}`] : []),
    ...(member === undefined ? [] : [`member ${member}`]),
    ...(by_group === undefined ? [] : [`by ${by_group.display} (${by_group.id})`]),
    ...(detail === undefined ? [] : [detail]),
  ].join(': ')

/** What a request came to in a line: that it was a preview, or what changed, or why not. */
const cameTo = ({ would, outcome, detail, effects, effect_count }: LogEntry): string => {
  const said =
    outcome === 'done'
      ? effects
          .slice(0, 2)
          .map(({ kind, resource }) => `${kind} ${resource.display}`)
          .join(', ')
      : (detail ?? '')
  const more = outcome === 'done' && effect_count > 2 ? `, and ${effect_count - 2} more` : ''
  return `${would ? 'would: ' : ''}${said}${more}`
}

type Hinted = LogEntry & { readonly hint: string | null }

const hinted = (connections: readonly Connection[]) => (entry: LogEntry) => ({
  ...entry,
  hint: hintOf(
    entry,
    connections.find(({ id }) => id === entry.connection_id),
  ),
})

/** Each hint once, with how many of the requests it is about. */
const hintLines = (items: readonly Hinted[]): string[] => {
  const counted = new Map<string, number>()
  for (const { hint } of items) if (hint !== null) counted.set(hint, (counted.get(hint) ?? 0) + 1)
  return [...counted].map(([hint, count]) => `${count} × ${hint}`)
}

const inFull = (entry: Hinted): string =>
  [
    `request      ${entry.method} ${entry.path}`,
    `at           ${entry.at}, ${entry.duration_ms} ms`,
    `answer       ${entry.status}${entry.scim_type === null ? '' : ` ${entry.scim_type}`}: ${entry.outcome}`,
    ...(entry.would ? ['preview      nothing was changed'] : []),
    ...(entry.detail === null ? [] : [`told         ${entry.detail}`]),
    ...(entry.hint === null ? [] : [`hint         ${entry.hint}`]),
    ...entry.effects.map((effect) => `${entry.would ? 'would be' : 'changed '}     ${effectWords(effect)}`),
    `connection   ${entry.connection_id}, token ${entry.token_id}`,
    `decision     ${entry.decision_id ?? '-'}`,
    `correlation  ${entry.correlation_id}`,
  ].join('\n')

const one = async ({ client, output }: Cli, id: string, hint: ReturnType<typeof hinted>): Promise<void> =>
  output.result(hint(await client.get('scim.showLog', { params: { id } })), inFull)

const log = run(async (cli: Cli, flags: LogFlags, id?: string) => {
  const hint = hinted(await allConnections(cli))
  if (id !== undefined) return one(cli, id, hint)
  const page = await cli.client.get('scim.listLog', { query: await queryOf(cli, flags) })
  cli.output.result({ ...page, items: page.items.map(hint) }, ({ items, next_cursor }) =>
    [
      table(
        ['request', 'at', 'outcome', 'asked', 'came to'],
        items.map((each) => [
          ...[each.id, each.at, `${each.status} ${each.outcome}`, `${each.method} ${each.path}`, cameTo(each)],
        ]),
      ),
      ...hintLines(items),
      ...(next_cursor === null ? [] : [`More: --cursor ${next_cursor}`]),
    ].join('\n'),
  )
})

/** `gatehouse scim log`. */
export const scimLog: Registration = (parent) => {
  parent
    .command('log [request]')
    .description(
      'What providers asked for, what it came to, and what to do about refusals; one request in full by its id',
    )
    .option('--person <person>', 'about this person, by id or address')
    .option('--group <id>', 'about this group')
    .option('--connection <connection>', 'by this connection, by name or id')
    .option('--outcome <outcome>', SCIM_OUTCOMES.join(', '))
    .option('--effect <effect>', 'with such a change, such as user.deactivated or member.removed')
    .option('--since <time>', 'from then on: 2026-01-31, 2026-01-31T09:30:00Z, or how long ago, such as 2h')
    .option('--until <time>', 'before then')
    .option('--search <words>', 'with these words in the path or the answer')
    .option('--previews', 'by tokens for previews alone')
    .option('--limit <n>', 'how many', '20')
    .option('--cursor <cursor>', 'where the page before ended')
    .action(log)
}
