import type { ExecutionResult } from '#runtime/slots/job.js'
import { Broker } from '../capabilities/broker.js'
import type { Invocation } from '../capabilities/invocation.js'
import { killTargetOf } from '../installs/call-target.rules.js'
import type { Call } from './call.js'
import { OverSignal } from './over-signal.js'
import { invocationOf, type Allowed, type SlotRun, type SlotRunDeps } from './run-in-slot.js'

/** What an invocation may do only so much of, counted on over the calls of one caller. */
export interface Counters {
  requests: number
  egressBytes: number
  published: number
}

/** What came of host calls: the status that their caller is answered with, and how many there were. */
export interface OutsideAnswer {
  readonly status: number
  readonly calls: number
}

/** Host calls of an extension that runs elsewhere, in place of a guest in a slot. */
export interface Outside {
  readonly counters: Counters
  carryOut(broker: Broker): Promise<OutsideAnswer>
}

/** No slot ran it: receipts say so. */
const ENGINE = 'outside'
const NO_BODY = new Uint8Array(0)

/** Lets an invocation go on with counters that others share; gives its own part of them. */
const countingOn = (invocation: Invocation, shared: Counters): Counters => {
  const own = { requests: 0, egressBytes: 0, published: 0 }
  for (const name of ['requests', 'egressBytes', 'published'] as const)
    Object.defineProperty(invocation, name, {
      get: () => shared[name],
      set: (value: number) => {
        own[name] += value - shared[name]
        shared[name] = value
      },
    })
  return own
}

/** Carries out an allowed call of an extension that runs elsewhere, through a broker like any other. Never takes a slot. */
export const runOutside = async (
  call: Call,
  { outside, ...allowed }: Allowed & { readonly outside: Outside },
  { kill, broker: deps }: SlotRunDeps,
): Promise<SlotRun> => {
  const over = new OverSignal()
  const startedAt = Date.now()
  const timer = setTimeout(() => over.raise(), allowed.limits.wall_ms)
  const invocation = invocationOf(call, { ...allowed, startedAt, over })
  const own = countingOn(invocation, outside.counters)
  const broker = new Broker(invocation, deps)
  const began = performance.now()
  try {
    const killed = (): boolean => kill.check(killTargetOf(call.target)) !== null
    const answer = killed() ? undefined : await outside.carryOut(broker)
    const decisions = broker.close()
    const wall_ms = performance.now() - began
    const usage = { fuel: 0, memory_bytes: 0, wall_ms, host_calls: answer?.calls ?? 0, output_bytes: 0 }
    const result: ExecutionResult =
      !answer || killed()
        ? { outcome: 'killed', usage }
        : { outcome: 'ok', usage, response: { status: answer.status, headers: [], body: NO_BODY } }
    const { denied: deniedCalls, decisionIds, refused } = broker
    const ended = { invocation: { ...invocation, ...own }, endpoint: call.endpoint.id, request: call.request, result }
    return {
      ...{ ...ended, startedAt, decisions, decisionIds, deniedCalls, refused },
      ...{ node: kill.node, endedAt: Date.now(), engine: ENGINE },
    }
  } finally {
    broker.close()
    clearTimeout(timer)
    over.raise()
  }
}
