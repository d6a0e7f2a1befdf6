import type { Command } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

interface ReviewFlags {
  readonly unusedDays?: string
  readonly tenant?: string
  readonly format: string
}

const queryOf = ({ unusedDays, tenant }: ReviewFlags) => ({
  ...(unusedDays !== undefined && { unused_days: unusedDays as never }),
  ...(tenant !== undefined && { tenant_id: tenant }),
})

const inWords = ({ people, unused_days }: AnswerOf<'access.review'>): string =>
  [
    table(
      ['person', 'has', 'since', 'by', 'last used', 'unused'],
      people.flatMap(({ name, roles, keys }) => [
        ...roles.map(({ role, workspace, since, by, last_used_at, unused }) => [
          ...[
            name,
            workspace ? `${role} in ${workspace.slug}` : role,
            since,
            by.actor === null ? by.rule : `${by.rule ?? ''} ${by.actor}`.trim(),
            last_used_at,
          ],
          unused ? 'yes' : '',
        ]),
        ...keys.map((key) => [
          ...[name, `${key.kind} ${key.name}`, key.created_at, '', key.last_used_at],
          key.unused ? 'yes' : '',
        ]),
      ]),
    ),
    `Unused: for ${unused_days} days or longer`,
  ].join('\n')

const review = run(async ({ client, output }: Cli, flags: ReviewFlags) => {
  if (flags.format === 'csv') {
    const csv = await (await client.send('access.table', { query: queryOf(flags) })).text()
    return output.document({ csv }, csv)
  }
  if (flags.format !== 'table') throw new UsageError(`--format ${flags.format}: table or csv; --json for JSON`)
  output.result(await client.get('access.review', { query: queryOf(flags) }), inWords)
})

/** `gatehouse access review`. */
export const addReview = (group: Command): void => {
  group
    .command('review')
    .description('Roles and keys of everybody: since when, by what, last used. Recorded')
    .option('--unused-days <n>', 'marked as unused after so many days')
    .option('--tenant <id>', 'for operators: the organisation')
    .option('--format <format>', 'table or csv', 'table')
    .action(review)
}
