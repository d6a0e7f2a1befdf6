import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { UsageError } from './usage-error.js'

/** An organisation as lists show it. */
export type Tenant = AnswerOf<'tenants.update'>

/** An organisation by id or slug. Raises UsageError where there is none. */
export const findTenant = async ({ client }: Pick<Cli, 'client'>, named: string): Promise<Tenant> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: AnswerOf<'tenants.list'> = await client.get('tenants.list', {
      query: { limit: 200, ...(cursor && { cursor }) },
    })
    const found = page.items.find(({ id, slug }) => id === named || slug === named)
    if (found) return found
    cursor = page.next_cursor
  }
  throw new UsageError(`ORGANISATION ${named} is none that you can see: gatehouse organisations list names them`)
}
