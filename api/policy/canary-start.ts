import { randomUUIDv7 } from 'node:crypto'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { CanaryPlan } from '../gate/canary-course.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Caller } from '../platform/http/caller.js'
import { insertCanary, unitOfNow, type CanaryRow, type NewCanary } from './canaries.repository.js'
import type { KeptRevisions } from './kept-revisions.js'
import { insertRevision } from './revisions.repository.js'

/** A canary that was allowed: on top of the change of number `after`. */
export interface CanaryBeginning {
  readonly after: number
  readonly base: string | null
  /** What decides was put in force by break-glass, and that is not written off yet. */
  readonly breakGlass: boolean
  readonly revision: string
  readonly reason: string
  readonly approvalId: string | null
  readonly whatIf: string | null
  readonly plan: CanaryPlan
}

export interface CanaryStartParts {
  readonly gate: Pick<GateService, 'write'>
  readonly kept: KeptRevisions
  readonly follower: Pick<PolicyFollower, 'follow'>
}

/** What a canary would fall back to. Raises `conflict` where there is nothing, or nothing that stays. */
export const groundFor = ({ base, breakGlass }: Pick<CanaryBeginning, 'base' | 'breakGlass'>): string => {
  if (breakGlass)
    throw problem('conflict', {
      detail: 'A policy decides by break-glass: roll it back, or wait until it is out of force, and ask again',
    })
  if (base !== null) return base
  throw problem('conflict', { detail: 'No policy decides, so there is none to go back to: activate this one' })
}

/** Begins canaries. */
export class CanaryStart {
  constructor(private readonly parts: CanaryStartParts) {}

  /** Begins one at its first step, on every instance. Raises `conflict` where another one runs, and as `groundFor` does. */
  async begin(permit: Permit, caller: Caller, beginning: CanaryBeginning): Promise<CanaryRow> {
    const { after, revision, reason, approvalId, whatIf, plan } = beginning
    const base = groundFor(beginning)
    const kept = await this.parts.kept.missing(caller, [revision, base])
    const made: Omit<NewCanary, 'unit'> = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after, revision, base_revision: base, reason, plan },
      ...{ by: caller.actor.id, approval_id: approvalId, what_if: whatIf },
    }
    const begun = await this.parts.gate
      .write(permit, async (tx) => {
        for (const row of kept) await insertRevision(tx, row)
        return insertCanary(tx, { ...made, unit: await unitOfNow(tx) })
      })
      .catch((error: unknown) => {
        if (!violatedConstraint(error)?.startsWith('policy_canary_')) throw error
        throw problem('conflict', { detail: 'Another canary runs: let it end, or revert it' })
      })
    await this.parts.follower.follow()
    return begun
  }
}
