import { problem } from '#contract/problems.js'
import { sightOf } from '../gate/decisions.rules.js'
import { findDecision, findEvidence } from '../ledger/decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import type { ReadGate } from '../platform/http/ports.js'
import type { Recorded } from './explain.rules.js'

/** Single decisions with the facts that they were made from, for whoever may see these. */
export class PastDecisions {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly reads: ReadGate,
  ) {}

  /** That its facts were used goes on record under its own name. Raises `not_found`, and what the gate refuses. */
  async find(caller: Caller, id: string): Promise<Recorded> {
    const { scope, view } = sightOf(caller)
    const found = await this.database.inScope(scope, async (tx) => ({
      summary: await findDecision(tx, view, id),
      evidence: view === 'rows' ? await findEvidence(tx, id) : null,
    }))
    if (!found.summary || !found.evidence) throw problem('not_found')
    await this.reads.check('decision.explain', caller, `/v1/decisions/${id}`)
    return { summary: found.summary, evidence: found.evidence }
  }
}
