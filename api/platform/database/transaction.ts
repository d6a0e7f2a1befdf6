import type { Pool, PoolClient } from 'pg'
import { rehearsal } from '../rehearsal.js'
import { beginStatement, type Setting } from './scope.rules.js'

/** How a transaction begins. */
export interface TransactionOptions {
  mode: 'READ ONLY' | 'READ WRITE'
  settings: readonly Setting[]
}

/**
 * Runs work in one transaction: committed when it resolves, rolled back when it rejects (and the rejection passed on).
 * In a rehearsal it only reads, whatever it was to do. A connection that cannot even roll back is thrown away, so that no other caller inherits its state.
 */
export async function inTransaction<T>(
  pool: Pool,
  { mode, settings }: TransactionOptions,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  const begin = beginStatement(rehearsal() ? 'READ ONLY' : mode, settings)
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => (broken = fault))
    throw error
  } finally {
    client.release(broken)
  }
}
