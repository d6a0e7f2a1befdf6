import type { KillOrder } from '#contract/api/kills.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import { Problem } from '#contract/problems.js'
import { sqlStateOf } from '../platform/database/sql-state.js'
import { floorAllows, isPolicyDown } from '../gate/floor.rules.js'
import type { JournalledOrder } from './kill-journal.js'
import type { KillFacts } from './stop-target.rules.js'
import type { NewOrder, OrderRow } from './stops.repository.js'

/** Whether this may be engaged, before anything is recorded: policy allows it, or cannot answer and the floor does. */
export const mayEngage = (outcome: Outcome, facts: KillFacts): boolean =>
  outcome.kind === 'allow' || (outcome.kind === 'unavailable' && isPolicyDown(outcome.cause) && floorAllows(facts))

/** SQLSTATE classes that tell of the statement or its rows: data, integrity, syntax or privilege, a trigger of ours. */
const OWN_FAULTS = /^(22|23|42|GH|P0)/

/**
 * Whether a write failed because the database cannot be written: read-only, full, stopping, unreachable. Anything that is
 * not plainly a fault of the row counts, since an order that fails must still stand somewhere.
 */
export const isUnwritable = (error: unknown): boolean =>
  !(error instanceof Problem) && !OWN_FAULTS.test(sqlStateOf(error) ?? '')

/** An order as it stands in memory. */
export const inForce = ({ id, scope, target, reason }: NewOrder, epoch: bigint | null) => ({
  id,
  scope,
  target,
  reason,
  epoch,
})

/** An order as people see it. */
export const shownOrder = ({ epoch: _epoch, version: _version, ...order }: OrderRow): KillOrder => order

/** An order that stands in the journal only, as people see it. */
export const shownLocal = ({ order, engagedAt }: JournalledOrder): KillOrder => ({
  id: order.id,
  tenant_id: order.listedBy,
  scope: order.scope,
  target: order.target,
  reason: order.reason,
  engaged_by: order.engagedBy,
  engaged_at: engagedAt,
  released_at: null,
  local: true,
  decision_id: null,
})
