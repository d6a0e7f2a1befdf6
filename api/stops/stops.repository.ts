import type { KillOrder } from '#contract/api/kills.js'
import type { KillScope } from '#contract/vocabulary.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { StopTarget } from './stop-target.rules.js'

/** An order as kept. */
export type OrderRow = KillOrder & { readonly epoch: string; readonly version: number }

const ORDER = `id, tenant_id, scope, target, reason, engaged_by, ${isoTimestamp('created_at', 'engaged_at')},
  ${isoTimestamp('released_at')}, false AS local, decision_id, epoch, version`

/** Where each kind of target is found; `$1` is what the person named. */
const LOOK_UPS: Record<Exclude<KillScope, 'global'>, string> = {
  tenant: `SELECT id::text AS target, id AS tenant_id, NULL::uuid AS publisher_id FROM tenant WHERE id::text = $1 OR slug = $1`,
  publisher: `SELECT id::text AS target, tenant_id, id AS publisher_id FROM publisher WHERE id::text = $1 OR slug = $1`,
  extension: `SELECT name AS target, NULL::uuid AS tenant_id, publisher_id FROM extension_registry WHERE name = $1`,
  version: `SELECT e.name || '@' || v.semver AS target, NULL::uuid AS tenant_id, v.publisher_id
    FROM extension_version v JOIN extension_registry e ON e.id = v.extension_id WHERE e.name || '@' || v.semver = $1`,
  install: `SELECT id::text AS target, tenant_id, NULL::uuid AS publisher_id FROM tenant_extension_install WHERE id::text = $1`,
}

/** What a person named, where the scope can see it. The publisher's own tenant is not the target's: others use it too. */
export const findTarget = async (tx: Queryable, scope: KillScope, named: string): Promise<StopTarget | undefined> => {
  if (scope === 'global') return { scope, target: '*', tenantId: null, publisherId: null }
  const { rows } = await tx.query<{ target: string; tenant_id: string | null; publisher_id: string | null }>(
    LOOK_UPS[scope],
    [named],
  )
  const found = rows[0]
  return (
    found && {
      scope,
      target: found.target,
      tenantId: scope === 'publisher' ? null : found.tenant_id,
      publisherId: found.publisher_id,
    }
  )
}

/** Orders that the scope can see, newest first. */
export const listOrders = async (
  tx: Queryable,
  { rows, before, engaged }: IdPage & { readonly engaged: boolean | null },
): Promise<OrderRow[]> => {
  const found = await tx.query<OrderRow>(
    `SELECT ${ORDER} FROM kill_order
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::boolean IS NULL OR (released_at IS NULL) = $3) ORDER BY id DESC LIMIT $1`,
    [rows, before, engaged],
  )
  return found.rows
}

/** One order, where the scope can see it. */
export const findOrder = async (tx: Queryable, id: string): Promise<OrderRow | undefined> =>
  (await tx.query<OrderRow>(`SELECT ${ORDER} FROM kill_order WHERE id = $1`, [id])).rows[0]

/** An order that somebody gave. */
export interface NewOrder extends StopTarget {
  readonly id: string
  /** Whose list it stands in: the stopped organisation's, else that of whoever gave it. */
  readonly listedBy: string
  readonly reason: string
  readonly engagedBy: string
}

/** Engages an order; it moves the epoch. An order that is there already violates `kill_order_pkey`. */
export const insertOrder = async (tx: GovernedTransaction, order: NewOrder): Promise<OrderRow> => {
  const added = await tx.query<OrderRow>(
    `INSERT INTO kill_order (id, tenant_id, scope, target, reason, engaged_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${ORDER}`,
    [order.id, order.listedBy, order.scope, order.target, order.reason, order.engagedBy, tx.decisionId],
  )
  return added.rows[0]!
}

/** Releases an order as read at `version`; it moves the epoch. Undefined where somebody was faster. */
export const releaseOrder = async (
  tx: GovernedTransaction,
  { id, version }: Pick<OrderRow, 'id' | 'version'>,
): Promise<OrderRow | undefined> => {
  const released = await tx.query<OrderRow>(
    `UPDATE kill_order SET released_at = now(), release_decision_id = $3, decision_id = $3, version = version + 1
     WHERE id = $1 AND version = $2 AND released_at IS NULL RETURNING ${ORDER}`,
    [id, version, tx.decisionId],
  )
  return released.rows[0]
}
