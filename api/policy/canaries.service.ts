import { randomUUIDv7 } from 'node:crypto'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import {
  CANARY_STEPS,
  type CanaryAdvance,
  type CanaryQuery,
  type CanaryRequest,
  type PolicyCanary,
} from '#contract/api/policy-canaries.js'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { adminFacts, policyPart } from '../gate/admin-facts.rules.js'
import { MAX_SAMPLES, type CanaryCounts } from '../gate/canary-counts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import { systemCaller } from '../gate/system-actor.js'
import type { Announcements } from '../identity/announcements.service.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import type { NewActivation } from './activations.repository.js'
import {
  advanceCanary,
  countsOf,
  endCanary,
  findCanary,
  listCanaries,
  type CanaryEnd,
  type CanaryRow,
} from './canaries.repository.js'
import { changeInForce } from './in-force.js'
import { judgeCanary, shownPairs, type Breach } from './canary.rules.js'

/** Outbox topic: a canary was taken back by the platform itself. */
const REVERTED = 'policy.canary_reverted'
const Told = z.looseObject({ id: z.string() })

/** What an instance saw that speaks against a canary. */
export interface Evidence {
  readonly breach: Breach
  readonly counts: CanaryCounts
  readonly node: string
}

export interface CanariesParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly approvals: Pick<Approvals, 'overtake'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly announcements: Pick<Announcements, 'toAllWith'>
  readonly outbox: Pick<Outbox, 'subscribe' | 'emit'>
}

/** Who lets a canary go on or takes it back, and why. */
interface Mover {
  readonly caller: Caller
  readonly because: string
}

/** Canaries that run and that have ended: shows them, lets them go on and takes them back. */
export class Canaries implements OnModuleInit {
  private readonly logger = new Logger('policy-canary')

  constructor(private readonly parts: CanariesParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(REVERTED, (payload) => this.onReverted(payload))
  }

  /** Canaries, newest first. */
  async list(caller: Caller, query: CanaryQuery) {
    const rows = await this.parts.database.inScope(scopeOf(caller), (tx) => listCanaries(tx, idPage(query)))
    return pageOfIds(
      rows.map((row) => shownCanary(row, caller.actor.platform)),
      query.limit,
    )
  }

  /** One canary. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<PolicyCanary> {
    return shownCanary(await this.find(caller, id), caller.actor.platform)
  }

  /** Ends the present step now. Raises `not_found`, `conflict` where it has ended meanwhile, and what the gate refuses. */
  async advance(caller: Caller, id: string, { reason, from }: CanaryAdvance): Promise<PolicyCanary> {
    const row = await this.find(caller, id)
    if (from !== undefined && from !== row.percent)
      throw problem('conflict', { detail: `The canary is at ${row.percent} % by now: look at what it shows there` })
    const permit = await this.permit('policy.advance', caller, row)
    await this.goOn(row, permit, { caller, because: reason })
    return this.show(caller, id)
  }

  /** Takes a canary back. Raises as `advance` does. */
  async revert(caller: Caller, id: string, { reason }: CanaryRequest): Promise<PolicyCanary> {
    const row = await this.find(caller, id)
    const permit = await this.permit('policy.revert', caller, row)
    const end: CanaryEnd = { id, state: 'reverted', by: caller.actor.id, because: reason, breach: null }
    await this.write(permit, (tx) => endCanary(tx, end))
    return this.show(caller, id)
  }

  /** The platform itself lets a canary go on whose present step is complete. Does nothing where it is no longer at that step. */
  async complete(id: string, percent: number): Promise<void> {
    const caller = systemCaller(id)
    const row = await this.find(caller, id)
    if (row.state !== 'running' || row.percent !== percent) return
    const permit = await this.permit('policy.advance', caller, row)
    await this.goOn(row, permit, { caller, because: 'its pairs show no more than was foretold' })
  }

  /** The platform itself takes back a canary that shows more than was foretold, and keeps what shows it. */
  async takeBack(id: string, { breach, counts, node }: Evidence): Promise<void> {
    const caller = systemCaller(id)
    const row = await this.find(caller, id)
    if (row.state !== 'running') return
    const permit = await this.permit('policy.revert', caller, row, { breached: true, complete: false })
    const samples = Object.entries(counts.samples)
      .filter(([rule]) => breach.rule === null || rule === breach.rule)
      .flatMap(([, each]) => each)
      .slice(0, MAX_SAMPLES)
    const kept = { ...breach, step: shownPairs(counts, row.plan), samples, seen_by: node }
    const end: CanaryEnd = { id, state: 'reverted', by: caller.actor.id, because: wordsOf(breach), breach: kept }
    await this.write(permit, async (tx) => {
      const isDone = await endCanary(tx, end)
      if (!isDone) return false
      // Whoever agrees to it from now on must have been able to see this; in an emergency that is no reason to wait.
      const parts = { revision: row.revision, break_glass: null }
      await this.parts.approvals.overtake(tx, { kind: 'policy', parts, because: 'A canary of it was taken back' })
      await this.parts.outbox.emit(tx, { topic: REVERTED, tenantId: PLATFORM_TENANT_ID, payload: { id } })
      return true
    })
    this.logger.warn({ canary: id, revision: row.revision, ...breach }, 'a canary was taken back')
  }

  /** Tells everybody who activates policy. Safe to repeat. */
  async onReverted(payload: unknown): Promise<void> {
    const { id } = Told.parse(payload)
    const row = await this.find(systemCaller(id), id)
    await this.parts.announcements.toAllWith('policy:activate', {
      id: `canary-${id}`,
      subject: 'A canary of the policy was taken back',
      text: [
        `The policy ${row.revision} decides nothing any more; ${row.base_revision} decides again.`,
        `Why: ${row.ended_because}`,
        '',
        'What shows it:',
        '',
        `  gatehouse policy canary show ${id}`,
        '',
      ].join('\n'),
    })
  }

  private async find(caller: Caller, id: string): Promise<CanaryRow> {
    const row = await this.parts.database.inScope(scopeOf(caller), (tx) => findCanary(tx, id))
    if (!row) throw problem('not_found')
    return row
  }

  /** Decided by the base, which no canary touches: its own end is the platform's matter. */
  private async permit(
    action: 'policy.advance' | 'policy.revert',
    caller: Caller,
    row: CanaryRow,
    seen: { breached: boolean; complete: boolean } = verdictOf(row),
  ): Promise<Permit> {
    const resource = { kind: 'policy_canary', id: row.id, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const policy = policyPart({ checks_passed: true, canary: { running: row.state === 'running', ...seen } })
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    const outcome = await this.parts.gate.decide(action, adminFacts(caller, resource, { policy }), about)
    return this.parts.gate.requireAllow(outcome)
  }

  /** To the next step; after the last one the candidate comes in force as one that was activated does. */
  private async goOn(row: CanaryRow, permit: Permit, mover: Mover): Promise<void> {
    const next = CANARY_STEPS[CANARY_STEPS.indexOf(row.percent) + 1]
    await this.write(permit, (tx) =>
      next === undefined ? this.finish(tx, row, mover) : advanceCanary(tx, { id: row.id, from: row.percent, to: next }),
    )
  }

  private async finish(tx: GovernedTransaction, row: CanaryRow, { caller, because }: Mover): Promise<boolean> {
    const { id, after, revision, base_revision: replaces, reason, by, approval_id } = row
    const isDone = await endCanary(tx, { id, state: 'finished', by: caller.actor.id, because, breach: null })
    if (!isDone) return false
    const made: NewActivation = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after, revision, replaces, kind: 'activate', reason, by },
      ...{ approval_id, lasts_s: null },
    }
    await changeInForce(tx, { approvals: this.parts.approvals, made })
    return true
  }

  /** Raises `conflict` where the canary is no longer where it was, or another policy came in force. */
  private async write(permit: Permit, work: (tx: GovernedTransaction) => Promise<boolean>): Promise<void> {
    const isDone = await this.parts.gate.write(permit, work).catch((error: unknown) => {
      if (violatedConstraint(error)?.startsWith('policy_activation_')) return false
      throw error
    })
    await this.parts.follower.follow()
    if (!isDone) throw problem('conflict', { detail: 'The canary has gone on or ended meanwhile: look at it again' })
  }
}

const verdictOf = (row: CanaryRow): { breached: boolean; complete: boolean } => {
  const { breach, complete } = judgeCanary(countsOf(row), row.plan)
  return { breached: breach !== null, complete }
}

const wordsOf = ({ kind, rule, bound, found }: Breach): string => {
  if (kind === 'unavailable') return `the candidate gave no answer ${found} times where the base did`
  if (kind === 'cost') return `the candidate costs ${found.toFixed(1)} times as much as the base`
  return `${found} decisions flipped by ${rule}, at most ${bound.toFixed(1)} were foretold`
}

/** A canary as people are shown it; flips of single decisions are for the platform's own. */
export const shownCanary = (row: CanaryRow, isPlatform: boolean): PolicyCanary => {
  const { plan, counted: _counted, after: _after, breach, ...shown } = row
  return {
    ...shown,
    changed: [...plan.changed],
    pairs: shownPairs(countsOf(row), plan),
    breach: breach && !isPlatform ? { ...breach, samples: [] } : breach,
  }
}
