import type { Permission } from '#contract/permissions.js'
import { cleanMessage } from '../capabilities/log.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { Isolation } from '../platform/isolation/isolation.js'
import { callAbout, callFacts } from './call-facts.rules.js'
import type { CallQuota, QuotaState } from './call-quota.js'
import { CallRate } from './call-rate.js'
import type { Call, InvocationResult } from './call.js'
import { Concurrency } from './concurrency.js'
import { executionProblem, executionRow } from './execution.rules.js'
import type { ExecutionWriter } from './execution-writer.js'
import { effectiveLimits, type OperatorLimits } from './limits.rules.js'
import { permitRecording } from './replay/permit-recording.js'
import type { Recorder } from './replay/recorder.js'
import type { Recordings } from './replay/recordings.service.js'
import { runInSlot, type Allowed, type SlotRun, type SlotRunDeps } from './run-in-slot.js'
import { Throttle } from './throttle.js'

export interface InvocationParts extends SlotRunDeps {
  readonly gate: Pick<GateService, 'decide' | 'requireAllow'>
  readonly kill: Pick<KillState, 'check' | 'node' | 'onChange'>
  readonly writer: ExecutionWriter
  readonly quota: CallQuota
  readonly operator: OperatorLimits
  readonly isolation: Pick<Isolation, 'requireWall'>
  readonly recordings: Pick<Recordings, 'seal'>
}

/** An install that grants it lets its publisher read its log lines. */
const SHARES_LOG: Permission = 'log:read'

/** Runs installed extensions: decided, within limits, and with a record however it ends. */
export class Invocations {
  private readonly concurrency = new Concurrency()
  private readonly throttle = new Throttle()
  private readonly rate = new CallRate()

  constructor(private readonly parts: InvocationParts) {
    parts.kill.onChange(() => parts.slots.end(({ labels }) => parts.kill.check(labels) !== null))
  }

  /**
   * Decides a call and, where it is allowed, runs it. Raises the problem of a refusal, `execution.isolation_absent`,
   * `execution.concurrency_exceeded`, `execution.throttled`, `overloaded`, and `execution.<outcome>` where the guest gave
   * no answer.
   */
  async invoke(call: Call): Promise<InvocationResult> {
    this.parts.isolation.requireWall()
    const limits = effectiveLimits(call.target, call.endpoint, this.parts.operator)
    const leave = this.concurrency.enter(call.target.installId, limits.concurrency)
    try {
      const recorder = call.record ? await permitRecording(call, this.parts.gate) : undefined
      const { executionId, revision, quota } = await this.allow(call)
      const run = await runInSlot(call, { executionId, revision, limits, recorder }, this.parts)
      this.keep(run, recorder)
      const { outcome, response } = run.result
      if (outcome !== 'ok') throw executionProblem(outcome, executionId)
      if (!response) throw executionProblem('crashed', executionId)
      return { executionId, response, quota }
    } finally {
      leave()
    }
  }

  private async allow(
    call: Call,
  ): Promise<Omit<Allowed, 'limits' | 'recorder'> & { readonly quota: QuotaState | null }> {
    const quota = await this.parts.quota.reserve(call.target)
    const rate = this.rate.count(call.target)
    try {
      const outcome = await this.parts.gate.decide(
        'extension.invoke',
        callFacts(call, { quota, rate }),
        callAbout(call),
      )
      this.parts.gate.requireAllow(outcome)
      if (outcome.kind === 'allow' && outcome.obligations.some(({ id }) => id === 'call.throttle'))
        this.throttle.take(call.target.installId)
      return { executionId: outcome.decisionId, revision: outcome.bundleRevision, quota }
    } catch (error) {
      quota?.giveBack()
      rate?.giveBack()
      throw error
    }
  }

  private keep(run: SlotRun, recorder: Recorder | undefined): void {
    const { invocation, result, decisions } = run
    // What a guest says of its own failure is for operators, not for the caller.
    if (result.error !== undefined)
      invocation.log.add({ level: 'error', message: cleanMessage(result.error, invocation.disclosed), at: run.endedAt })
    const recording = recorder && this.parts.recordings.seal(recorder, run)
    this.parts.writer.add({
      row: executionRow(run, recording?.digest),
      recording: recording?.row,
      decisions,
      lines: invocation.log.close(run.endedAt),
      linesShared: invocation.target.granted.includes(SHARES_LOG),
      egressBytes: invocation.egressBytes,
    })
  }
}
