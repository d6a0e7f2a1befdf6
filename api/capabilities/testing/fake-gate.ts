import { randomUUID } from 'node:crypto'
import type { Outcome } from '#contract/decisions/outcome.js'
import type { Weighed } from '../../gate/gate.types.js'
import type { DecisionEntry } from '../../ledger/decision-entry.js'

/** A gate that refuses the host calls and secrets it was told to refuse, and remembers what it was asked. */
export class FakeGate {
  readonly asked: Record<string, unknown>[] = []
  readonly recorded: DecisionEntry[] = []
  /** Reason for which a host call of this name is refused. */
  readonly refused = new Map<string, string>()

  pending(): undefined {}

  weigh(_action: string, facts: object): Weighed {
    const asked = facts as { capability: { name: string } }
    this.asked.push(facts as Record<string, unknown>)
    const id = randomUUID()
    const decided = { decisionId: id, bundleRevision: null, decidedBy: 'policy' as const }
    const reason = this.refused.get(asked.capability.name)
    const outcome = (
      reason === undefined
        ? { ...decided, kind: 'allow', obligations: [] }
        : { ...decided, kind: 'deny', hidden: false, reasons: [{ id: reason, message: 'No.', remedy: 'Ask.' }] }
    ) as Outcome
    return { outcome, entry: { id, action: 'capability.use', outcome: outcome.kind, count: 1 } as DecisionEntry }
  }

  record(entry: DecisionEntry): Promise<void> {
    this.recorded.push(entry)
    return Promise.resolve()
  }
}
