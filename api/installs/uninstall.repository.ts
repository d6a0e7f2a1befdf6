import type { Uninstalled } from '#contract/api/installs.js'
import type { GovernedTransaction } from '../gate/gate.types.js'

type Rows = Uninstalled['left']

/** Everything that belongs to an install alone, in the order in which it can go. */
const TABLES = [
  ['kv_entries', 'extension_kv', 'install_id'],
  ['kept_calls', 'kept_call', 'install_id'],
  ['runtime_tokens', 'runtime_token', 'install_id'],
  ['deliveries', 'extension_event_delivery', 'install_id'],
  ['subscriptions', 'extension_event_subscription', 'install_id'],
  ['secrets', 'install_secret', 'install_id'],
  ['consents', 'install_consent', 'install_id'],
  ['installs', 'tenant_extension_install', 'id'],
] as const satisfies readonly (readonly [keyof Rows, string, string])[]

const counted = (counts: readonly (readonly [keyof Rows, number])[]): Rows => Object.fromEntries(counts) as Rows

/** Locks an install as it was read; false where it changed meanwhile. */
export const lockInstall = async (tx: GovernedTransaction, id: string, revision: number): Promise<boolean> => {
  const locked = await tx.query('SELECT FROM tenant_extension_install WHERE id = $1 AND version = $2 FOR UPDATE', [
    id,
    revision,
  ])
  return locked.rowCount === 1
}

/** Deletes every row of an install; says how many of each kind there were. */
export const deleteInstall = async (tx: GovernedTransaction, id: string): Promise<Rows> => {
  const removed: [keyof Rows, number][] = []
  for (const [kind, table, column] of TABLES) {
    const { rowCount } = await tx.query(`DELETE FROM ${table} WHERE ${column} = $1`, [id])
    removed.push([kind, rowCount ?? 0])
  }
  return counted(removed)
}

/** Counts every row of an install. */
export const countInstall = async (tx: GovernedTransaction, id: string): Promise<Rows> => {
  const left: [keyof Rows, number][] = []
  for (const [kind, table, column] of TABLES) {
    const { rows } = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = $1`,
      [id],
    )
    left.push([kind, rows[0]?.count ?? 0])
  }
  return counted(left)
}
