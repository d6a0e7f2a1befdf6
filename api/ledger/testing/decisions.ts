import { randomUUID } from 'node:crypto'
import { digestOf } from '#runtime/digest.js'
import type { DecisionEntry } from '../decision-entry.js'
import { newDecisionId } from '../decision-id.js'

const input = Buffer.from('{"a":"ü"}')

/** A decision made at a moment (milliseconds since the epoch), refused by policy but for what `part` says. */
export const decisionAt = (at: number, part: Partial<DecisionEntry> = {}): DecisionEntry => ({
  ...{ id: newDecisionId(at), tenant_id: randomUUID(), workspace_id: null, publisher_id: null, instance: 'node' },
  ...{ gate: 'call', action: 'extension.invoke', outcome: 'deny', decided_by: 'policy', cause: null, actor: 'p_1' },
  ...{ resource_kind: 'endpoint', resource_id: 'run', extension: 'com.example.one', install_id: null },
  ...{ execution_id: null, reasons: ['call.throttled'], rules: ['call.throttled'], engine: 'engine/1' },
  ...{ revision: `sha256:${'1'.repeat(64)}`, tenant_module: null, input, answer: Buffer.from('{"b":2}') },
  ...{ input_digest: digestOf(input), fuel: 7, count: 1, correlation_id: 'c', at, expires_at: at + 60_000 },
  ...part,
})
