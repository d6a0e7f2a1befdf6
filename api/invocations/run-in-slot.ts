import type { Limits } from '#contract/manifest/limits.js'
import { problem } from '#contract/problems.js'
import { jobLimits, type ExecutionResult, type HostPort, type Job } from '#runtime/slots/job.js'
import { nothingDone } from '#runtime/host-calls/capability.js'
import type { LogSheet } from '#runtime/host-calls/log.rules.js'
import { PoolRefusal, type Slots } from '#runtime/slots/slots.js'
import { Broker, type BrokerDeps } from '../capabilities/broker.js'
import { killTargetOf } from '../installs/call-target.rules.js'
import type { Invocation } from '../capabilities/invocation.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import { traceparentOf, within } from '../platform/http/trace-context.rules.js'
import type { Call } from './call.js'
import type { Ended } from './execution.rules.js'
import { OverSignal } from './over-signal.js'
import { repeatOf } from './repeat.rules.js'
import type { Recorder } from './replay/recorder.js'

export interface SlotRunDeps {
  readonly kill: Pick<KillState, 'check' | 'node'>
  readonly slots: Pick<Slots, 'execute' | 'end'>
  readonly broker: BrokerDeps
}

/** A call that was allowed: the decision's id, by which policy it was made, and what it may use. */
export interface Allowed {
  readonly executionId: string
  readonly revision: string | null
  readonly limits: Limits
  /** Where it is to be recorded. */
  readonly recorder?: Recorder | undefined
}

/** How a run ended, with the host-call decisions that are not on record yet. */
export interface SlotRun extends Ended {
  readonly decisions: readonly DecisionEntry[]
}

const NOTHING_USED = { fuel: 0, memory_bytes: 0, wall_ms: 0, host_calls: 0, output_bytes: 0 }

/**
 * Runs an allowed call in a slot, with a broker of its own. However the slot ends, the answer says how and what was used.
 * Raises `overloaded` where too many calls wait for a slot.
 */
export const runInSlot = async (call: Call, allowed: Allowed, deps: SlotRunDeps): Promise<SlotRun> => {
  const over = new OverSignal()
  const startedAt = Date.now()
  const invocation = invocationOf(call, { ...allowed, startedAt, over })
  const broker = new Broker(invocation, deps.broker)
  try {
    const job = jobOf(call, allowed, invocation.deadline)
    const result = await execute(job, allowed.recorder?.around(job, broker) ?? broker, deps)
    const decisions = broker.close()
    noteDropped(result, invocation.log)
    const ended = { invocation, endpoint: call.endpoint.id, request: call.request, result, startedAt }
    const { denied: deniedCalls, decisionIds, refused } = broker
    return {
      ...ended,
      decisions,
      decisionIds,
      deniedCalls,
      refused,
      node: result.runner ?? deps.kill.node,
      endedAt: Date.now(),
    }
  } finally {
    broker.close()
    over.raise()
  }
}

const execute = async (job: Job, host: HostPort, { kill, slots, broker: { onFault } }: SlotRunDeps) => {
  // While the decision was being recorded, an order may have come.
  if (kill.check(job.labels)) return neverRan('killed')
  try {
    return await slots.execute(job, host)
  } catch (error) {
    if (error instanceof PoolRefusal) throw problem('overloaded', { retryAfter: 1, cause: error })
    onFault(error)
    return neverRan('crashed', (error as Error).message)
  }
}

const neverRan = (outcome: 'killed' | 'crashed', error?: string): ExecutionResult => ({
  outcome,
  usage: NOTHING_USED,
  ...(error !== undefined && { error }),
})

/** What a component printed and nobody will see is at least told of. */
const noteDropped = ({ droppedBytes }: ExecutionResult, log: LogSheet): void => {
  if (droppedBytes === undefined) return
  const message = `${droppedBytes} bytes of standard output were not kept: that takes log:write, and is bounded`
  log.add({ level: 'info', message, at: Date.now() })
}

/** The invocation that an allowed call is, as its host calls see it. */
export const invocationOf = (
  { target, caller, trigger }: Call,
  { executionId, revision, limits, startedAt, over }: Allowed & { startedAt: number; over: OverSignal },
): Invocation => ({
  executionId,
  revision,
  target,
  caller,
  ...(caller.trace && { traceparent: traceparentOf(within(caller.trace, executionId)) }),
  hops: trigger?.hops ?? 0,
  deadline: startedAt + limits.wall_ms,
  get signal() {
    return over.signal
  },
  ...nothingDone(),
})

const jobOf = (call: Call, { executionId, limits, recorder }: Allowed, deadline: number): Job => {
  const { target, request, bodies } = call
  const repeat = repeatOf(call)
  return {
    executionId,
    tenantId: target.tenantId,
    labels: killTargetOf(target),
    artifact: target.artifact,
    request,
    limits: jobLimits(limits),
    deadline,
    printsToLog: [target.declared, target.granted].every((permissions) => permissions.includes('log:write')),
    ...(recorder && { fixed: recorder.fixed }),
    ...(repeat && { repeat }),
    ...(bodies && { bodies }),
  }
}
