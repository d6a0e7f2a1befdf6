import type { Writable } from 'node:stream'
import type { Pool, PoolClient, QueryConfig } from 'pg'
import { prepareValue } from 'pg/lib/utils.js'
import { rehearsal } from '../rehearsal.js'
import type { Queryable } from './queryable.js'
import { beginStatement, type Setting } from './scope.rules.js'

/** How a transaction begins. */
export interface TransactionOptions {
  mode: 'READ ONLY' | 'READ WRITE'
  settings: readonly Setting[]
}

/** An open transaction. Statements that are asked for side by side go to the server without waiting for one another. */
export interface Transaction extends Queryable {
  /**
   * Asks for something whose answer the work does not need. It is sent in one write with the commit, which becomes a rollback
   * where it fails. Raises at once where a value has no written form, since that is found where it is sent, and the commit
   * beside it would be done.
   */
  lastly(statement: QueryConfig): void
}

/**
 * Runs work in one transaction: committed when it resolves, rolled back when it rejects (and the rejection passed on).
 * In a rehearsal it only reads, whatever it was to do. A connection that cannot even roll back is thrown away, so that no other caller inherits its state.
 * What the work asks first is sent with the beginning. Where that fails nothing is done: reads see no row without a scope, and
 * governed rows are not written without a decision. Once the work is over its transaction takes no more: what a part of it asks
 * that nobody waited for would be done by itself, or in the transaction that has the connection next.
 */
export async function inTransaction<T>(
  pool: Pool,
  { mode, settings }: TransactionOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const begin = beginStatement(rehearsal() ? 'READ ONLY' : mode, settings)
  const client = await pool.connect()
  const last: QueryConfig[] = []
  let isOver = false
  const requireOpen = (): void => {
    if (isOver) throw new Error('the transaction is over, and takes no more statements')
  }
  const tx: Transaction = {
    query: async (statement, values) => {
      requireOpen()
      return client.query(statement, values)
    },
    lastly: (statement) => {
      requireOpen()
      last.push(written(statement))
    },
  }
  const run = async (): Promise<T> => {
    try {
      return await work(tx)
    } finally {
      isOver = true
    }
  }
  let broken: Error | undefined
  try {
    const [, result] = await allOf(inOneWrite(client, () => [client.query(begin), run()] as const))
    const answers = await allOf(
      inOneWrite(client, () => [...last, 'COMMIT'].map((statement) => client.query(statement))),
    )
    if (answers.at(-1)!.command !== 'COMMIT')
      throw new Error('the transaction is rolled back, since a statement of it failed')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => (broken = fault))
    throw error
  } finally {
    client.release(broken)
  }
}

/** A statement whose values are as they are sent. Raises what a value without a written form does. */
const written = ({ values = [], ...statement }: QueryConfig): QueryConfig => ({
  ...statement,
  values: values.map((value: unknown) => prepareValue(value)),
})

/** What all come to, once none is under way any more. Raises what the first of them that failed did. */
const allOf = async <T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> => {
  await Promise.allSettled(promises)
  return Promise.all(promises) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>
}

/** Sends all that is asked for in one write: each wakes the server, which takes the processor from whoever wakes it. */
const inOneWrite = <T>(client: PoolClient, ask: () => T): T => {
  const { stream } = (client as PoolClient & { readonly connection: { readonly stream: Writable } }).connection
  stream.cork()
  try {
    return ask()
  } finally {
    stream.uncork()
  }
}
