import type { Writable } from 'node:stream'
import type { Pool, PoolClient, QueryConfig } from 'pg'
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
   * where it fails.
   */
  lastly(statement: QueryConfig): void
}

/**
 * Runs work in one transaction: committed when it resolves, rolled back when it rejects (and the rejection passed on).
 * In a rehearsal it only reads, whatever it was to do. A connection that cannot even roll back is thrown away, so that no other caller inherits its state.
 * What the work asks first is sent with the beginning. Where that fails nothing is done: reads see no row without a scope, and
 * governed rows are not written without a decision.
 */
export async function inTransaction<T>(
  pool: Pool,
  { mode, settings }: TransactionOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const begin = beginStatement(rehearsal() ? 'READ ONLY' : mode, settings)
  const client = await pool.connect()
  const last: QueryConfig[] = []
  const tx: Transaction = {
    query: (statement, values) => client.query(statement, values),
    lastly: (statement) => void last.push(statement),
  }
  let broken: Error | undefined
  try {
    const [, result] = await allOf(inOneWrite(client, () => [client.query(begin), started(work, tx)] as const))
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

/** Work that is under way, whatever it throws at once. */
const started = async <T>(work: (tx: Transaction) => Promise<T>, tx: Transaction): Promise<T> => work(tx)

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
