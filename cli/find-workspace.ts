import { Uuid } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from './command.js'
import { findListed } from './find.js'
import { UsageError } from './usage-error.js'

export type Workspace = AnswerOf<'workspaces.show'>

/** Whether something is named by its id. */
export const isId = (named: string): boolean => Uuid.safeParse(named).success

/** One in which oneself has roles is found without the right to list the others. */
const idOf = async ({ client }: Pick<Cli, 'client'>, slug: string): Promise<string | undefined> => {
  const { in_workspaces } = await client.get('whoami.show', {})
  const own = in_workspaces.find(({ workspace }) => workspace.slug === slug)
  if (own) return own.workspace.id
  const found = await findListed<Workspace>(
    (query) => client.get('workspaces.list', { query: { ...query, search: slug } }),
    (each) => each.slug === slug,
  )
  return found?.id
}

/** The id of a workspace by id or slug. Raises UsageError where there is none. */
export const workspaceId = async (cli: Pick<Cli, 'client'>, named: string): Promise<string> => {
  const id = isId(named) ? named : await idOf(cli, named)
  if (id === undefined)
    throw new UsageError(`WORKSPACE ${named} is none that you can see: gatehouse workspaces list names them`)
  return id
}

/** A workspace by id or slug. Raises UsageError where there is none. */
export const findWorkspace = async (cli: Pick<Cli, 'client'>, named: string): Promise<Workspace> =>
  cli.client.get('workspaces.show', { params: { id: await workspaceId(cli, named) } })
