import type { Limits } from '#contract/manifest/limits.js'
import { Broker, killTargetOf, type BrokerDeps } from '../capabilities/broker.js'
import type { Invocation } from '../capabilities/capability.js'
import { LogSheet } from '../capabilities/log.rules.js'
import type { KillState, KillTarget } from '../killswitch/kill-state.service.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import type { Call } from './call.js'
import type { Ended } from './execution.rules.js'
import type { SlotJob, SlotResult, Slots } from './slots.port.js'

export interface SlotRunDeps {
  readonly kill: Pick<KillState, 'check'>
  readonly slots: Slots<KillTarget>
  readonly broker: BrokerDeps
}

/** A call that was allowed: the decision's id, and what it may use. */
export interface Allowed {
  readonly executionId: string
  readonly limits: Limits
}

/** How a run ended, with the host-call decisions that are not on record yet. */
export interface SlotRun extends Ended {
  readonly decisions: readonly DecisionEntry[]
}

const MIB = 1024 * 1024
const NOTHING_USED = { fuel: 0, memory_bytes: 0, wall_ms: 0, host_calls: 0, output_bytes: 0 }
const NEVER_STARTED: SlotResult = { outcome: 'killed', slot: 'none', usage: NOTHING_USED }

/**
 * Runs an allowed call in a slot, with a broker of its own. However the slot ends, the answer says how and what was used.
 * Raises `overloaded` where no slot becomes free.
 */
export const runInSlot = async (call: Call, allowed: Allowed, deps: SlotRunDeps): Promise<SlotRun> => {
  const stop = new AbortController()
  const startedAt = Date.now()
  const invocation = invocationOf(call, { ...allowed, startedAt, signal: stop.signal })
  const broker = new Broker(invocation, deps.broker)
  try {
    const labels = killTargetOf(invocation)
    // While the decision was being recorded, an order may have come.
    const result = deps.kill.check(labels)
      ? NEVER_STARTED
      : await deps.slots.execute(jobOf(call, { ...allowed, labels, deadline: invocation.deadline }), broker)
    const decisions = broker.close()
    const ended = { invocation, endpoint: call.endpoint.id, request: call.request, result, startedAt }
    return { ...ended, decisions, deniedCalls: broker.denied, endedAt: Date.now() }
  } finally {
    broker.close()
    stop.abort()
  }
}

const invocationOf = (
  { target, caller }: Call,
  { executionId, limits, startedAt, signal }: Allowed & { startedAt: number; signal: AbortSignal },
): Invocation => ({
  executionId,
  target,
  caller,
  deadline: startedAt + limits.wall_ms,
  signal,
  log: new LogSheet(),
  disclosed: new Map(),
  egressBytes: 0,
})

const jobOf = (
  { target, request }: Call,
  { executionId, limits, labels, deadline }: Allowed & { labels: KillTarget; deadline: number },
): SlotJob<KillTarget> => ({
  executionId,
  tenantId: target.tenantId,
  labels,
  artifact: target.artifact,
  request,
  limits: {
    fuel: limits.fuel,
    memoryBytes: limits.memory_mb * MIB,
    wallMs: limits.wall_ms,
    outputBytes: limits.output_bytes,
    hostCalls: limits.host_calls,
  },
  deadline,
})
