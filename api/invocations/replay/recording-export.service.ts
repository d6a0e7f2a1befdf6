import type { ExecutionRecording, RecordedStep } from '#contract/api/recordings.js'
import { problem } from '#contract/problems.js'
import type { DecisionsService } from '../../gate/decisions.service.js'
import { findEvidence } from '../../ledger/decisions.repository.js'
import { readReceipt } from '../../ledger/export.repository.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { decisionFinder, type Evidence } from './call-decision.rules.js'
import type { Recordings } from './recordings.service.js'
import { shownRecording } from '#runtime/recordings/shown-recording.rules.js'

interface Parts {
  readonly database: Pick<Database, 'inScope'>
  readonly recordings: Pick<Recordings, 'open'>
  readonly decisions: Pick<DecisionsService, 'show'>
}

type Decided = NonNullable<RecordedStep['decision']>

/** Gives a recording to those who may see it, so that it can be stepped through elsewhere. */
export class RecordingExport {
  constructor(private readonly parts: Parts) {}

  /** A recording with the decisions on its host calls. Raises `not_found`, `execution.not_recorded`, `decision.gone`. */
  async export(caller: Caller, id: string): Promise<ExecutionRecording> {
    const { database, recordings } = this.parts
    const receipt = await database.inScope(scopeOf(caller), (tx) => readReceipt(tx, id))
    if (!receipt) throw problem('not_found')
    const opened = await recordings.open(scopeOf(caller), id)
    if (!opened) throw problem('execution.not_recorded')
    const decided: Evidence<Decided>[] = []
    for (const decision of receipt.decisions) decided.push(...(await this.evidence(caller, decision)))
    return shownRecording(opened.recording, decisionFinder(decided))
  }

  private async evidence(caller: Caller, id: string): Promise<Evidence<Decided>[]> {
    const found = await this.parts.database.inScope(scopeOf(caller), (tx) => findEvidence(tx, id))
    if (!found) return []
    const { outcome, reasons } = await this.parts.decisions.show(caller, id, false)
    const input = JSON.parse(found.input.toString()) as Evidence<Decided>['input']
    return [{ decision: { id, outcome, reasons }, input }]
  }
}
