import type { Command } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { newest, ofTenant, writeNext, type AnyFamily, type TenantFlag } from '../document-client.js'
import { documentInWords } from '../document-words.js'
import { chosenEditor, editText } from '../editor.js'
import { whole } from '../chosen.js'
import { jsonFile, parsed } from '../file-text.js'
import { table } from '../output.js'
import { addEntry } from './list-entry.js'
import { roleHolders } from './role-holders.js'

const EMPTY: Record<AnyFamily, object> = {
  lists: { title: 'Our extensions', admits: 'all', entries: [] },
  limits: { title: 'Our limits', entries: [] },
  roles: { title: 'What the role is for', scopes: [], until: null },
  grouprules: { title: 'Which roles our groups give', entries: [] },
  scimschemas: {
    title: 'What our people have besides',
    urn: 'urn:example:params:scim:schemas:2.0:User',
    description: '',
    enabled: true,
    attributes: [{ name: 'badge', type: 'string' }],
  },
  scimmappings: {
    title: 'What our people are called',
    fields: [{ field: 'name', from: [{ attribute: 'displayName' }, { attribute: 'userName' }] }],
  },
}

/** How each is called on the command line. */
const COMMANDS: Record<AnyFamily, string> = {
  lists: 'lists',
  limits: 'limits',
  roles: 'roles',
  grouprules: 'scim rules',
  scimschemas: 'scim schemas',
  scimmappings: 'scim mapping',
}

const revisionOf = (what: string, given: string): number =>
  whole(what, given, { remedy: 'gatehouse … history NAME lists them' })

interface SetFlags extends TenantFlag {
  readonly file?: string
  readonly reason: string
}

/** Where a document is written: whose, which, and why. */
const written = ({ tenant, reason: why }: SetFlags, name: string) => ({
  name,
  why,
  ...(tenant !== undefined && { tenant }),
})

const commandsOf = (family: AnyFamily) => ({
  list: run(async ({ client, output }: Cli, flags: TenantFlag) => {
    output.result(await client.get(`${family}.list`, { query: await ofTenant({ client }, flags) }), ({ items }) =>
      table(
        ['name', 'title', 'revision', 'written', 'why'],
        items.map((item) => [item.name, item.document.title, item.revision, item.created_at, item.why]),
      ),
    )
  }),

  show: run(async ({ client, output }: Cli, flags: TenantFlag & { revision?: string }, name: string) => {
    const revision = flags.revision === undefined ? {} : { revision: revisionOf('--revision', flags.revision) }
    const query = { ...(await ofTenant({ client }, flags)), ...revision }
    output.result(await client.get(`${family}.show`, { params: { name }, query }), documentInWords)
  }),

  set: run(async (cli: Cli, flags: SetFlags, name: string) => {
    const { output, options } = cli
    const at = written(flags, name)
    if (flags.file !== undefined) {
      const document = await jsonFile('--file', flags.file)
      const read = await newest(cli, family, at)
      return output.result(await writeNext(cli, family, { ...at, read, document }), documentInWords)
    }
    const instead = `there is no terminal to edit in: use gatehouse ${COMMANDS[family]} set ${name} --file FILE --reason WHY`
    const editor = chosenEditor(process.env, cli.surroundings.terminal(), instead)
    const read = await newest(cli, family, at)
    const text = `${JSON.stringify(read?.document ?? EMPTY[family], undefined, 2)}\n`
    const json = options.json ?? false
    const edited = await cli.surroundings.lend(() => editText(editor, { path: `${name}.json`, text, json }))
    if (edited.text === text) {
      await edited.drop()
      return output.result({ unchanged: true, name }, () => `${name} was left as it is; nothing was written`)
    }
    try {
      const document = parsed(edited.text, edited.file)
      output.result(await writeNext(cli, family, { ...at, read, document }), documentInWords)
    } catch (error) {
      output.note(`What you wrote is kept in ${edited.file}`)
      throw error
    }
    await edited.drop()
  }),

  diff: run(async ({ client, output }: Cli, flags: TenantFlag & { from?: string; to?: string }, name: string) => {
    const query = {
      ...(await ofTenant({ client }, flags)),
      ...(flags.from !== undefined && { from: revisionOf('--from', flags.from) }),
      ...(flags.to !== undefined && { to: revisionOf('--to', flags.to) }),
    }
    output.result(await client.get(`${family}.diff`, { params: { name }, query }), ({ from, to, changes }) =>
      [`${name}, revision ${from} to ${to}`, ...changes.map(changeLine)].join('\n'),
    )
  }),

  history: run(async ({ client, output }: Cli, flags: TenantFlag, name: string) => {
    output.result(
      await client.get(`${family}.history`, { params: { name }, query: await ofTenant({ client }, flags) }),
      ({ items }) =>
        table(
          ['revision', 'written', 'by', 'changes', 'why', 'decision'],
          items.map(({ changes: { added, removed, changed }, ...item }) => [
            ...[item.revision, item.created_at, item.by, `+${added} -${removed} ~${changed}`],
            ...[item.reverts_to === null ? item.why : `back to ${item.reverts_to}: ${item.why}`, item.decision_id],
          ]),
        ),
    )
  }),

  revert: run(async (cli: Cli, flags: TenantFlag & { reason: string }, name: string, to: string) => {
    const { client, output } = cli
    const { revision } = await client.get(`${family}.show`, {
      params: { name },
      query: await ofTenant({ client }, flags),
    })
    const body = { to: revisionOf('REVISION', to), why: flags.reason, revision }
    const request = { params: { name }, query: await ofTenant({ client }, flags), body }
    output.result(await client.get(`${family}.revert`, request), documentInWords)
  }),
})

const SIGN = { added: '+', removed: '-', changed: '~' } as const
const changeLine = ({ id, change, before, after }: AnswerOf<'lists.diff'>['changes'][number]): string => {
  const values = change === 'changed' ? `: ${JSON.stringify(before)} -> ${JSON.stringify(after)}` : ''
  return `  ${SIGN[change]} ${id}${values}`
}

const WORDS: Record<AnyFamily, string> = {
  lists: 'Lists of extensions that your organisation allows, denies or pins',
  limits: 'How much your organisation lets its extensions do',
  roles: "Roles of your organisation's own",
  grouprules: 'Which roles the groups of your identity provider give',
  scimmappings: 'Which SCIM attribute becomes which field of a person',
  scimschemas: 'Attributes that your people have beyond those of SCIM itself',
}
const TENANT = [
  '--tenant <organisation>',
  'of this one, by id or slug, for operators of the platform; your own where absent',
] as const
const REASON = ['--reason <text>', 'why; goes on record'] as const

const register = (family: AnyFamily, parent: Command, called: string = family): Command => {
  const group = parent.command(called).description(WORDS[family])
  const { list, show, set, diff, history, revert } = commandsOf(family)
  // A role is nothing without its name; of lists and limits most have one only.
  const name = family === 'roles' || family === 'scimschemas' ? '<name>' : '[name]'
  const named = (words: string, description: string) => {
    const command = group
      .command(words)
      .description(description)
      .option(...TENANT)
    if (name === '[name]') command.registeredArguments[0]?.default('default')
    return command
  }
  group
    .command('list')
    .description('Each at its newest revision')
    .option(...TENANT)
    .action(list)
  named(`show ${name}`, 'What holds').option('--revision <number>', 'as it was then').action(show)
  named(`set ${name}`, 'Write the next revision, in $EDITOR or from a file')
    .option('--file <file>', 'the document as JSON')
    .requiredOption(...REASON)
    .action(set)
  named(`diff ${name}`, 'What the newest revision changed')
    .option('--from <number>', 'the revision before where absent')
    .option('--to <number>', 'the newest where absent')
    .action(diff)
  named(`history ${name}`, 'Who changed it when and why').action(history)
  group
    .command('revert <name> <revision>')
    .description('Write an earlier revision anew')
    .option(...TENANT)
    .requiredOption(...REASON)
    .action(revert)
  return group
}

/** `gatehouse lists …`. */
export const lists: Registration = (parent) => addEntry(register('lists', parent))
/** `gatehouse limits …`. */
export const limits: Registration = (parent) => void register('limits', parent)
/** `gatehouse roles …`. */
export const roles: Registration = (parent) => roleHolders(register('roles', parent))
/** `gatehouse scim rules …`; the group that it was added to. */
export const groupRules = (parent: Command): Command => register('grouprules', parent, 'rules')
/** `gatehouse scim mapping …`; the group that it was added to. */
export const scimMappings = (parent: Command): Command => register('scimmappings', parent, 'mapping')
/** `gatehouse scim schemas …`. */
export const scimSchemas: Registration = (parent) => void register('scimschemas', parent, 'schemas')
