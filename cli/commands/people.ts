import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { findPerson } from '../find-person.js'
import { table } from '../output.js'

const list = run(async ({ client, output }: Cli, { cursor }: { cursor?: string }) => {
  const query = { limit: 100, ...(cursor !== undefined && { cursor }) }
  output.result(await client.get('people.list', { query }), ({ items, next_cursor }) =>
    [
      table(
        ['person', 'name', 'email', 'kind', 'roles', 'disabled'],
        items.map((each) => [
          ...[each.id, each.name, each.email, each.kind],
          ...[[...each.roles, ...each.custom_roles].join(', '), each.disabled_at],
        ]),
      ),
      ...(next_cursor === null ? [] : [`Next: gatehouse people list --cursor ${next_cursor}`]),
    ].join('\n'),
  )
})

const exported = async (cli: Cli, named: string): Promise<AnswerOf<'people.export'>> =>
  named === 'me'
    ? cli.client.get('whoami.export', {})
    : cli.client.get('people.export', { params: { id: (await findPerson(cli, named)).id } })

const exportOne = run(async (cli: Cli, _flags: object, named: string) => {
  const data = await exported(cli, named)
  cli.output.document(data, `${JSON.stringify(data, null, 2)}\n`)
})

const erased = ({ pseudonym, ended }: AnswerOf<'people.erase'>): string =>
  [
    `Erased. Decisions go on calling them "${pseudonym}"; nothing leads from there to a person`,
    `  ended: ${ended.sessions} sessions, ${ended.keys} keys, ${ended.tokens} tokens`,
    ...ended.accounts.map((id) => `  nobody answers for it: gatehouse service-accounts handover ${id} PERSON`),
  ].join('\n')

const erase = run(async (cli: Cli, _flags: object, named: string) => {
  const { id } = await findPerson(cli, named)
  const reply = await cli.client.call('people.erase', { params: { id } })
  if (reply.kind === 'held') cli.output.held(reply)
  else cli.output.result(reply.answer, erased)
})

/** `gatehouse people list|export|erase`. */
export const people: Registration = (parent) => {
  const group = parent.command('people').description('People and service accounts, what is kept of them, and its end')
  group
    .command('list')
    .description('People and service accounts')
    .option('--cursor <cursor>', 'next_cursor of the page before')
    .action(list)
  group
    .command('export <person>')
    .description('All that is kept of a person, by id or address, as one JSON document; me for you. Recorded')
    .action(exportOne)
  group
    .command('erase <person>')
    .description('Erase a person for good, once a second person agrees; only their pseudonym stays')
    .action(erase)
}
