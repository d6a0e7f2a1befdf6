import { GatehouseClient, Refusal } from '../client/index.js'

/** Where a service is, with which keys and names. */
export interface LiveGround {
  readonly url: string
  /** The same service, behind something that cuts the first connection as the answer comes. */
  readonly cutting: string
  readonly owner: string
  readonly member: string
  readonly extension: string
  readonly names: readonly string[]
}

const problem = async (owner: GatehouseClient) => {
  try {
    return await owner.get('keys.create', { body: { name: '' } })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { code: error.problem.code, pointers: error.problem.errors?.map(({ pointer }) => pointer) }
  }
}

const pathIn = async (response: Response) => ((await response.json()) as { path: string }).path

/** The steps that both clients take with a real service; `sdk/python/tests/live.py` has the others. */
export async function live({ url, cutting, owner: key, member: theirs, extension, names }: LiveGround) {
  const owner = new GatehouseClient({ url, key })
  const member = new GatehouseClient({ url: cutting, key: theirs })
  const made: string[] = []
  for (const name of names) made.push((await owner.get('keys.create', { body: { name } })).name)
  const once = await member.invoke(extension, '/items/1', { body: '{}' })
  const later = await (await member.invokeLater(extension, '/items/2', { body: '{}' })).answer()
  const listed: string[] = []
  for await (const { name } of owner.pages('keys.list', { query: { limit: 1 } })) listed.push(name)
  return {
    made,
    listed,
    problem: await problem(owner),
    once: { status: once.status, replayed: once.headers.get('idempotent-replayed'), path: await pathIn(once) },
    later: { status: later.status, path: await pathIn(later) },
  }
}
