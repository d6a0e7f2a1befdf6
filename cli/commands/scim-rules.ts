import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { ofTenant, type TenantFlag } from '../document-client.js'
import { jsonFile } from '../file-text.js'
import { findPerson } from '../find-person.js'
import { table } from '../output.js'
import { groupRules } from './documents.js'

type Preview = AnswerOf<'grouprules.preview'>

type Turns = Pick<Preview['people'][number], 'gains' | 'loses'>
const turns = ({ gains, loses }: Turns): string =>
  [...gains.map((role) => `+${role}`), ...loses.map((role) => `-${role}`)].join(' ')

const previewInWords = ({ rules, affected, people, beyond_own, tokens_beyond }: Preview): string =>
  [
    table(
      ['rule', 'groups', 'people'],
      rules.map(({ rule, groups, members }) => [rule, groups, members]),
    ),
    `${affected} people would gain or lose a role${people.length < affected ? `, ${people.length} of them:` : ''}`,
    ...people.map(({ id, name, gains, loses, in_workspaces }) => {
      const there = in_workspaces.map(({ workspace, ...each }) => `in ${workspace.slug}: ${turns(each)}`)
      return [`  ${name} (${id})`, turns({ gains, loses }), ...there].filter((part) => part !== '').join(' ')
    }),
    ...(beyond_own.length > 0
      ? [`You cannot write this: it gives or takes what you do not have yourself: ${beyond_own.join(', ')}`]
      : []),
    ...(tokens_beyond.length > 0
      ? [
          `It is refused while these connections have tokens whose makers lack what it gives: ${tokens_beyond.join(', ')}`,
        ]
      : []),
  ].join('\n')

const preview = run(async ({ client, output }: Cli, flags: TenantFlag & { readonly file: string }, name: string) => {
  const document = await jsonFile('--file', flags.file)
  // The service holds the document to its form, and names each wrong field.
  const request = {
    params: { name },
    query: await ofTenant({ client }, flags),
    body: { document },
  } as RequestOf<'grouprules.preview'>
  output.result(await client.get('grouprules.preview', request), previewInWords)
})

type Rule = AnswerOf<'people.roles'>['by_groups'][number]['rule']
/** Each role that a rule gives, with where it counts. */
const givenPlaces = ({ roles, custom_roles, in_workspaces = [] }: Rule): [role: string, place: string][] => [
  ...[...roles, ...custom_roles].map((role): [string, string] => [role, 'the organisation']),
  ...in_workspaces.flatMap(({ workspace, roles: there }) => there.map((role): [string, string] => [role, workspace])),
]

const who = run(async (cli: Cli, _flags: object, named: string) => {
  const { id } = await findPerson(cli, named)
  cli.output.result(await cli.client.get('people.roles', { params: { id } }), ({ own, by_groups, in_workspaces }) =>
    table(
      ['role', 'in', 'by', 'rules', 'revision', 'until', 'why'],
      [
        ...[...own.roles, ...own.custom_roles].map((role) => [role, 'the organisation', 'own', '-', '-', '-', '-']),
        ...in_workspaces.flatMap(({ workspace, roles }) =>
          roles.map((role) => [role, workspace.slug, 'own', '-', '-', '-', '-']),
        ),
        ...by_groups.flatMap(({ group, rules, revision, rule }) =>
          givenPlaces(rule).map(([role, place]) => [
            ...[role, place, `group ${group.display_name}`, rules, revision, rule.until ?? '-', rule.why],
          ]),
        ),
      ],
    ),
  )
})

/** `gatehouse scim rules …`: which roles groups give. */
export const scimRules: Registration = (parent) => {
  const rules = groupRules(parent)
  rules
    .command('preview [name]')
    .description('Who would gain or lose which roles if the rules became these; writes nothing')
    .requiredOption('--file <file>', 'the rules as JSON')
    .option('--tenant <id>', 'of this organisation; for operators of the platform')
    .action(preview)
    .registeredArguments[0]?.default('default')
  rules
    .command('who <person>')
    .description('Which roles a person has, by id or address, and by which group')
    .action(who)
}
