import type { ExecutionReplayed, ExecutionRecord } from '#contract/api/invocations.js'
import { problem, Problem } from '#contract/problems.js'
import { SLOT_ENGINE } from '#runtime/slots/engine.js'
import type { ExecutionResult, Job } from '#runtime/slots/job.js'
import { PoolRefusal, type Slots } from '#runtime/slots/slots.js'
import type { DecisionsService } from '../../gate/decisions.service.js'
import type { KillState } from '../../killswitch/kill-state.service.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Isolation } from '../../platform/isolation/isolation.js'
import { isReplayable, resultDifference } from './compare.rules.js'
import { recorded, type RecordedParts } from './recorded.js'
import { ReplayHost } from './replay-host.js'

export interface ReplayParts extends RecordedParts {
  readonly slots: Pick<Slots, 'execute'>
  readonly kill: Pick<KillState, 'check'>
  readonly isolation: Pick<Isolation, 'requireWall'>
  readonly decisions: Pick<DecisionsService, 'replay'>
}

type Difference = NonNullable<ExecutionReplayed['difference']>

/** Runs recorded executions again: with recorded answers in place of the world, so that nothing comes of it. */
export class Replays {
  constructor(private readonly parts: ReplayParts) {}

  /**
   * Replays an execution and its decisions. Raises `not_found`, `execution.not_recorded`, `execution.not_replayable`,
   * `execution.isolation_absent`, `kill.engaged`, `overloaded`.
   */
  async replay(caller: Caller, id: string): Promise<ExecutionReplayed> {
    this.parts.isolation.requireWall()
    const { receipt, recording, digest } = await recorded(this.parts, caller, id)
    if (!isReplayable(recording.result))
      throw problem('execution.not_replayable', { detail: `It ended as ${recording.result.outcome}, from outside` })
    const host = new ReplayHost(recording.calls)
    const result = await this.run(recording.job, host)
    const decisions = await this.decisions(caller, receipt)
    const difference =
      tampered(receipt, digest) ??
      host.difference() ??
      resultDifference(recording.result, result) ??
      decisions.difference
    return {
      execution_id: id,
      verdict: difference ? 'different' : 'identical',
      difference,
      engine: { recorded: receipt.engine, replayed: SLOT_ENGINE, same: receipt.engine === SLOT_ENGINE },
      artifact: recording.job.artifact.digest,
      host_calls: recording.calls.length,
      fuel: result.usage.fuel,
      decisions: { equal: decisions.equal, of: receipt.decisions.length + 1 },
    }
  }

  private async run({ fixed, ...job }: Job, host: ReplayHost): Promise<ExecutionResult> {
    if (this.parts.kill.check(job.labels)) throw problem('kill.engaged')
    const again = { ...job, ...(fixed && { fixed }), deadline: Date.now() + job.limits.wall_ms }
    try {
      return await this.parts.slots.execute(again, host)
    } catch (error) {
      if (error instanceof PoolRefusal) throw problem('overloaded', { retryAfter: 1, cause: error })
      const detail = `What ran then, ${job.artifact.digest}, cannot be loaded here`
      throw problem('execution.not_replayable', { detail, cause: error })
    }
  }

  /** Evaluates the decisions again, that on the call first. */
  private async decisions(
    caller: Caller,
    receipt: ExecutionRecord,
  ): Promise<{ equal: number; difference: Difference | null }> {
    let equal = 0
    let difference: Difference | null = null
    for (const [at, id] of [receipt.id, ...receipt.decisions].entries()) {
      const found = await this.decision(caller, id)
      if (found === null) equal += 1
      else difference ??= { what: 'decision', at, ...found }
    }
    return { equal, difference }
  }

  private async decision(caller: Caller, id: string): Promise<{ recorded: string; replayed: string } | null> {
    try {
      const { equal, input_intact, expected_digest, actual_digest } = await this.parts.decisions.replay(caller, id)
      if (equal && input_intact) return null
      return { recorded: `${id} ${expected_digest}`, replayed: input_intact ? actual_digest : 'its input was altered' }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return { recorded: id, replayed: error.code }
    }
  }
}

const tampered = (receipt: ExecutionRecord, digest: string): Difference | null =>
  receipt.recording_digest === digest
    ? null
    : { what: 'recording', at: null, recorded: receipt.recording_digest, replayed: digest }
