import type { ExecutionRecording, RecordedStep } from '#contract/api/recordings.js'
import type { DecisionsService } from '../../gate/decisions.service.js'
import { findEvidence } from '../../ledger/decisions.repository.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { decisionFinder, type Evidence } from './call-decision.rules.js'
import { recorded, type RecordedParts } from './recorded.js'
import { shownRecording } from '#runtime/recordings/shown-recording.rules.js'

interface Parts extends RecordedParts {
  readonly decisions: Pick<DecisionsService, 'show'>
}

type Decided = NonNullable<RecordedStep['decision']>

/** Gives a recording to those who may see it, so that it can be stepped through elsewhere. */
export class RecordingExport {
  constructor(private readonly parts: Parts) {}

  /** A recording with the decisions on its host calls. Raises `not_found`, `execution.not_recorded`, `decision.gone`. */
  async export(caller: Caller, id: string): Promise<ExecutionRecording> {
    const { receipt, recording } = await recorded(this.parts, caller, id)
    const decided: Evidence<Decided>[] = []
    for (const decision of receipt.decisions) decided.push(...(await this.evidence(caller, decision)))
    return shownRecording(recording, decisionFinder(decided))
  }

  private async evidence(caller: Caller, id: string): Promise<Evidence<Decided>[]> {
    const found = await this.parts.database.inScope(scopeOf(caller), (tx) => findEvidence(tx, id))
    if (!found) return []
    const { outcome, reasons } = await this.parts.decisions.show(caller, id, false)
    const input = JSON.parse(found.input.toString()) as Evidence<Decided>['input']
    return [{ decision: { id, outcome, reasons }, input }]
  }
}
