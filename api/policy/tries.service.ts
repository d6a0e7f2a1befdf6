import type { Answered, PolicyTried, PolicyTry } from '#contract/api/explain.js'
import type { Answer } from '#contract/decisions/answer.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import { problem } from '#contract/problems.js'
import type { Gate } from '#contract/vocabulary.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { buildTrial, OpaEnded, OpaRefused } from '#engine/author/index.js'
import { assembleBundle, type BundleFiles } from '#engine/bundle.js'
import { EvaluationError, PolicyLoadError } from '#engine/errors.js'
import type { ReasonCatalogue } from '#engine/reasons.js'
import type { TenantModule } from '#engine/tenant/load.js'
import { restrict } from '#engine/tenant/restrict.js'
import { tryPolicy, type TriedAnswer } from '#engine/try/try.js'
import { digestOf } from '#runtime/digest.js'
import { reasonsInWords } from '#engine/reasons-in-words.rules.js'
import { parseAnswer } from '../gate/answer-parser.js'
import type { PolicyFiles } from '../gate/policy-files.js'
import { CAUSES, type PolicySet } from '../gate/policy-set.service.js'
import { rulesInWords, unavailableReason } from '../gate/reasons.rules.js'
import type { TenantModules } from '../gate/tenant-modules.js'
import type { Caller } from '../platform/http/caller.js'
import type { ReadGate } from '../platform/http/ports.js'
import type { DraftChecks } from './draft-checks.service.js'
import type { Drafts } from './drafts.service.js'
import { changes, factsOf, recordedAnswer, type Recorded } from './explain.rules.js'
import type { PastDecisions } from './past-decisions.service.js'
import type { PolicyTool } from './policy-tool.js'
import type { Turns } from './turns.js'

export interface TryParts {
  readonly past: PastDecisions
  readonly reads: ReadGate
  readonly drafts: Pick<Drafts, 'find'>
  readonly checks: Pick<DraftChecks, 'filesOf'>
  readonly files: Pick<PolicyFiles, 'files'>
  readonly policies: Pick<PolicySet, 'revision'>
  readonly tenants: Pick<TenantModules, 'at'>
  readonly tool: Pick<PolicyTool, 'open'>
  readonly turns: Turns
}

/** What is asked, once its facts are known. */
interface Question {
  readonly gate: Gate
  readonly input: Uint8Array
  readonly recorded: Recorded | null
}

/** Asks a policy what it would answer. Nothing comes of it: no permit, no decision but that it was asked. */
export class Tries {
  constructor(private readonly parts: TryParts) {}

  /**
   * The answer of the policy in force, of a revision or of a draft as it stands, to facts given or to those of a past
   * decision as edited. Raises `request.invalid` where the gate does not take the facts, `not_found`, `policy.unavailable`,
   * `policy.revision_broken`, of drafts `policy.unreadable`, `policy.tool_missing` and `overloaded`, and what the gate refuses.
   */
  async try(caller: Caller, request: PolicyTry): Promise<PolicyTried> {
    const question = await this.question(caller, request)
    const candidate = await this.candidate(caller, request)
    const { revision, reasons } = assembleBundle(candidate)
    const { gate, input } = question
    const answer = await this.parts.turns.take(caller.tenantId ?? PLATFORM_TENANT_ID, () =>
      readable(tryPolicy({ candidate, gate, input })),
    )
    const module = await this.module(question)
    return shown(answer, { question, revision, catalogue: reasons, draft: request.draft ?? null, module })
  }

  /** The organisation's own policy, where it had a say in the decision that was named. Raises `decision.not_replayable`. */
  private async module({ recorded }: Question): Promise<TenantModule | null> {
    const digest = recorded?.evidence.tenant_module ?? null
    if (digest === null) return null
    return this.parts.tenants.at(digest).catch((error: unknown) => {
      const detail = `The organisation's own policy ${digest} is not kept here`
      throw problem('decision.not_replayable', { detail, cause: error })
    })
  }

  private async question(caller: Caller, { decision, gate, input, patch }: PolicyTry): Promise<Question> {
    if (decision === undefined) return { gate: gate!, input: factsOf(gate!, input, patch), recorded: null }
    const recorded = await this.parts.past.find(caller, decision)
    const { evidence } = recorded
    const facts: unknown = input ?? JSON.parse(evidence.input.toString())
    return { gate: evidence.gate, input: factsOf(evidence.gate, facts, patch), recorded }
  }

  /** Drafts and revisions are the platform's matter: for anybody else there is the policy in force. */
  private async candidate(caller: Caller, { draft, revision }: PolicyTry): Promise<BundleFiles> {
    const { reads, policies } = this.parts
    const active = policies.revision
    if (draft !== undefined) {
      await reads.check('policy.read', caller, `/v1/policy/drafts/${draft}`)
      return this.compiled(caller, draft)
    }
    if (revision === undefined && active === null) throw problem('policy.unavailable')
    if (revision === undefined || revision === active) return this.kept(active!)
    if (!caller.actor.platform) throw problem('not_found')
    await reads.check('policy.read', caller, '/v1/policy/revisions')
    return this.kept(revision)
  }

  private async compiled(caller: Caller, id: string): Promise<BundleFiles> {
    const { drafts, checks, tool, turns } = this.parts
    const files = await checks.filesOf(await drafts.find(caller, id))
    return turns.take(caller.tenantId ?? PLATFORM_TENANT_ID, async () => readable(buildTrial(await tool.open(), files)))
  }

  private async kept(revision: string): Promise<BundleFiles> {
    try {
      const files = await this.parts.files.files(revision)
      if (files) return files
    } catch (error) {
      if (error instanceof PolicyLoadError) throw problem('policy.revision_broken', { cause: error })
      throw error
    }
    throw problem('not_found')
  }
}

/** Sources that do not compile, or compile to what does not load, are a refusal of whoever wrote them. */
const readable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    const unreadable = [OpaRefused, OpaEnded, PolicyLoadError].some((kind) => error instanceof kind)
    if (!unreadable) throw error
    throw problem('policy.unreadable', { detail: (error as Error).message.slice(0, 500), cause: error })
  })

interface About {
  readonly question: Question
  readonly revision: string
  readonly catalogue: ReasonCatalogue
  readonly draft: string | null
  readonly module: TenantModule | null
}

const shown = (answer: TriedAnswer, { question, revision, catalogue, draft, module }: About): PolicyTried => {
  const { recorded, gate, input } = question
  const said = inWords(answer, catalogue, (platform) => module && restrictedBy(module, platform, input))
  const before = recorded && recordedAnswer(recorded.summary)
  const { action } = JSON.parse(new TextDecoder().decode(input)) as { action: string }
  return {
    ...{ gate, action, draft_id: draft, revision, input_digest: digestOf(input), fuel: answer.fuel, ...said },
    tenant_module: module?.digest ?? null,
    recorded: before,
    changed: before && changes(before, answeredOf(said)),
  }
}

type Said = Pick<PolicyTried, 'outcome' | 'cause' | 'reasons' | 'rules' | 'obligations' | 'approval' | 'after'>

const answeredOf = ({ outcome, cause, reasons, rules }: Said): Answered => ({
  ...{ outcome, cause, reasons: reasons.map(({ id }) => id), rules: rules.map(({ id }) => id) },
})

const unanswered = (cause: UnavailableCause): Said => {
  const reasons = [unavailableReason(cause)]
  return { outcome: 'unavailable', cause, reasons, rules: [], obligations: [], approval: null, after: null }
}

/** What an organisation's own policy makes of the platform's answer, as at its gate: where the platform denies it is not asked. */
interface Restricted {
  /** Null where the module has no answer. */
  readonly answer: Answer | null
  readonly restrictions: readonly Restriction[]
}

const restrictedBy = (module: TenantModule, platform: Answer, input: Uint8Array): Restricted | null => {
  if (platform.outcome === 'deny') return null
  try {
    const { restrictions } = module.evaluate(input)
    return { answer: restrict(platform, restrictions), restrictions }
  } catch (error) {
    if (error instanceof EvaluationError) return { answer: null, restrictions: [] }
    throw error
  }
}

const inWords = (
  answer: TriedAnswer,
  catalogue: ReasonCatalogue,
  restricted: (platform: Answer) => Restricted | null,
): Said => {
  if (answer.kind === 'failed') return unanswered(CAUSES[answer.cause])
  const platform = parseAnswer(answer.answer)
  const { answer: counts, restrictions } = restricted(platform) ?? { answer: platform, restrictions: [] }
  if (counts === null) return unanswered('tenant_policy_unavailable')
  const { outcome, reasons, rules, obligations, approval } = counts
  const after = answer.after && { outcome: answer.after.outcome, reasons: [...answer.after.reasons] }
  return {
    ...{ outcome, cause: null, obligations, approval: approval?.kind ?? null, after },
    reasons: reasonsInWords(reasons, catalogue, restrictions),
    rules: rulesInWords(rules, catalogue, restrictions),
  }
}
