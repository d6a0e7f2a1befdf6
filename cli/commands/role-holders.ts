import type { Command } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { UsageError } from '../usage-error.js'

type Person = AnswerOf<'people.update'>

/** A person by id or address. Raises UsageError where there is nobody. */
const findPerson = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Person> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'people.list'> = await client.get('people.list', { query })
    const found = page.items.find(({ id, email }) => id === named || email === named)
    if (found) return found
    cursor = page.next_cursor
  }
  throw new UsageError(`PERSON ${named} is nobody here: name an id or an e-mail address`)
}

const changing = (change: (held: string[], role: string) => string[]) =>
  run(async (cli: Cli, _flags: object, role: string, named: string) => {
    const { id, version, custom_roles } = await findPerson(cli, named)
    const body = { version, custom_roles: change(custom_roles, role) }
    const changed = await cli.client.get('people.update', { params: { id }, body })
    cli.output.result(changed, ({ name, roles, custom_roles: held }) =>
      [`person   ${name} (${id})`, `roles    ${[...roles, ...held].join(', ') || 'none'}`].join('\n'),
    )
  })

/** `gatehouse roles give|take ROLE PERSON`: who holds a role of the organisation's own. */
export const roleHolders = (group: Command): void => {
  group
    .command('give <role> <person>')
    .description('Give a person, by id or address, one of these roles')
    .action(changing((held, role) => [...held, role]))
  group
    .command('take <role> <person>')
    .description('Take one of these roles from a person')
    .action(changing((held, role) => held.filter((name) => name !== role)))
}
