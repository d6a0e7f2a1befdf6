import { randomUUIDv7 } from 'node:crypto'
import type { WhatIfQuery, WhatIfRun, WhatIfStart } from '#contract/api/what-if-runs.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import type { Candidates } from './candidates.js'
import { closed, type Drafts } from './drafts.service.js'
import { findWhatIf, listWhatIfs, type NewWhatIf, type WhatIfsRepository } from './what-ifs.repository.js'
import { boundsOf, shownRun, withReport } from './what-ifs.rules.js'

/** Runs that may wait, on all instances together. */
const MAX_WAITING = 16

export interface WhatIfParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow'>
  readonly drafts: Pick<Drafts, 'find'>
  readonly candidates: Pick<Candidates, 'has'>
  readonly runs: Pick<WhatIfsRepository, 'insert' | 'cancel'>
  /** Tells the runner of this instance that the queue has changed. */
  readonly onChange: (change: { begun: string } | { cancelled: string }) => void
}

/** Decides whether a run of what-if may begin; the decision is always kept, since it reads decisions across organisations. */
export const decideWhatIf = (gate: Pick<GateService, 'decide'>, caller: Caller, id: string): Promise<Outcome> => {
  const resource = { kind: 'policy_what_if', id, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
  const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
  return gate.decide('policy.what_if', adminFacts(caller, resource), about)
}

/** Asks what a candidate would have changed: begins runs, ends them, shows them. The runner carries them out. */
export class WhatIfs {
  constructor(private readonly parts: WhatIfParts) {}

  /** Begins a run of an open draft, as it stands now. Raises `not_found`, `policy.draft_closed`, `overloaded`, and what the gate refuses. */
  async ofDraft(caller: Caller, draftId: string, start: WhatIfStart): Promise<WhatIfRun> {
    const draft = await this.parts.drafts.find(caller, draftId)
    if (draft.state !== 'open') throw closed(draft)
    return this.begin(caller, { draft_id: draft.id, tree: draft.tree, revision: null }, start)
  }

  /** Begins a run of a revision. Raises `not_found`, `overloaded`, and what the gate refuses. */
  async ofRevision(caller: Caller, revision: string, start: WhatIfStart): Promise<WhatIfRun> {
    if (!(await this.parts.candidates.has(revision))) throw problem('not_found')
    return this.begin(caller, { draft_id: null, tree: null, revision }, start)
  }

  /** Runs, newest first. */
  async list(caller: Caller, query: WhatIfQuery) {
    const rows = await this.parts.database.inScope(scopeOf(caller), (tx) => listWhatIfs(tx, idPage(query), query))
    return pageOfIds(rows, query.limit)
  }

  /** One run, with its report once it is done. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<WhatIfRun> {
    const row = await this.parts.database.inScope(scopeOf(caller), (tx) => findWhatIf(tx, id))
    if (!row) throw problem('not_found')
    return shownRun(withReport(row), caller.actor.platform)
  }

  /** Ends a run; one that has ended stays as it is. Raises `not_found`, and what the gate refuses. */
  async cancel(caller: Caller, id: string): Promise<WhatIfRun> {
    await this.show(caller, id)
    this.parts.gate.requireAllow(await decideWhatIf(this.parts.gate, caller, id))
    await this.parts.runs.cancel(id)
    this.parts.onChange({ cancelled: id })
    return this.show(caller, id)
  }

  private async begin(
    caller: Caller,
    candidate: Pick<NewWhatIf, 'draft_id' | 'tree' | 'revision'>,
    start: WhatIfStart,
  ): Promise<WhatIfRun> {
    const { gate, runs, onChange } = this.parts
    const id = randomUUIDv7()
    const { decisionId } = gate.requireAllow(await decideWhatIf(gate, caller, id))
    const made: NewWhatIf = {
      ...{ id, ...candidate, ...boundsOf(start, Date.now()) },
      ...{ tenant_id: PLATFORM_TENANT_ID, started_by: caller.actor.id, decision_id: decisionId },
    }
    if (!(await runs.insert(made, MAX_WAITING))) throw problem('overloaded', { retryAfter: 60 })
    onChange({ begun: id })
    return this.show(caller, id)
  }
}
