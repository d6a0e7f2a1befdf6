import type { Command } from 'commander'
import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { addReview } from './access-review.js'
import { findPerson } from '../find-person.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Explained = AnswerOf<'access.explain'>
type Question = RequestOf<'access.explain'>['body']
interface Flags {
  readonly with?: string
  readonly endpoint?: string
  readonly workspace?: string
  readonly method?: NonNullable<Question['method']>
  readonly by?: NonNullable<Question['by']>
}
interface WhoCanFlags extends Flags {
  readonly tenant?: string
}
type Roles = NonNullable<Explained['scope']>['by']

const rolesInWords = (roles: Roles): string =>
  roles
    .map(({ role, custom, workspace }) => (custom ? `${role} (own)` : workspace ? `${role} (in this workspace)` : role))
    .join(', ')

const bodyOf = (given: string): NonNullable<Question['with']> => {
  try {
    const body: unknown = JSON.parse(given)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as NonNullable<Question['with']>
  } catch {
    // Said below.
  }
  throw new UsageError(`--with must be a JSON object, such as {"roles":["member"]}`)
}

/** The action is one of many; the service says so where it is none. */
const questionOf = (flags: Flags, action: string, resource: string | undefined) => ({
  action: action as Question['action'],
  ...(resource !== undefined && { resource }),
  ...(flags.with !== undefined && { with: bodyOf(flags.with) }),
  ...(flags.endpoint !== undefined && { endpoint: flags.endpoint }),
  ...(flags.workspace !== undefined && { workspace: flags.workspace }),
  ...(flags.method !== undefined && { method: flags.method }),
  ...(flags.by !== undefined && { by: flags.by }),
})

const scopeInWords = ({ scope }: Explained): string[] => {
  if (!scope) return []
  const { required, held, by, given_by } = scope
  return [
    held
      ? `scope    ${required}, by ${rolesInWords(by)}`
      : `scope    ${required} is missing; roles with it: ${given_by.join(', ')}`,
  ]
}

type Undecided = AnswerOf<'access.whoCan'>['undecided']

/** Pointers into what the request carries: a body that was left out is the usual reason. */
const WITH = `What the request carries is given by --with, such as --with '{"name":"ci"}'`
const remedyOf = ({ status, code }: Pick<Undecided[number], 'status' | 'code'>): string[] =>
  status === 400 && code === 'request.invalid' ? [`    Remedy: ${WITH}`] : []

const undecidedInWords = (undecided: Undecided): string[] =>
  undecided.flatMap((each) => [
    `Not decided for ${each.people} of those asked about, who may or may not: ${each.status} ${each.code}: ${each.detail}`,
    ...remedyOf(each),
  ])

/** The same problem on several pages, once. */
const together = (undecided: Undecided): Undecided => {
  const kinds = Map.groupBy(undecided, ({ status, code, detail }) => JSON.stringify([status, code, detail]))
  return [...kinds.values()].map((same) => ({ ...same[0]!, people: same.reduce((sum, { people }) => sum + people, 0) }))
}

const explainedInWords = (answer: Explained): string =>
  [
    `${answer.outcome.replace('_', ' ')}: ${answer.person.name}, ${answer.action}`,
    `request  ${answer.request.method} ${answer.request.path}`,
    ...scopeInWords(answer),
    ...(answer.rules.length > 0 ? [`rules    ${answer.rules.join(', ')}`] : []),
    ...answer.reasons.map(({ id, message, remedy }) => `  ${id}: ${message}\n    Remedy: ${remedy}`),
    ...(answer.problem
      ? [`  ${answer.problem.status} ${answer.problem.code}: ${answer.problem.detail}`, ...remedyOf(answer.problem)]
      : []),
  ].join('\n')

const explain = run(
  async (cli: Cli, flags: Flags, ...[named, action, resource]: [string, string, (string | undefined)?]) => {
    const { id: person } = await findPerson(cli, named)
    const body = { person, ...questionOf(flags, action, resource) }
    cli.output.result(await cli.client.get('access.explain', { body }), explainedInWords)
  },
)

const whoCan = run(
  async ({ client, output }: Cli, flags: WhoCanFlags, ...[action, resource]: [string, (string | undefined)?]) => {
    const question = { ...questionOf(flags, action, resource), ...(flags.tenant && { tenant_id: flags.tenant }) }
    const items: AnswerOf<'access.whoCan'>['items'] = []
    const problems: Undecided = []
    let asked = 0
    for (let cursor: string | null | undefined; cursor !== null;) {
      const body = { ...question, ...(cursor && { cursor }) }
      const page: AnswerOf<'access.whoCan'> = await client.get('access.whoCan', { body })
      items.push(...page.items)
      problems.push(...page.undecided)
      asked += page.asked
      cursor = page.next_cursor
    }
    const undecided = together(problems)
    // What is left open is no answer to who can, and must not be taken for "nobody".
    if (undecided.length > 0) process.exitCode = EXIT.refused
    const rows = items.map(({ person, outcome, by }) => [person.id, person.name, outcome, rolesInWords(by)])
    output.result({ items, asked, undecided }, () =>
      [
        ...(rows.length > 0 || undecided.length === 0 ? [table(['person', 'name', 'may', 'by'], rows)] : []),
        ...undecidedInWords(undecided),
      ].join('\n'),
    )
  },
)

/** What RESOURCE is, by examples. */
const RESOURCES = `
RESOURCE is what the path of the endpoint names:
  person.update      a person's id                 0198c0de-0000-7000-8000-000000000001
  extension.invoke   extension and path below it   com.example.lockfile-auditor/scans/7`

const asked = (command: Command): Command =>
  command
    .option('--with <json>', 'body of the request, as JSON')
    .option('--endpoint <id>', 'which endpoint, where several do it, such as lists.revert')
    .option('--workspace <workspace>', 'which workspace the request names, by slug or id')
    .option('--method <method>', 'of a call of an extension')
    .addHelpText('after', RESOURCES)
    .option('--by <what>', 'what they come with: key (where absent), session or fresh_session')

/** `gatehouse access explain|who-can|review`. */
export const access: Registration = (parent) => {
  const group = parent
    .command('access')
    .description('Who may do what, and why, and who has what; asking changes nothing')
  asked(group.command('explain <person> <action> [resource]'))
    .description('What would come of a request of this person, by id or address: verdict, rules, reasons, remedies')
    .action(explain)
  asked(group.command('who-can <action> [resource]'))
    .description('People who may do it')
    .option('--tenant <id>', 'people of this organisation; for operators of the platform')
    .action(whoCan)
  addReview(group)
}
