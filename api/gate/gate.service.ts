import { actionEntry, type Action } from '#contract/actions.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem, type Problem } from '#contract/problems.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { newDecisionId } from '../ledger/decision-id.js'
import { LedgerRefused } from '../ledger/ledger-refused.js'
import type { Ledger, Pace } from '../ledger/ledger.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { rehearsal } from '../platform/rehearsal.js'
import { canonicalInput, InputInvalid } from './canonical-input.js'
import { entryOf } from './entry.rules.js'
import { floorAllows, isPolicyDown, policyFloorAllows, type FloorAction } from './floor.rules.js'
import type { About, AnyFacts, FactsFor, GovernedTransaction, Weighed } from './gate.types.js'
import { PERMIT_VALID_MS, PermitMint } from './permits.js'
import { isAboutPolicy } from './policy-matters.rules.js'
import type { Policy, PolicySet } from './policy-set.service.js'
import { refusalOf, requireAllow } from './refusal.rules.js'
import { unlessRehearsed } from './rehearsed.js'
import { isKillable, killTargetOf, subjectOf, tenantOf, type Subject } from './subject.rules.js'
import type { TenantModules } from './tenant-modules.js'
import { restrictedVerdict } from './tenant-verdict.js'
import { findingOf, type Finding, type Verdict } from './verdict.rules.js'
import type { WaiverList } from './waiver-list.js'

/** Raised by PostgreSQL for a row of an organisation that is closed. */
const CLOSED = 'GH081'
const organisationGone = (error: unknown): unknown =>
  (error as { code?: unknown } | null)?.code === CLOSED
    ? problem('conflict', { detail: 'The organisation is deleted', cause: error })
    : error

/** What the gate stands on. */
export interface GateParts {
  readonly policies: PolicySet
  readonly tenants: TenantModules
  readonly kills: KillState
  readonly waivers: Pick<WaiverList, 'bearingOn'>
  readonly ledger: Ledger
  readonly database: Pick<Database, 'governedTransaction'>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

interface Asked {
  readonly action: Action
  readonly facts: AnyFacts
  readonly id: string
  readonly now: number
  /** Which policy decides; null where it is not there. */
  readonly policy: Policy | null
}

/** The one choke point: every decision is made here, and only what it allowed can be written. */
export class GateService {
  readonly #permits = new PermitMint()

  constructor(private readonly parts: GateParts) {}

  /**
   * Decides and records. Resolves once the decision is durable; refuses by outcome, never by throwing.
   * A decision that cannot be recorded is `unavailable`, whatever policy said.
   * @param pace `patient` where whoever asks stands in a line anyway, so that it may be written together with the next ones
   */
  decide<A extends Action>(action: A, facts: FactsFor<A>, about: About, pace?: Pace): Promise<Outcome> {
    const loading = this.pending(facts, about)
    const decided = () => this.record(this.weigh(action, facts, about), pace)
    return loading ? loading.then(decided) : decided()
  }

  /**
   * What `weigh` would find missing: the policy of the organisation, where it is not loaded yet. Whoever weighs and can wait
   * waits for it first; whoever does not is told `tenant_policy_unavailable`. Undefined where there is nothing; never rejects.
   */
  pending(facts: Pick<AnyFacts, 'actor'>, about: About): Promise<void> | undefined {
    return this.parts.tenants.pending(tenantOf(facts, about))
  }

  /**
   * Decides without recording. Only for callers that record the entry themselves, before any effect: host calls, which
   * are folded, and reads, of which only refusals are kept. What is weighed in a rehearsal ends it.
   */
  weigh<A extends Action>(action: A, facts: FactsFor<A>, about: About): Weighed {
    const now = this.parts.now()
    const subject = subjectOf(facts, about)
    const aboutPolicy = isAboutPolicy(action, facts)
    const { gate } = actionEntry(action)
    const policy = this.parts.policies.decider({ gate, subject, begunUnder: about.begunUnder, aboutPolicy })
    const asked: Asked = { action, facts, id: newDecisionId(now), now, policy }
    const input = this.inputOf(asked, subject)
    const weighed = this.conclude(asked, { about, subject, input, verdict: this.verdict(asked, subject, input) })
    return unlessRehearsed(action, weighed)
  }

  /** Makes a weighed decision durable. Its outcome, or `unavailable` where that fails. */
  async record({ outcome, entry }: Weighed, pace?: Pace): Promise<Outcome> {
    try {
      await this.parts.ledger.record(entry, pace)
      return outcome
    } catch (error) {
      if (!(error instanceof LedgerRefused)) throw error
      const { decisionId, bundleRevision } = outcome
      return { kind: 'unavailable', cause: 'ledger_unavailable', decisionId, bundleRevision, decidedBy: 'unavailable' }
    }
  }

  /**
   * Engages below policy: only where policy cannot answer, and then by the scope `kill:engage` alone. Where policy does
   * answer, its answer stands. Recorded as decided by the floor; the permit is good for engaging only.
   */
  floor(facts: FactsFor<'kill.engage'>, about: About): Promise<Outcome> {
    const allowed = floorAllows(facts)
    return this.decideBelow(
      { action: 'kill.engage', facts, verdict: { by: 'floor', of: 'killswitch', allowed } },
      about,
    )
  }

  /**
   * Takes a policy out of force that is in it by break-glass, also below policy: only where the policy before it, which is the
   * one to be asked, cannot answer, and then by scope alone, to what has decided otherwise than by break-glass; or, by the
   * platform itself, once its time has run out. In ordinary times, and where policy does answer, its answer stands.
   */
  policyFloor(action: FloorAction, facts: FactsFor<FloorAction>, about: About): Promise<Outcome> {
    if (this.parts.policies.before === undefined) return this.decide(action, facts, about)
    const allowed = policyFloorAllows(action, facts)
    return this.decideBelow({ action, facts, verdict: { by: 'floor', of: 'policy', allowed } }, about)
  }

  /** Decides by policy, and where that cannot answer, by this verdict of the floor. */
  private decideBelow(
    { action, facts, verdict }: { action: 'kill.engage' | FloorAction; facts: AnyFacts; verdict: Verdict },
    about: About,
  ): Promise<Outcome> {
    const weighed = this.weigh(action, facts as FactsFor<typeof action>, about)
    const { outcome, entry } = weighed
    if (outcome.kind !== 'unavailable' || !isPolicyDown(outcome.cause)) return this.record(weighed)
    const subject = subjectOf(facts, about)
    const { id, input, at: now } = entry
    const asked: Asked = { action, facts, id, now, policy: null }
    return this.record(this.conclude(asked, { about, subject, input, verdict }))
  }

  /**
   * The only way to change governed rows: spends the permit on one transaction, in which PostgreSQL checks each row
   * against the decision. Raises PermitRefused, `conflict` where the organisation is deleted; what `work` raises rolls back and
   * is raised.
   */
  async write<T>(permit: Permit, work: (tx: GovernedTransaction) => Promise<T>): Promise<T> {
    this.#permits.spend(permit, this.parts.now())
    const { decisionId, tenantId, action } = permit
    // An action across organisations sees and writes their rows; any other those of its own tenant alone.
    const scope: Scope = actionEntry(action).crossTenant ? { platform: true } : { tenant: tenantId }
    return this.parts.database
      .governedTransaction({ decisionId, scope, tenantId }, (tx) =>
        work({ decisionId, tenantId, query: tx.query, lastly: tx.lastly }),
      )
      .catch((error: unknown) => Promise.reject(organisationGone(error) as Error))
  }

  /** The permit of an allow; throws the problem of anything else. */
  requireAllow(outcome: Outcome): Permit {
    return requireAllow(outcome)
  }

  /** The problem that tells a caller of a refusal. */
  refusal(outcome: Exclude<Outcome, { kind: 'allow' }>): Problem {
    return refusalOf(outcome)
  }

  /** The input's bytes; undefined where the facts do not have the form that policy reads. */
  private inputOf({ action, facts, now, policy }: Asked, subject: Subject): Uint8Array | undefined {
    const { gate, scope } = actionEntry(action)
    const waivers = this.parts.waivers.bearingOn({ gate, subject, now, reasons: policy?.reasons })
    try {
      return canonicalInput(gate, { ...facts, action, now, required_scope: scope, waivers })
    } catch (error) {
      if (error instanceof InputInvalid) return undefined
      throw error
    }
  }

  /** The kill switch first, since it stands below policy, then policy, then what the organisation adds to it. */
  private verdict(asked: Asked, subject: Subject, input: Uint8Array | undefined): Verdict {
    const { action, facts, id, now, policy } = asked
    const { tenantId } = subject
    const { gate } = actionEntry(action)
    const stopped = isKillable(action, gate) ? this.parts.kills.check(killTargetOf(subject)) : null
    if (stopped && 'engaged' in stopped) return { by: 'kill', order: stopped.engaged }
    const unavailable = { by: 'unavailable', fuel: 0, revision: policy?.revision ?? null } as const
    if (stopped) return { ...unavailable, cause: 'kill_lease_stale' }
    if (!input) return { ...unavailable, cause: 'input_invalid' }
    const { policies, tenants } = this.parts
    const said = policies.evaluate(gate, input, policy)
    // What nobody asked for in earnest is no evidence for or against a canary.
    if (!rehearsal())
      policies.observe(policy, (base) => {
        const given = this.inputOf({ ...asked, policy: base }, subject)
        return given ? { id, at: now, action, tenantId, input: given, said } : null
      })
    return restrictedVerdict(tenants, said, { action, facts, tenantId, input })
  }

  private conclude({ action, facts, id, now }: Asked, made: Made): Weighed {
    const { about, subject, input, verdict } = made
    const finding = findingOf(verdict)
    const expiresAt = now + PERMIT_VALID_MS
    const cause = verdict.by === 'unavailable' ? verdict.cause : null
    const entry = entryOf({
      ...{ id, action, facts, about, subject, finding, input, cause, expiresAt },
      ...{ at: now, decidedBy: verdict.by, instance: this.parts.kills.node },
    })
    const { resource_kind: kind, resource_id } = entry
    const mint = () =>
      this.#permits.mint({
        ...{ decisionId: id, action, tenantId: subject.tenantId, expiresAt },
        resource: { kind, id: resource_id },
      })
    return { outcome: outcomeOf(id, { verdict, finding, mint }), entry }
  }
}

interface Made {
  readonly about: About
  readonly subject: Subject
  readonly input: Uint8Array | undefined
  readonly verdict: Verdict
}

/** A verdict as callers get it; only an allow and a hold carry a permit. */
function outcomeOf(
  decisionId: string,
  { verdict, finding, mint }: { verdict: Verdict; finding: Finding; mint: () => Permit },
): Outcome {
  const decided = { decisionId, bundleRevision: finding.revision, decidedBy: verdict.by }
  const { reasons, hidden } = finding
  switch (verdict.by) {
    case 'unavailable':
      return { ...decided, kind: 'unavailable', cause: verdict.cause }
    case 'kill':
      return { ...decided, kind: 'deny', reasons, hidden }
    case 'floor':
      return verdict.allowed
        ? { ...decided, kind: 'allow', permit: mint(), obligations: [] }
        : { ...decided, kind: 'deny', reasons, hidden }
    case 'policy': {
      const { outcome, approval, obligations } = verdict.answer
      if (outcome === 'allow') return { ...decided, kind: 'allow', permit: mint(), obligations }
      if (outcome === 'hold' && approval) return { ...decided, kind: 'hold', permit: mint(), demand: approval, reasons }
      return { ...decided, kind: 'deny', reasons, hidden }
    }
  }
}
