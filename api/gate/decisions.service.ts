import type {
  DecisionExplained,
  DecisionFilters,
  DecisionQuery,
  DecisionReplayed,
  DecisionSummary,
} from '#contract/api/decisions.js'
import { problem, type Problem } from '#contract/problems.js'
import { MAX_BUDGET } from '#engine/bundle.js'
import { EvaluationError } from '#engine/errors.js'
import { ENGINE } from '#engine/identity.js'
import type { TenantModule } from '#engine/tenant/load.js'
import { TENANT_ONLY_FILTERS } from '../ledger/decision-filters.rules.js'
import type { DecisionView } from '../ledger/decision-view.js'
import { findDecision, findEvidence, listDecisions, type DecisionEvidence } from '../ledger/decisions.repository.js'
import { isGone } from '../ledger/retention.repository.js'
import type { Database } from '../platform/database/database.service.js'
import { isStatementTimeout } from '../platform/database/sql-state.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import type { ReadGate } from '../platform/http/ports.js'
import { compared, explained, sightOf } from './decisions.rules.js'
import type { PolicySet } from './policy-set.service.js'
import { answerBytes } from './tenant-evidence.rules.js'
import type { TenantModules } from './tenant-modules.js'

/** Searches, explains and replays what was decided. */
export class DecisionsService {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly policies: PolicySet,
    private readonly reads: ReadGate,
    private readonly tenants: Pick<TenantModules, 'at'>,
  ) {}

  /**
   * A page of decisions that the caller may see. Raises `request.invalid` for filters that a publisher cannot use,
   * `decision.search_too_wide`.
   */
  async list(caller: Caller, query: DecisionQuery): Promise<{ items: DecisionSummary[]; next_cursor: string | null }> {
    const { scope, view } = sightOf(caller)
    const { limit, cursor, after: _after, wait, ...filters } = query
    requireUsable(filters, view)
    if (wait !== undefined) throw invalid(['wait'], 'goes with after: a search does not wait')
    const search = { scope, view, filters, ...idPage({ limit, cursor }) }
    try {
      return pageOfIds(await this.database.inScope(scope, (tx) => listDecisions(tx, search)), limit)
    } catch (error) {
      throw isStatementTimeout(error) ? problem('decision.search_too_wide', { cause: error }) : error
    }
  }

  /** Why a decision was made as it was. With `facts`, that is asked for and recorded as a read of its own. Raises `not_found`, `decision.gone`. */
  async show(caller: Caller, id: string, withFacts: boolean): Promise<DecisionExplained> {
    const { scope, view } = sightOf(caller)
    const found = await this.database.inScope(scope, async (tx) => ({
      summary: await findDecision(tx, view, id),
      evidence: view === 'rows' ? await findEvidence(tx, id) : null,
    }))
    if (!found.summary) throw await this.missing(id)
    const policy = found.summary.revision ? await this.policies.behind(found.summary.revision) : null
    const module = await this.moduleOf(found.evidence).catch(() => null)
    const shown = explained(found.summary, { evidence: found.evidence, policy: policy && { policy, module } })
    if (!withFacts || !found.evidence) return shown
    await this.reads.check('decision.explain', caller, `/v1/decisions/${id}`)
    return { ...shown, facts: JSON.parse(found.evidence.input.toString()) as never }
  }

  /**
   * Evaluates the stored input with the policy that decided and compares the answers' bytes.
   * Raises `not_found`, `decision.gone`, `decision.not_replayable`, `decision.revision_missing`.
   */
  async replay(caller: Caller, id: string): Promise<DecisionReplayed> {
    const { scope, view } = sightOf(caller)
    const evidence = view === 'rows' ? await this.database.inScope(scope, (tx) => findEvidence(tx, id)) : null
    if (!evidence) throw await this.missing(id)
    const { revision, answer, gate, input } = evidence
    if (revision === null || answer === null) throw problem('decision.not_replayable')
    const policy = await this.policies.behind(revision)
    if (!policy) throw problem('decision.revision_missing', { detail: `The policy ${revision} is not kept here` })
    const module = await this.moduleOf(evidence).catch((error: unknown) => {
      const detail = `The organisation's own policy ${evidence.tenant_module} is not kept here`
      throw problem('decision.revision_missing', { detail, cause: error })
    })
    try {
      // Of what shares module and data, golden cases and so the budget may differ; what was answered is answered again.
      const again = answerBytes(policy, module, { gate, input, budget: MAX_BUDGET })
      return compared({ id, revision, answer, evidence }, { answer: again, engine: ENGINE })
    } catch (error) {
      // An input that no longer parses, or runs out of a budget that it once fitted, is not what was decided on.
      if (!(error instanceof EvaluationError)) throw error
      return compared({ id, revision, answer, evidence }, { answer: new Uint8Array(), engine: ENGINE })
    }
  }

  /** Whether there was one is nobody's business; that none of its time is kept is no secret. */
  private async missing(id: string): Promise<Problem> {
    const gone = await this.database.inScope({ platform: true }, (tx) => isGone(tx, id))
    return problem(gone ? 'decision.gone' : 'not_found')
  }

  /** The module that had a say in a decision; null where none had. Rejects where it is not kept. */
  private async moduleOf(evidence: DecisionEvidence | null): Promise<TenantModule | null> {
    return evidence?.tenant_module ? this.tenants.at(evidence.tenant_module) : null
  }
}

const invalid = (names: readonly string[], detail: string) =>
  problem('request.invalid', { errors: names.map((name) => ({ pointer: `/query/${name}`, detail })) })

const requireUsable = (filters: DecisionFilters, view: DecisionView): void => {
  const foreign = TENANT_ONLY_FILTERS.filter((name) => view === 'publisher' && filters[name] !== undefined)
  if (foreign.length > 0) throw invalid(foreign, 'a publisher does not see this of other organisations; leave it out')
}
