import { randomUUIDv7 } from 'node:crypto'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Permit } from '#contract/decisions/outcome.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { adminFacts, policyPart } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import { SYSTEM_ACTOR, systemCaller } from '../gate/system-actor.js'
import type { Announcements } from '../identity/announcements.service.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { currentPolicy, type CurrentPolicy, type NewActivation } from './activations.repository.js'
import { changeInForce } from './in-force.js'

/** Outbox topics: a policy was put in force by break-glass; its time has run out. */
export const BREAK_GLASS_TOPICS = { begun: 'policy.break_glass_begun', ended: 'policy.break_glass_ended' } as const

/** Payload of both: the number of the change. */
const Told = z.looseObject({ seq: z.int().positive() })
export type BreakGlassTold = z.infer<typeof Told>

export interface BreakGlassParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'policyFloor' | 'refusal' | 'write'>
  readonly approvals: Pick<Approvals, 'overtake'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly announcements: Pick<Announcements, 'toAllWith'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/**
 * What follows from putting a policy in force by break-glass: everybody who activates policy is told, and when its time has
 * run out that is written down and told as well. The policy before decides again by the pointer alone, at that moment and on
 * every instance, whether or not anything here works.
 */
export class BreakGlass implements OnModuleInit {
  private readonly logger = new Logger('break-glass')

  constructor(private readonly parts: BreakGlassParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(BREAK_GLASS_TOPICS.begun, (payload) => this.onBegun(payload))
    this.parts.outbox.subscribe(BREAK_GLASS_TOPICS.ended, (payload) => this.onEnded(payload))
  }

  /** Tells everybody. Safe to repeat. */
  async onBegun(payload: unknown): Promise<void> {
    const { seq } = Told.parse(payload)
    const current = await this.parts.database.inScope({ platform: true }, currentPolicy)
    if (current?.last.seq !== seq) return
    const { revision, reason, by, expires_at } = current.last
    this.logger.warn({ seq, revision, by, reason, expires_at }, 'a policy was put in force by break-glass')
    await this.parts.announcements.toAllWith('policy:activate', {
      id: `break-glass-${seq}`,
      subject: 'BREAK GLASS: a policy was put in force without what is usually asked for',
      text: wordsOf([
        `The policy ${revision} decides since the change of number ${seq}.`,
        `Why: ${reason}`,
        `Asked for by ${by}. It goes out of force at ${expires_at}.`,
        '',
        'Look at it, and take it back where it does harm:',
        '',
        '  gatehouse policy status',
        '  gatehouse policy rollback --reason "…"',
        '',
        'To keep it beyond that moment, have it activated as usual.',
      ]),
    })
  }

  /** Writes down that the time of a change has run out, unless another change came before. Safe to repeat; rejects where it must be tried again. */
  async onEnded(payload: unknown): Promise<void> {
    const { seq } = Told.parse(payload)
    // By now the policy before decides: it is the one to be asked.
    await this.parts.follower.follow()
    const current = await this.parts.database.inScope({ platform: true }, currentPolicy)
    if (current?.last.seq !== seq || current.leftS === null) return
    const outcome = await this.parts.gate.policyFloor('policy.expire', factsOf(current, current.leftS), ABOUT)
    if (outcome.kind !== 'allow') throw this.parts.gate.refusal(outcome)
    await this.write(outcome.permit, current)
    this.logger.warn(
      { seq, revision: current.last.revision },
      'the time of a policy in force by break-glass has run out',
    )
    await this.parts.announcements.toAllWith('policy:activate', {
      id: `break-glass-${seq}-ended`,
      subject: 'A policy that was put in force by break-glass is out of force again',
      text: wordsOf([`The time of ${current.last.revision} has run out. Again decides ${current.revision}.`]),
    })
  }

  private async write(permit: Permit, { last, revision }: CurrentPolicy): Promise<void> {
    const made: NewActivation = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after: last.seq, revision, replaces: last.revision },
      ...{ kind: 'expiry', reason: `the time of change ${last.seq} ran out`, by: SYSTEM_ACTOR.id },
      ...{ approval_id: null, lasts_s: null },
    }
    await this.parts.gate
      .write(permit, (tx) => changeInForce(tx, { approvals: this.parts.approvals, made, because: ENDED }))
      .catch((error: unknown) => {
        // Another instance, or another change, was faster.
        if (!violatedConstraint(error)?.startsWith('policy_activation_')) throw error
      })
  }
}

const ENDED = 'A policy that was put in force by break-glass went out of force'
const ABOUT = { correlationId: 'break-glass', tenantId: PLATFORM_TENANT_ID }

const factsOf = ({ last }: CurrentPolicy, left_s: number) =>
  adminFacts(
    systemCaller(ABOUT.correlationId),
    { kind: 'policy_revision', id: last.revision, tenant_id: PLATFORM_TENANT_ID, publisher_id: null },
    { policy: policyPart({ was_active: true, active_until: { left_s } }) },
  )

const wordsOf = (lines: readonly string[]): string => [...lines, ''].join('\n')
