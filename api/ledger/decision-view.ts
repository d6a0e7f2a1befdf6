import { isoTimestamp } from '../platform/database/iso-timestamp.js'

/** From where decisions are read: the rows of the scope, or what a publisher may see of others' use of its extensions. */
export type DecisionView = 'rows' | 'publisher'

/** Where each view's rows are. */
export const TABLES: Record<DecisionView, string> = { rows: 'decision', publisher: 'publisher_decision' }

const OWN: Record<DecisionView, (from: string) => readonly string[]> = {
  rows: (from) => [
    `${from}.tenant_id::text AS tenant`,
    ...['cause', 'actor', 'install_id', 'execution_id', 'correlation_id'].map((name) => `${from}.${name}`),
    `json_build_object('kind', ${from}.resource_kind, 'id', ${from}.resource_id) AS resource`,
  ],
  publisher: (from) => [
    `${from}.tenant`,
    ...['cause', 'actor', 'install_id', 'execution_id', 'correlation_id', 'resource'].map((name) => `NULL AS ${name}`),
  ],
}
const SHARED = ['id', 'gate', 'action', 'outcome', 'decided_by', 'extension', 'reasons', 'rules', 'revision', 'count']

/** The columns of a decision in a list, `DecisionSummary` of the contract, from a view's table or an alias of it. */
export const summaryColumns = (view: DecisionView, from = TABLES[view]): string =>
  [...SHARED.map((name) => `${from}.${name}`), isoTimestamp(`${from}.at`, 'at'), ...OWN[view](from)].join(', ')
