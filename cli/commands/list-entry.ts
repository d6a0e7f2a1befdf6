import type { Command } from 'commander'
import { run, type Cli } from '../command.js'
import { newest, writeNext, type TenantFlag } from '../document-client.js'
import { documentInWords } from '../document-words.js'
import { COMING, comingMoment } from '../moments.js'

interface EntryFlags extends TenantFlag {
  readonly list: string
  readonly extension?: string
  readonly publisher?: string
  readonly version?: string
  readonly category?: string
  readonly permission?: string
  readonly from?: string
  readonly until?: string
  readonly reason: string
}

/** When the entry holds, as moments in UTC; without what was not said. Raises UsageError. */
const term = ({ from, until }: EntryFlags) => ({
  ...(from !== undefined && { from: comingMoment('--from', from) }),
  ...(until !== undefined && { until: comingMoment('--until', until) }),
})

const add = run(async (cli: Cli, flags: EntryFlags, effect: string) => {
  const { list, tenant, reason: why, ...named } = flags
  const at = { name: list, ...(tenant !== undefined && { tenant }) }
  const read = await newest(cli, 'lists', at)
  const before = read?.document ?? { title: 'Our extensions', entries: [] }
  const entries = 'entries' in before ? before.entries : []
  const document = { ...before, entries: [...entries, { effect, ...named, ...term(flags), why }] }
  const written = await writeNext(cli, 'lists', { ...at, read, document, why })
  cli.output.result(written, documentInWords)
})

/** `gatehouse lists add allow|deny|pin`: one entry more, without an editor. */
export const addEntry = (group: Command): void => {
  group
    .command('add <effect>')
    .description('Put one entry on a list: allow, deny or pin')
    .option('--list <name>', 'which list', 'default')
    .option('--extension <pattern>', 'id of an extension, such as com.example.*')
    .option('--publisher <pattern>', 'slug or id of a publisher')
    .option('--version <range>', 'versions, such as <2.0.0')
    .option('--category <category>', 'a shelf of the catalogue')
    .option('--permission <pattern>', 'one of the permissions granted, such as http:*')
    .option('--from <time>', 'holds from then on; written as --until is')
    .option('--until <time>', `holds until then: ${COMING}`)
    .option(
      '--tenant <organisation>',
      'of this one, by id or slug, for operators of the platform; your own where absent',
    )
    .requiredOption('--reason <text>', 'why; goes on record')
    .action(add)
}
