import { GatehouseClient, Refusal, type OperationId, type PagedId } from '../client/index.js'
import type { Made, Vector, VectorCall } from './vector.js'

const collected = async (items: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = []
  for await (const item of items) all.push(item)
  return all
}

const responded = async (response: Response) => ({ response: { status: response.status, text: await response.text() } })

const refused = ({ problem, retryAfterMs }: Refusal) => ({ refused: { ...problem, retry_after_ms: retryAfterMs } })

async function did(client: GatehouseClient, call: VectorCall): Promise<unknown> {
  if ('extension' in call) {
    const { kind, extension, path, ...invocation } = call
    if (kind === 'invoke') return responded(await client.invoke(extension, path, invocation as object))
    const later = await client.invokeLater(extension, path, invocation as object)
    return responded(await later.answer())
  }
  const { kind, operation, ...request } = call
  if (kind === 'pages') return { items: await collected(client.pages(operation as PagedId, request as never)) }
  const reply = await client.call(operation as OperationId, request as never)
  if (reply.kind === 'done') return { answer: reply.answer }
  const { kind: _, ...held } = reply
  return { held }
}

/** What the TypeScript client makes of each vector. */
export async function byTypeScript(vectors: readonly Vector[], url: string): Promise<Made[]> {
  const made: Made[] = []
  for (const [index, { name, call }] of vectors.entries()) {
    const waits: number[] = []
    const sleep = async (ms: number) => void waits.push(ms)
    const client = new GatehouseClient({ url, key: `vector-${index}`, random: () => 1, sleep })
    const outcome = await did(client, call).catch((error: unknown) => {
      if (error instanceof Refusal) return refused(error)
      throw error
    })
    made.push({ name, outcome, waits_ms: waits })
  }
  return made
}
