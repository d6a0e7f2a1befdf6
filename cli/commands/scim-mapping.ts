import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { ofTenant, type TenantFlag } from '../document-client.js'
import { jsonFile } from '../file-text.js'
import { findPerson } from '../find-person.js'
import { scimMappings } from './documents.js'

type Preview = AnswerOf<'scimmappings.preview'>
type Person = Preview['changes'][number]['after']

const fieldsOf = ({ name, email, fields }: Person): [string, string][] => [
  ['name', name],
  ['email', email ?? '(none)'],
  ...Object.entries(fields),
]

const inWords = (person: Person): string[] => fieldsOf(person).map(([field, value]) => `  ${field.padEnd(16)} ${value}`)

/** The fields that differ, each as it is and as it would be. */
const changesInWords = (before: Person, after: Person): string[] => {
  const [was, is] = [new Map(fieldsOf(before)), new Map(fieldsOf(after))]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => was.get(field) !== is.get(field))
    .map((field) => `    ${field}: ${was.get(field) ?? '(none)'} -> ${is.get(field) ?? '(none)'}`)
}

const previewInWords = ({ people, affected, changes, resource }: Preview): string =>
  [
    `${affected} of ${people} people would change${changes.length < affected ? `, ${changes.length} of them:` : ''}`,
    ...changes.flatMap(({ id, user_name, before, after }) => [
      `  ${user_name} (${id})`,
      ...changesInWords(before, after),
    ]),
    ...(resource ? ['The user that was sent along would be:', ...inWords(resource)] : []),
  ].join('\n')

interface PreviewFlags extends TenantFlag {
  readonly file: string
  readonly resource?: string
}

const preview = run(async ({ client, output }: Cli, { file, resource, ...flags }: PreviewFlags, name: string) => {
  const body = {
    document: await jsonFile('--file', file),
    ...(resource !== undefined && { resource: await jsonFile('--resource', resource) }),
  }
  // The service holds the document to its form, and names each wrong field.
  const request = {
    params: { name },
    query: await ofTenant({ client }, flags),
    body,
  } as RequestOf<'scimmappings.preview'>
  output.result(await client.get('scimmappings.preview', request), previewInWords)
})

const who = run(async (cli: Cli, _flags: object, named: string) => {
  const { id } = await findPerson(cli, named)
  cli.output.result(await cli.client.get('scim.showPerson', { params: { id } }), (person) =>
    [`${person.user_name} (${person.id})`, ...inWords(person)].join('\n'),
  )
})

/** `gatehouse scim mapping …`: which SCIM attribute becomes which field of a person. */
export const scimMapping: Registration = (parent) => {
  const mapping = scimMappings(parent)
  mapping
    .command('preview [name]')
    .description('What would become of people if the mapping became this; writes nothing')
    .requiredOption('--file <file>', 'the mapping as JSON')
    .option('--resource <file>', 'a user as a provider would send it, as JSON')
    .option('--tenant <id>', 'of this organisation; for operators of the platform')
    .action(preview)
    .registeredArguments[0]?.default('default')
  mapping.command('who <person>').description('What the mapping made of a person, by id or address').action(who)
}
