import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { Command } from 'commander'
import { z } from 'zod'
import { DecisionFilters, EXPORT_FORMATS, MAX_FEED_WAIT_S, NEXT_CURSOR_HEADER } from '#contract/api/decisions.js'
import { run, type Cli, type Registration } from '../command.js'
import { tenantId } from '../find-tenant.js'
import { pastMoment } from '../moments.js'
import { table } from '../output.js'

const optionOf = (name: string): string => `--${name.replaceAll('_', '-')} <${name}>`

/** The most values that help names; of more, such as all actions, the reference has the list. */
const NAMED_VALUES = 10

/** What a filter is in words: those of the contract, else its values where they are few, else its name. */
const wordsFor = (name: string, schema: z.ZodType): string => {
  if (schema.description) return schema.description.charAt(0).toLowerCase() + schema.description.slice(1)
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  if (inner instanceof z.ZodEnum && inner.options.length <= NAMED_VALUES) return inner.options.join(', ')
  return `only of this ${name.replaceAll('_', ' ')}`
}

/** One option for each filter of the contract. */
const withFilters = (command: Command): Command => {
  for (const [name, schema] of Object.entries(DecisionFilters.shape))
    command.option(optionOf(name), wordsFor(name, schema))
  return command
}

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Filters as the service reads them: moments may be days or how long ago, an organisation may be named by its slug. */
const queryOf = async (cli: Cli, flags: Record<string, unknown>) => {
  const query = Object.fromEntries(Object.entries(flags).map(([name, value]) => [snake(name), value]))
  for (const bound of ['since', 'until'])
    if (typeof query[bound] === 'string') query[bound] = pastMoment(`--${bound}`, query[bound])
  if (typeof query['tenant'] === 'string') query['tenant'] = await tenantId(cli, query['tenant'])
  return query as never
}

const list = run(async (cli: Cli, flags: Record<string, string>) => {
  const { client, output } = cli
  const page = await client.get('decisions.list', { query: await queryOf(cli, flags) })
  output.result(page, ({ items }) =>
    table(
      ['decision', 'at', 'action', 'outcome', 'reasons'],
      items.map((item) => [item.id, item.at, item.action, item.outcome, item.reasons.join(' ')]),
    ),
  )
})

const replay = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const replayed = await client.get('decisions.replay', { params: { id } })
  if (!replayed.equal) process.exitCode = 1
  output.result(replayed, ({ equal, expected_digest, actual_digest }) =>
    equal ? `Equal: ${actual_digest}` : `Different: recorded ${expected_digest}, now ${actual_digest}`,
  )
})

/** Lines go to stdout as they come; the cursor to go on with goes to stderr. */
const exportAll = run(async (cli: Cli, { follow, after = 'begin', ...flags }: { follow?: boolean; after?: string }) => {
  const filters: object = await queryOf(cli, flags)
  for (let from = after; ;) {
    const query = { ...filters, after: from, ...(follow && { wait: MAX_FEED_WAIT_S }) } as never
    const response = await cli.client.send('decisions.export', { query })
    if (response.body) await pipeline(Readable.fromWeb(response.body as never), process.stdout, { end: false })
    from = response.headers.get(NEXT_CURSOR_HEADER) ?? from
    process.stderr.write(`cursor ${from}\n`)
    if (!follow) return
  }
})

/** `gatehouse decisions list|export|replay`. */
export const decisions: Registration = (parent) => {
  const group = parent.command('decisions').description('Search, export and replay decisions')
  withFilters(group.command('list').description('Decisions, newest first'))
    .option('--limit <n>', 'how many', '20')
    .option('--cursor <cursor>', 'next_cursor of the page before')
    .action(list)
  withFilters(
    group.command('export').description('Decisions in the order of the log to stdout, one line each; recorded'),
  )
    .option('--format <format>', EXPORT_FORMATS.join(' or '), 'jsonl')
    .option('--after <cursor>', 'begin, end, or the cursor that the last export told')
    .option('--follow', 'go on with whatever is decided')
    .action(exportAll)
  group
    .command('replay <decision>')
    .description('Evaluate the stored input again and compare the answer byte for byte')
    .action(replay)
}
