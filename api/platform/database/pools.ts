import { Pool, type PoolConfig } from 'pg'
import { rehearsal } from '../rehearsal.js'
import { inTransaction } from './transaction.js'

/** The four roles that the one login enters; see the governance migration for what each may do. */
export type Role = 'gatehouse_reader' | 'gatehouse_records' | 'gatehouse_governed' | 'gatehouse_extension_data'

/** Connections a pool may hold. Records carry every decision; extension data every storage call. */
const SIZES: Record<Role, number> = {
  gatehouse_reader: 10,
  gatehouse_records: 10,
  gatehouse_governed: 6,
  gatehouse_extension_data: 6,
}

const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 15_000
const IDLE_IN_TRANSACTION_MS = 30_000

/**
 * A pool whose every connection is in one role from its first statement.
 * @param onIdleError told when an idle connection breaks; the pool replaces it
 */
export function openPool(url: string, role: Role, onIdleError: (error: Error) => void): Pool {
  const settings = [
    `role=${role}`,
    `statement_timeout=${STATEMENT_TIMEOUT_MS}`,
    // Prisma's adapter drops the offset of a timestamp, so the server has to send it in UTC.
    'timezone=UTC',
    `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
    ...(role === 'gatehouse_reader' ? ['default_transaction_read_only=on'] : []),
  ]
  const pool = new Pool({ ...poolOptions(url, role), options: settings.map((setting) => `-c ${setting}`).join(' ') })
  pool.on('error', onIdleError)
  readOnlyInRehearsal(pool)
  // One that breaks while it is in use tells its user by a rejected query; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A statement outside a transaction is put into one that only reads, while a request is rehearsed. */
function readOnlyInRehearsal(pool: Pool): void {
  const query = pool.query.bind(pool) as Statement
  const guarded: Statement = (...statement) =>
    rehearsal()
      ? inTransaction(pool, { mode: 'READ ONLY', settings: [] }, (tx) => (tx.query.bind(tx) as Statement)(...statement))
      : query(...statement)
  pool.query = guarded as Pool['query']
}

type Statement = (...statement: unknown[]) => Promise<unknown>

const poolOptions = (url: string, role: Role): PoolConfig => ({
  connectionString: url,
  application_name: role,
  max: SIZES[role],
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  // Statements of one transaction that do not need one another's answers share a write and a round trip.
  pipeline: true,
})
