import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { UsageError } from './usage-error.js'

type Person = AnswerOf<'people.update'>

/** A person by id or address. Raises UsageError where there is nobody. */
export const findPerson = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Person> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'people.list'> = await client.get('people.list', { query })
    const found = page.items.find(({ id, email }) => id === named || email === named)
    if (found) return found
    cursor = page.next_cursor
  }
  throw new UsageError(`PERSON ${named} is nobody here: name an id or an e-mail address`)
}
