import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from '../command.js'
import { UsageError } from '../usage-error.js'

/** A SCIM connection as the service tells it. */
export type Connection = AnswerOf<'scim.showConnection'>

/** All connections that the speaker can see, newest first. */
export const allConnections = async ({ client }: Pick<Cli, 'client'>): Promise<Connection[]> => {
  const found: Connection[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const page: AnswerOf<'scim.listConnections'> = await client.get('scim.listConnections', { query })
    found.push(...page.items)
    cursor = page.next_cursor
  }
  return found
}

/** A connection by id or name. Raises UsageError where there is none, or several organisations have one of this name. */
export const findConnection = async (cli: Pick<Cli, 'client'>, named: string): Promise<Connection> => {
  const found = (await allConnections(cli)).filter(({ id, name }) => id === named || name === named)
  if (found.length === 1) return found[0]!
  const which = found.length === 0 ? 'is none here' : 'is the name of several: name the id'
  throw new UsageError(`CONNECTION ${named} ${which}; gatehouse scim connections list has them`)
}
