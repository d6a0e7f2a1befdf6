import { Uuid } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { findListed } from './find.js'
import { UsageError } from './usage-error.js'

/** An organisation as lists show it. */
export type Tenant = AnswerOf<'tenants.update'>

/** An organisation by id or slug. Raises UsageError where there is none. */
export const findTenant = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Tenant> => {
  const found = await findListed<Tenant>(
    (query) => client.get('tenants.list', { query }),
    ({ id, slug }) => id === named || slug === named,
  )
  if (found) return found
  throw new UsageError(`ORGANISATION ${named} is none that you can see: gatehouse organisations list names them`)
}

/** The id of an organisation that a flag names by id or slug; undefined where none is named. Raises UsageError where there is none. */
export const tenantId = async (cli: Pick<Cli, 'client'>, named: string | undefined): Promise<string | undefined> =>
  named === undefined || Uuid.safeParse(named).success ? named : (await findTenant(cli, named)).id
