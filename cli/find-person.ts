import { Uuid } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { findListed } from './find.js'
import { UsageError } from './usage-error.js'

type Person = AnswerOf<'people.update'>

/** So many are told apart; nobody reads more. */
const MOST_NAMED = 5

/** Everybody of the list whom something is part of, and who fits. */
const everybody = async ({ client }: Pick<Cli, 'client'>, search: string, fits: (person: Person) => boolean) => {
  const found: Person[] = []
  await findListed<Person>(
    (query) => client.get('people.list', { query: { ...query, search } }),
    (person) => fits(person) && found.push(person) > MOST_NAMED,
  )
  return found
}

const theOne = (found: readonly Person[], { what, none }: { what: string; none: string }): Person => {
  if (found.length === 1) return found[0]!
  throw new UsageError(
    found.length === 0
      ? `${what} ${none}`
      : `${what} stands for several: name one by its id (${found.map(({ id }) => id).join(', ')})`,
  )
}

/**
 * A person or service account by id or address. Raises UsageError where there is nobody, or where it is somebody's address in
 * several organisations, of which operators see all.
 */
export const findPerson = async (cli: Pick<Cli, 'client'>, named: string): Promise<Person> => {
  const address = named.toLowerCase()
  const found = await everybody(cli, named, ({ id, email }) => id === named || email?.toLowerCase() === address)
  return theOne(found, { what: `PERSON ${named}`, none: 'is nobody here: name an id or an e-mail address' })
}

/**
 * The id of a person or service account. One that is an id already is not looked for: whoever asks may not be allowed to list
 * people, and whoever was deleted is in logs by their id alone.
 */
export const personId = async (cli: Pick<Cli, 'client'>, named: string): Promise<string> =>
  Uuid.safeParse(named).success ? named : (await findPerson(cli, named)).id

/** The id of a service account by id or name. Raises UsageError where there is none, or several of the name. */
export const accountId = async (cli: Pick<Cli, 'client'>, named: string): Promise<string> => {
  if (Uuid.safeParse(named).success) return named
  const found = await everybody(cli, named, ({ kind, name }) => kind === 'service_account' && name === named)
  return theOne(found, { what: `ACCOUNT ${named}`, none: 'is none here: gatehouse service-accounts list names them' })
    .id
}
