import { actionEntry, type Action } from '#contract/actions.js'
import type { Answer } from '#contract/decisions/answer.js'
import { PLATFORM_TENANT_ID, type Gate } from '#contract/vocabulary.js'
import { joinAnswers } from '#engine/tenant/answers.js'
import { restrict } from '#engine/tenant/restrict.js'
import { canBeSettled } from '#engine/tenant/settled.js'
import type { AnyFacts } from './gate.types.js'
import type { TenantModules } from './tenant-modules.js'
import type { Verdict } from './verdict.rules.js'

/** What an organisation's own policy is held against. `tenantId` is whose matter it is. */
export interface RestrictionQuestion {
  readonly action: Action
  readonly facts: AnyFacts
  readonly tenantId: string
  readonly input: Uint8Array
}

/**
 * What no organisation can forbid itself: stopping what misbehaves, and what it takes to look at its own policy, mend it,
 * agree on it, or go back. Else one mistake would lock it out for good.
 */
const BEYOND: ReadonlySet<Action> = new Set<Action>([
  'kill.engage',
  'tenant_policy.draft',
  'tenant_policy.activate',
  'tenant_policy.rollback',
  'policy.read',
  'approval.read',
  'whoami.read',
  'session.read',
  'session.end',
  'session.revoke',
  // Calling its end off, and the end that was agreed on.
  'tenant.restore',
  'tenant.remove',
])

/** Gates at which extensions run. */
const RUNS: ReadonlySet<Gate> = new Set<Gate>(['call', 'capability'])

/**
 * Whether the organisation has a say. The platform's people answer to the platform's policy alone, so that nobody escapes
 * enforcement by forbidding it, and so does what the platform itself carries out or undoes. What runs in an organisation answers
 * to it, whoever started that.
 */
export const hasSay = ({ action, facts, tenantId }: Omit<RestrictionQuestion, 'input'>): boolean =>
  tenantId !== PLATFORM_TENANT_ID &&
  (!facts.actor.platform || RUNS.has(actionEntry(action).gate)) &&
  !BEYOND.has(action) &&
  !(action === 'approval.vote' && 'approval' in facts && facts.approval?.kind === 'tenant_policy')

/**
 * Puts the restrictions of the organisation whose matter it is on top of what the platform's policy answered. It is not asked
 * where the platform denies; where it has no answer, nothing passes.
 */
export function restrictedVerdict(modules: TenantModules, verdict: Verdict, question: RestrictionQuestion): Verdict {
  if (verdict.by !== 'policy' || verdict.answer.outcome === 'deny' || !hasSay(question)) return verdict
  const asked = modules.ask(question.tenantId, question.input)
  if (asked === null) return verdict
  const { module, said } = asked
  const { revision } = verdict
  const fuel = verdict.fuel + asked.fuel
  const answer = said && restrict(verdict.answer, said.restrictions)
  if (!answer || !isOpen(verdict.answer, answer, question.action))
    return { by: 'unavailable', cause: 'tenant_policy_unavailable', fuel, revision, module }
  const bytes = joinAnswers({ platform: verdict.bytes, restrictions: said.bytes })
  return { ...verdict, answer, bytes, fuel, tenant: { module: module!, restrictions: said.restrictions } }
}

/** Whether the hold that the organisation asks for leads anywhere; one of the platform's own does. */
const isOpen = (platform: Answer, { approval }: Answer, action: Action): boolean =>
  platform.outcome === 'hold' || approval === null || canBeSettled(actionEntry(action).gate, approval.kind)
