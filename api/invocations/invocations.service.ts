import type { Permission } from '#contract/permissions.js'
import { effectiveLimits, type OperatorLimits } from '#contract/manifest/effective-limits.rules.js'
import type { Problem } from '#contract/problems.js'
import { cleanMessage } from '#runtime/host-calls/log.rules.js'
import type { GateService } from '../gate/gate.service.js'
import { killTargetOf } from '../installs/call-target.rules.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { Isolation } from '../platform/isolation/isolation.js'
import type { Breakers } from './breakers.js'
import { callAbout, callFacts } from './call-facts.rules.js'
import type { CallQuota } from './call-quota.js'
import type { CallRate } from './call-rate.js'
import type { Admitted, Call, InvocationResult, Ran } from './call.js'
import { Concurrency } from './concurrency.js'
import { executionProblem, executionRow, executionSpan, leaseLapsed, runnerLost } from './execution.rules.js'
import type { ExecutionWriter } from './execution-writer.js'
import { limitStates, type LimitState } from './limit-states.rules.js'
import { isLimitReached, limitReached } from './limit-reached.rules.js'
import { permitRecording } from './replay/permit-recording.js'
import type { Recorder } from './replay/recorder.js'
import type { Recordings } from './replay/recordings.service.js'
import { runOutside } from './outside.js'
import { runInSlot, type Allowed, type SlotRun, type SlotRunDeps } from './run-in-slot.js'
import { Throttle } from './throttle.js'

export interface InvocationParts extends SlotRunDeps {
  readonly gate: Pick<GateService, 'decide' | 'requireAllow'>
  readonly kill: Pick<KillState, 'check' | 'node' | 'onChange'>
  readonly writer: ExecutionWriter
  readonly quota: CallQuota
  readonly rate: CallRate
  readonly breakers: Breakers
  readonly operator: OperatorLimits
  readonly isolation: Pick<Isolation, 'requireWall'>
  readonly recordings: Pick<Recordings, 'seal'>
}

/** A call that was allowed and counts against its limits. */
interface Counted extends Omit<Allowed, 'limits' | 'recorder'> {
  readonly states: readonly LimitState[]
  giveBack(): void
}

/** An install that grants it lets its publisher read its log lines. */
const SHARES_LOG: Permission = 'log:read'

/** Runs installed extensions: decided, within limits, and with a record however it ends. */
export class Invocations {
  private readonly concurrency = new Concurrency()
  private readonly throttle = new Throttle()

  constructor(private readonly parts: InvocationParts) {
    parts.kill.onChange(() => parts.slots.end(({ labels }) => parts.kill.check(labels) !== null))
  }

  /**
   * Decides a call and, where it is allowed, runs it. Raises what `admit` and `Admitted.run` raise, and
   * `execution.<outcome>` where the guest gave no answer.
   */
  async invoke(call: Call): Promise<InvocationResult> {
    const ran = await (await this.admit(call)).run()
    if ('problem' in ran) throw ran.problem
    return ran
  }

  /**
   * Decides a call. One that is allowed has a place of its install until it is run or released. Raises the problem of a
   * refusal, `execution.isolation_absent`, `execution.concurrency_exceeded`, `execution.limit_reached`, `execution.throttled`.
   */
  async admit(call: Call): Promise<Admitted> {
    // What runs elsewhere needs no wall here.
    if (!call.outside) this.parts.isolation.requireWall()
    const limits = effectiveLimits(call.target, call.endpoint, this.parts.operator)
    const leave = this.concurrency.enter(call.target.installId, limits.concurrency)
    try {
      const recorder = call.record ? await permitRecording(call, this.parts.gate) : undefined
      const { giveBack, states, ...allowed } = await this.allow(call)
      return {
        executionId: allowed.executionId,
        limits: states,
        run: () =>
          this.run(call, { ...allowed, limits, recorder })
            .catch((error: unknown) => {
              giveBack()
              throw error
            })
            .finally(leave),
        release: () => (giveBack(), leave()),
      }
    } catch (error) {
      leave()
      throw error
    }
  }

  private async run(call: Call, allowed: Allowed): Promise<Ran> {
    const { outside } = call
    const run = outside
      ? await runOutside(call, { ...allowed, outside }, this.parts)
      : await this.parts.breakers.run(call.target, () => runInSlot(call, allowed, this.parts))
    this.keep(run, allowed.recorder)
    const { executionId } = allowed
    const { outcome, response, usage } = run.result
    if (outcome === 'ok' && response) return { executionId, response }
    return { executionId, problem: this.problemOf(run.result, call, executionId), mayHaveActed: usage.host_calls > 0 }
  }

  private problemOf({ outcome, usage, lost }: SlotRun['result'], { target }: Call, executionId: string): Problem {
    if (lost) return runnerLost(executionId, usage.host_calls)
    const stopped = outcome === 'killed' ? this.parts.kill.check(killTargetOf(target)) : null
    if (stopped && 'stale' in stopped) return leaseLapsed(executionId)
    return executionProblem(outcome === 'ok' ? 'crashed' : outcome, executionId)
  }

  private async allow(call: Call): Promise<Counted> {
    const quota = await this.parts.quota.reserve(call.target)
    const { states: rates, giveBack: uncount } = this.parts.rate.count(call)
    const giveBack = (): void => (quota?.giveBack(), uncount())
    try {
      const facts = callFacts(call, { quota, rates })
      const states = limitStates(quota, rates)
      const outcome = await this.parts.gate.decide('extension.invoke', facts, callAbout(call))
      if (outcome.kind === 'deny' && isLimitReached(outcome)) throw limitReached(outcome, states)
      this.parts.gate.requireAllow(outcome)
      if (outcome.kind === 'allow' && outcome.obligations.some(({ id }) => id === 'call.throttle'))
        this.throttle.take(call.target.installId)
      return { executionId: outcome.decisionId, revision: outcome.bundleRevision, states, giveBack }
    } catch (error) {
      giveBack()
      throw error
    }
  }

  private keep(run: SlotRun, recorder: Recorder | undefined): void {
    const { invocation, result, decisions } = run
    // What a guest says of its own failure is for operators, not for the caller.
    if (result.error !== undefined)
      invocation.log.add({ level: 'error', message: cleanMessage(result.error, invocation.disclosed), at: run.endedAt })
    const recording = recorder && this.parts.recordings.seal(recorder, run)
    const row = executionRow(run, recording?.digest)
    const { trace } = invocation.caller
    if (this.parts.broker.spans.wants(trace)) this.parts.broker.spans.done(executionSpan(row, trace))
    this.parts.writer.add({
      row,
      recording: recording?.row,
      decisions,
      lines: invocation.log.close(run.endedAt),
      series: invocation.metrics.close(),
      linesShared: invocation.target.granted.includes(SHARES_LOG),
      egressBytes: invocation.egressBytes,
    })
  }
}
