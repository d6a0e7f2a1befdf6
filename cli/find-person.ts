import { Uuid } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { findListed } from './find.js'
import { UsageError } from './usage-error.js'

type Person = AnswerOf<'people.update'>

/** A person or service account by id or address. Raises UsageError where there is nobody. */
export const findPerson = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Person> => {
  const found = await findListed<Person>(
    (query) => client.get('people.list', { query: { ...query, search: named } }),
    ({ id, email }) => id === named || email?.toLowerCase() === named.toLowerCase(),
  )
  if (found) return found
  throw new UsageError(`PERSON ${named} is nobody here: name an id or an e-mail address`)
}

/** The id of a person or service account, who is not looked for where it is one already. */
export const personId = async (cli: Pick<Cli, 'client'>, named: string): Promise<string> =>
  Uuid.safeParse(named).success ? named : (await findPerson(cli, named)).id

/** The id of a service account by id or name. Raises UsageError where there is none, or several of the name. */
export const accountId = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<string> => {
  if (Uuid.safeParse(named).success) return named
  const found: string[] = []
  await findListed<Person>(
    (query) => client.get('people.list', { query: { ...query, search: named } }),
    ({ id, kind, name }) => kind === 'service_account' && name === named && found.push(id) > 1,
  )
  if (found.length === 1) return found[0]!
  throw new UsageError(
    found.length === 0
      ? `ACCOUNT ${named} is none here: gatehouse service-accounts list names them`
      : `ACCOUNT ${named} is the name of several: name one by its id (${found.join(', ')})`,
  )
}
