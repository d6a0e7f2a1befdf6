import type { DecisionExplained, DecisionQuery, DecisionReplayed, DecisionSummary } from '#contract/api/decisions.js'
import { problem } from '#contract/problems.js'
import { EvaluationError } from '#engine/errors.js'
import { ENGINE } from '#engine/identity.js'
import type { TenantModule } from '#engine/tenant/load.js'
import {
  findDecision,
  findEvidence,
  listDecisions,
  TENANT_ONLY_FILTERS,
  type DecisionEvidence,
} from '../ledger/decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
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
    const policy = found.summary.revision ? await this.policies.at(found.summary.revision) : null
    const module = await this.moduleOf(found.evidence).catch(() => null)
    const shown = explained(found.summary, { evidence: found.evidence, policy: policy && { policy, module } })
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
    const policy = await this.policies.at(revision)
    if (!policy) throw problem('decision.revision_missing', { detail: `The policy ${revision} is not kept here` })
    const module = await this.moduleOf(evidence).catch((error: unknown) => {
      const detail = `The organisation's own policy ${evidence.tenant_module} is not kept here`
      throw problem('decision.revision_missing', { detail, cause: error })
    })
    try {
      const again = answerBytes(policy, module, { gate, input })
      return compared({ id, revision, answer, evidence }, { answer: again, engine: ENGINE })
    } catch (error) {
      // An input that no longer parses, or runs out of a budget that it once fitted, is not what was decided on.
      if (!(error instanceof EvaluationError)) throw error
      return compared({ id, revision, answer, evidence }, { answer: new Uint8Array(), engine: ENGINE })
    }
  }

  /** The module that had a say in a decision; null where none had. Rejects where it is not kept. */
  private async moduleOf(evidence: DecisionEvidence | null): Promise<TenantModule | null> {
    return evidence?.tenant_module ? this.tenants.at(evidence.tenant_module) : null
  }
}
