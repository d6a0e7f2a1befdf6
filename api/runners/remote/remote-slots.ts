import { RuntimeRefusal } from '#runtime/errors.js'
import type { ExecutionResult, HostPort, Job } from '#runtime/slots/job.js'
import { PoolRefusal, Slots, type SlotsSnapshot } from '#runtime/slots/slots.js'
import { GONE_MS, type NodeAcknowledgement } from '../../killswitch/lease.rules.js'
import type { Address } from './dial.js'
import { leastLoaded, mayRepeat, REFUSED_FOR_NOW } from './placement.rules.js'
import type { Lost, Ran } from './remote-execution.js'
import { RemoteRunner, type RemoteParts } from './remote-runner.js'

const UNUSED = { fuel: 0, memory_bytes: 0, wall_ms: 0, host_calls: 0, output_bytes: 0 }

interface Live {
  readonly job: Job
  readonly stop: AbortController
}

/** Slots on other machines: each call goes to the least loaded runner that is heard. */
export class RemoteSlots extends Slots {
  private readonly runners: readonly RemoteRunner[]
  /** Every job that is not over. */
  private readonly live = new Set<Live>()
  private readonly idle = new Set<() => void>()
  private closed = false

  constructor(addresses: readonly Address[], parts: RemoteParts) {
    super()
    this.runners = addresses.map((address) => new RemoteRunner(address, parts))
  }

  async execute(job: Job, host: HostPort, signal?: AbortSignal): Promise<ExecutionResult> {
    if (this.closed) throw new PoolRefusal('slots.closed', 'the slots are shut down')
    const stop = new AbortController()
    const abort = (): void => stop.abort()
    if (signal?.aborted) return { outcome: 'killed', usage: UNUSED }
    signal?.addEventListener('abort', abort, { once: true })
    const live = { job, stop }
    this.live.add(live)
    try {
      return await this.place(live, host)
    } finally {
      this.live.delete(live)
      signal?.removeEventListener('abort', abort)
      if (this.live.size === 0) for (const tell of this.idle) tell()
    }
  }

  end(matches: (job: Job) => boolean): number {
    const ended = [...this.live].filter(({ job, stop }) => !stop.signal.aborted && matches(job))
    for (const { stop } of ended) stop.abort()
    return ended.length
  }

  snapshot(): SlotsSnapshot {
    const heard = this.runners.flatMap(({ standing }) => standing ?? [])
    const sum = (of: 'size' | 'members' | 'busy' | 'blank' | 'waiting'): number =>
      heard.reduce((total, standing) => total + standing[of], 0)
    return {
      ...{
        size: sum('size'),
        members: sum('members'),
        busy: sum('busy'),
        blank: sum('blank'),
        waiting: sum('waiting'),
      },
      runners: this.runners.map(({ state }) => state),
    }
  }

  /** How far each runner that was heard lately has got with the kill list, by its address. */
  acknowledged(): NodeAcknowledgement[] {
    return this.runners.flatMap(({ acknowledged }) => acknowledged ?? []).filter(({ ageMs }) => ageMs < GONE_MS)
  }

  async close(): Promise<void> {
    this.closed = true
    this.end(() => true)
    for (const runner of this.runners) runner.close()
    if (this.live.size > 0) await new Promise<void>((resolve) => this.idle.add(resolve))
  }

  /** Goes from runner to runner until one has run it, or nothing more may be tried. */
  private async place({ job, stop: { signal } }: Live, host: HostPort): Promise<ExecutionResult> {
    const tried = new Set<RemoteRunner>()
    const spent = { hostCalls: 0 }
    let lost: ExecutionResult | undefined
    for (;;) {
      if (signal.aborted) return killed(spent.hostCalls)
      if (Date.now() >= job.deadline)
        return { outcome: 'time_exceeded', usage: { ...UNUSED, host_calls: spent.hostCalls } }
      const runner = leastLoaded(this.runners.filter((each) => !tried.has(each)))
      if (!runner) return this.nowhere(lost)
      tried.add(runner)
      const ran = await runner.run(job, host, signal)
      if (ran.kind === 'ended') return onRunner(ran.result, runner, spent.hostCalls)
      if (ran.kind === 'refused' && ran.code === 'runner.killed') return killed(spent.hostCalls)
      if (ran.kind === 'refused') refused(ran)
      else {
        lost = lostOn(runner, ran, spent.hostCalls)
        spent.hostCalls = lost.usage.host_calls
        if (!mayRepeat(job, { ...spent, touched: ran.touched })) return lost
      }
    }
  }

  private nowhere(lost: ExecutionResult | undefined): ExecutionResult {
    if (lost) return lost
    throw new PoolRefusal('slots.overloaded', 'no runner takes the call now')
  }
}

const killed = (hostCalls: number): ExecutionResult => ({
  outcome: 'killed',
  usage: { ...UNUSED, host_calls: hostCalls },
})

/** Raises what no other runner would answer otherwise: an artifact or component that does not load. */
const refused = ({ code, message }: Extract<Ran, { kind: 'refused' }>): void => {
  if (!REFUSED_FOR_NOW.test(code)) throw new RuntimeRefusal(code, message)
}

const onRunner = (result: ExecutionResult, { address }: RemoteRunner, before: number): ExecutionResult => ({
  ...result,
  runner: address.url,
  usage: { ...result.usage, host_calls: result.usage.host_calls + before },
})

const lostOn = (runner: RemoteRunner, { usage, streamed }: Lost, before: number): ExecutionResult => {
  const error = `the runner ${runner.address.url} was lost while the call ran`
  return onRunner({ outcome: 'crashed', lost: true, error, usage, ...(streamed && { streamed }) }, runner, before)
}
