import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'

const described = (extension: AnswerOf<'extensions.show'>): string =>
  [
    `${extension.name}  ${extension.title}`,
    extension.description,
    `publisher ${extension.publisher.slug}${extension.publisher.verified ? ' (verified)' : ''}; rung ${extension.rung}`,
    ...extension.permissions.map(({ id, risk, title }) => `asks for ${id} (${risk})  ${title}`),
    table(
      ['version', 'channel', 'review', 'yanked', 'digest'],
      extension.versions.map((version) => [
        version.version,
        version.channel,
        version.review_state,
        version.yanked_at,
        version.digest,
      ]),
    ),
  ].join('\n')

const list = run(async ({ client, output }: Cli, query: { q?: string; publisher?: string }) => {
  output.result(await client.get('extensions.list', { query }), ({ items }) =>
    table(
      ['extension', 'title', 'publisher', 'newest', 'review', 'rung'],
      items.map(({ name, title, publisher, versions, rung }) => [
        name,
        title,
        publisher.slug,
        versions[0]?.version,
        versions[0]?.review_state,
        rung,
      ]),
    ),
  )
})

const show = run(async ({ client, output }: Cli, _flags: object, name: string) => {
  output.result(await client.get('extensions.show', { params: { name } }), described)
})

const metrics = run(async ({ client, output }: Cli, query: { day?: string }, name: string) => {
  output.result(await client.get('extensions.metrics', { params: { name }, query }), ({ items }) =>
    table(
      ['metric', 'labels', 'count', 'sum', 'min', 'max', 'last'],
      items.map((item) => [
        item.name,
        JSON.stringify(item.labels),
        ...[item.count, item.sum, item.min, item.max, item.last],
      ]),
    ),
  )
})

/** `gatehouse extensions list|show|metrics`: the catalogue, as the caller may see it. */
export const extensions: Registration = (parent) => {
  const group = parent.command('extensions').description('The catalogue')
  group
    .command('list')
    .description('Extensions, newest first')
    .option('--q <text>', 'part of the id, title or description')
    .option('--publisher <slug>', 'only of this publisher')
    .action(list)
  group
    .command('show <extension>')
    .description('One extension: its publisher, what it asks for, and its versions')
    .action(show)
  group
    .command('metrics <extension>')
    .description('What an extension measured of its own work here on one day')
    .option('--day <day>', 'in UTC, such as 2026-01-31; today where absent')
    .action(metrics)
}
