import type { DecisionExplained, DecisionQuery, DecisionReplayed, DecisionSummary } from '#contract/api/decisions.js'
import { problem } from '#contract/problems.js'
import { MAX_BUDGET } from '#engine/bundle.js'
import { EvaluationError } from '#engine/errors.js'
import { ENGINE } from '#engine/identity.js'
import { findDecision, findEvidence, listDecisions, TENANT_ONLY_FILTERS } from '../ledger/decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import type { ReadGate } from '../platform/http/ports.js'
import { compared, explained, sightOf } from './decisions.rules.js'
import type { PolicySet } from './policy-set.service.js'

/** Searches, explains and replays what was decided. */
export class DecisionsService {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly policies: PolicySet,
    private readonly reads: ReadGate,
  ) {}

  /** A page of decisions that the caller may see. Raises `request.invalid` for filters that a publisher cannot use. */
  async list(caller: Caller, query: DecisionQuery): Promise<{ items: DecisionSummary[]; next_cursor: string | null }> {
    const { scope, view } = sightOf(caller)
    const foreign = TENANT_ONLY_FILTERS.filter((name) => view === 'publisher' && query[name] !== undefined)
    if (foreign.length > 0) {
      const detail = 'a publisher does not see this of other organisations; leave it out'
      throw problem('request.invalid', { errors: foreign.map((name) => ({ pointer: `/query/${name}`, detail })) })
    }
    const page = { ...idPage(query), filters: query }
    return pageOfIds(await this.database.inScope(scope, (tx) => listDecisions(tx, view, page)), query.limit)
  }

  /** Why a decision was made as it was. With `facts`, that is asked for and recorded as a read of its own. Raises `not_found`. */
  async show(caller: Caller, id: string, withFacts: boolean): Promise<DecisionExplained> {
    const { scope, view } = sightOf(caller)
    const found = await this.database.inScope(scope, async (tx) => ({
      summary: await findDecision(tx, view, id),
      evidence: view === 'rows' ? await findEvidence(tx, id) : null,
    }))
    if (!found.summary) throw problem('not_found')
    const policy = found.summary.revision ? await this.policies.behind(found.summary.revision) : null
    const shown = explained(found.summary, { evidence: found.evidence, policy })
    if (!withFacts || !found.evidence) return shown
    await this.reads.check('decision.explain', caller, `/v1/decisions/${id}`)
    return { ...shown, facts: JSON.parse(found.evidence.input.toString()) as never }
  }

  /**
   * Evaluates the stored input with the policy that decided and compares the answers' bytes.
   * Raises `not_found`, `decision.not_replayable`, `decision.revision_missing`.
   */
  async replay(caller: Caller, id: string): Promise<DecisionReplayed> {
    const { scope, view } = sightOf(caller)
    const evidence = view === 'rows' ? await this.database.inScope(scope, (tx) => findEvidence(tx, id)) : null
    if (!evidence) throw problem('not_found')
    const { revision, answer, gate, input } = evidence
    if (revision === null || answer === null) throw problem('decision.not_replayable')
    const policy = await this.policies.behind(revision)
    if (!policy) throw problem('decision.revision_missing', { detail: `The policy ${revision} is not kept here` })
    try {
      // Of what shares module and data, golden cases and so the budget may differ; what was answered is answered again.
      return compared(
        { id, revision, answer, evidence },
        { answer: policy.evaluate(gate, input, MAX_BUDGET).answer, engine: ENGINE },
      )
    } catch (error) {
      // An input that no longer parses, or runs out of a budget that it once fitted, is not what was decided on.
      if (!(error instanceof EvaluationError)) throw error
      return compared({ id, revision, answer, evidence }, { answer: new Uint8Array(), engine: ENGINE })
    }
  }
}
