import { OPA_BUNDLE } from '#contract/api/agents.js'
import type { ExportFormat } from '#contract/api/decisions.js'
import type { DecisionRecord } from '#contract/api/ledger.js'
import { digestOf } from '#runtime/digest.js'
import type { FedRecord } from '../ledger/feed.repository.js'
import { cursorAt } from './feed-cursor.rules.js'

/** A decision as one line of an export, without its line feed. */
export const exportLine = (fed: FedRecord, format: ExportFormat): string => JSON.stringify(WRITERS[format](fed))

/** What was stored as JSON; null where it was altered so that it is none. */
const read = (bytes: Buffer | null): unknown => {
  try {
    return bytes === null ? null : JSON.parse(bytes.toString())
  } catch {
    return null
  }
}

/** The decision with its facts. `record` is the leaf: its RFC 8785 bytes have `leaf_hash` (RFC 6962, 2.1). */
const ours = ({ leaf_index, leaf_hash, record, input, answer }: FedRecord) => ({
  cursor: cursorAt(leaf_index + 1),
  leaf_index,
  leaf_hash: leaf_hash.toString('base64'),
  record: { ...record, answer_digest: answer && digestOf(answer) },
  input: read(input),
  answer: read(answer),
})

/**
 * An event as OPA's decision log plugin sends it (https://www.openpolicyagent.org/docs/management-decision-logs), so that
 * whatever reads those reads these. What OPA has no field for is under `custom`, which it leaves to the sender.
 */
const event = ({ leaf_index, record, input, answer }: FedRecord) => {
  const decision = record as unknown as DecisionRecord
  const { gate, action, outcome, decided_by, cause, reasons, rules, count, revision, fuel } = decision
  const { tenant_id, extension, install_id, execution_id, correlation_id } = decision
  const facts = read(input)
  return {
    labels: { app: 'gatehouse', id: decision.instance, version: decision.engine },
    decision_id: decision.id,
    ...(revision !== null && { bundles: { [OPA_BUNDLE]: { revision } } }),
    path: `governance/${gate}/decision`,
    ...(facts === null ? { erased: ['/input'] } : { input: facts }),
    ...(answer !== null && { result: read(answer) }),
    ...(cause !== null && { error: { code: cause, message: 'no decision could be made' } }),
    requested_by: decision.actor,
    timestamp: new Date(decision.at).toISOString(),
    metrics: { counter_gatehouse_fuel: fuel },
    custom: {
      ...{ source: 'gate', cursor: cursorAt(leaf_index + 1), leaf_index, action, outcome, decided_by, count },
      ...{ reasons, rules, tenant_id, extension, install_id, execution_id, correlation_id },
    },
  }
}

const WRITERS: Record<ExportFormat, (fed: FedRecord) => object> = { jsonl: ours, opa: event }
