import type { Pool, QueryConfig } from 'pg'
import type { KillScope } from '#contract/vocabulary.js'
import { listen } from '../platform/database/listener.js'
import type { KillList } from './kill-list.rules.js'
import { GONE_MS, RENEWAL_TIMEOUT_MS, type NodeAcknowledgement } from './lease.rules.js'

const GONE_S = GONE_MS / 1_000

interface ListRow {
  epoch: string
  id: string | null
  scope: KillScope
  target: string
  reason: string
  order_epoch: string
}

/** The kill list and the nodes' leases in the database, over the records pool. */
export class KillListRepository {
  constructor(private readonly records: Pool) {}

  private query<Row extends object>(text: string, values: unknown[] = []) {
    const config: QueryConfig & { query_timeout: number } = { text, values, query_timeout: RENEWAL_TIMEOUT_MS }
    return this.records.query<Row>(config)
  }

  /** Renews a node's lease, acknowledging `seen`; gives the epoch that the list has reached meanwhile, and who else lives. */
  async renew(node: string, seen: bigint): Promise<{ epoch: bigint; nodes: string[] }> {
    const { rows } = await this.query<{ current: string; nodes: string[] | null }>(
      `INSERT INTO node_lease (node, epoch, renewed_at) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT (node) DO UPDATE SET epoch = EXCLUDED.epoch, renewed_at = EXCLUDED.renewed_at
       RETURNING (SELECT epoch FROM kill_epoch WHERE id = 1) AS current,
         (SELECT array_agg(node) FROM node_lease WHERE renewed_at > clock_timestamp() - make_interval(secs => $3)) AS nodes`,
      [node, seen.toString(), GONE_S],
    )
    return { epoch: BigInt(rows[0]!.current), nodes: rows[0]!.nodes ?? [] }
  }

  /** The engaged orders and the epoch they stand for, from one snapshot. */
  async list(): Promise<KillList> {
    const { rows } = await this.query<ListRow>(
      `SELECT e.epoch, o.id, o.scope, o.target, o.reason, o.epoch AS order_epoch
       FROM kill_epoch e LEFT JOIN kill_order o ON o.released_at IS NULL WHERE e.id = 1 ORDER BY o.epoch`,
    )
    const orders = rows.flatMap(({ id, scope, target, reason, order_epoch }) =>
      id === null ? [] : [{ id, scope, target, reason, epoch: BigInt(order_epoch) }],
    )
    return { epoch: BigInt(rows[0]!.epoch), orders }
  }

  /** Every node that renewed within the last minute, with the epoch it has acknowledged. */
  async nodes(): Promise<NodeAcknowledgement[]> {
    const { rows } = await this.query<{ node: string; epoch: string; age_ms: number }>(
      `SELECT node, epoch, (extract(epoch FROM clock_timestamp() - renewed_at) * 1000)::float8 AS age_ms
       FROM node_lease WHERE renewed_at > clock_timestamp() - make_interval(secs => $1) ORDER BY node`,
      [GONE_S],
    )
    return rows.map(({ node, epoch, age_ms }) => ({ node, epoch: BigInt(epoch), ageMs: age_ms }))
  }

  /** Takes a node's row away when it stops, and those of nodes that are long gone. */
  async forget(node: string): Promise<void> {
    await this.query(
      `DELETE FROM node_lease WHERE node = $1 OR renewed_at < clock_timestamp() - make_interval(secs => $2)`,
      [node, 10 * GONE_S],
    )
  }

  /** Calls `onNotice` whenever the list moved; `onLost` once when the connection ends. Gives what stops listening. */
  listen(onNotice: () => void, onLost: () => void): Promise<() => void> {
    return listen(this.records, 'gatehouse_kill', { onNotice, onLost })
  }
}
