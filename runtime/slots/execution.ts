import { FrameKind } from './child/frames.js'
import type { Frame } from './child/channel.js'
import type { WireValue } from './child/wire-value.js'
import { KILLED, type ExecutionOutcome, type ExecutionResult, type HostAnswer, type HostPort, type Job } from './job.js'
import { MAX_CORE_MODULES } from '../admission/limits.js'
import { HostCallAnswer, PostedAnswer, ResultAnswer, SaysUsage } from './slot-answers.js'
import { StreamedBodies } from './streamed-bodies.js'

const PAGE_BYTES = 65_536
/** Room in a frame beside the payload: names, tags and usage. */
const FRAME_SLACK = 64 * 1024
/** A host call carries a kv value or a request body; policy has limits far below. */
const MAX_HOST_CALL_BYTES = 9 * 1024 * 1024

/** Nobody is to wait behind a call that takes longer than this, in milliseconds, not even for its core; and what runs out takes no longer. */
export const STUCK_MS = 500

/** What was sent ahead waits no longer than this, in milliseconds, behind a call that seemed quick. */
export const HELD_UP_MS = 100

/** How an execution reaches its slot. */
export interface SlotLine {
  send(kind: number, value: WireValue): void
  /** Ends the slot: what runs in it can't be trusted to stop. */
  kill(): unknown
}

/**
 * One job in one slot, seen from outside. Every limit is counted here again, since the code inside may have escaped:
 * it is killed at its deadline, at one host call too many, and at a frame beyond what it may say.
 * Its result is undefined where it was taken back before its turn had come: nothing of it has happened. What lies in the
 * slot of it then runs out there when its turn comes: it is answered nothing but errors, and has no effect.
 */
export class Execution {
  readonly result: Promise<ExecutionResult | undefined>
  readonly maxFrameBytes: number
  /** Its result is given. */
  settled = false
  /** It lies in the slot. */
  sent = false
  /** The slot is done with it. */
  over = false
  /** An order names it: it may not even run out. */
  condemned = false
  /** It was taken back after it was sent, and its turn has come all the same. */
  runsOut = false
  private begun = false
  private sentAt = 0
  private slotMs = 0
  private settle!: (result: ExecutionResult | undefined) => void
  private timer: NodeJS.Timeout | undefined
  private stuck: NodeJS.Timeout | undefined
  private startedAt = performance.now()
  private hostCalls = 0
  private answeredMs = 0
  /** When the host call that it waits for was made. */
  private askedAt: number | undefined
  private usage = { fuel: 0, memory_bytes: 0 }
  private dropped = 0
  private readonly bodies: StreamedBodies | undefined

  constructor(
    readonly job: Job,
    private readonly host: HostPort,
    private readonly line: SlotLine,
  ) {
    this.result = new Promise((resolve) => (this.settle = resolve))
    this.bodies =
      job.bodies &&
      new StreamedBodies(job.bodies, {
        reply: (value) => this.settled || line.send(FrameKind.reply, value),
        end: (outcome, error) => this.endBy(outcome, error),
      })
    this.maxFrameBytes = Math.max(MAX_HOST_CALL_BYTES, job.limits.output_bytes * 3) + FRAME_SLACK
  }

  /** Milliseconds since its turn came, as far as that is seen from here. */
  get ageMs(): number {
    return performance.now() - this.startedAt
  }

  /**
   * Milliseconds that it took. Several answers may be read at once, of which the slot alone knows how long each took; it is
   * believed up to the time since the call was sent.
   */
  get tookMs(): number {
    return Math.max(this.ageMs, Math.min(this.slotMs, performance.now() - this.sentAt))
  }

  /** Milliseconds that it has waited for answers to its host calls. */
  get waitedMs(): number {
    return this.answeredMs + (this.askedAt === undefined ? 0 : performance.now() - this.askedAt)
  }

  /** Most of its time went by while it waited, for its turn or for answers to its host calls. */
  get waitedMost(): boolean {
    return !this.begun || this.waitedMs * 2 > this.ageMs
  }

  /** Its time runs, whether or not its turn has come. */
  arm(): void {
    const { limits, deadline } = this.job
    const left = Math.min(limits.wall_ms, deadline - Date.now())
    this.timer = setTimeout(() => this.endBy('time_exceeded'), Math.max(left, 0))
  }

  /**
   * Those sent before it are done: it is at work now.
   * @param onStuck told where it takes very long, and not by waiting for what is outside
   */
  beginTurn(onStuck: () => void): void {
    this.begun = true
    this.startedAt = performance.now()
    this.runsOut = this.settled
    if (this.runsOut) this.stuck = setTimeout(() => this.line.kill(), STUCK_MS)
    else this.stuck = setTimeout(() => this.waitedMs < STUCK_MS / 2 && onStuck(), STUCK_MS)
  }

  /** Sends it to the slot. Until then nothing of it is there, and it can be given back. */
  send(): void {
    this.sent = true
    this.sentAt = performance.now()
    const { limits, request, fixed } = this.job
    this.line.send(FrameKind.call, {
      request: { ...request, params: request.params, query: request.query, headers: request.headers },
      now_ms: fixed?.nowMs,
      seed: fixed?.seed,
      fuel: limits.fuel,
      memory_pages: Math.floor(limits.memory_bytes / PAGE_BYTES),
      host_calls: limits.host_calls,
      output_bytes: limits.output_bytes,
      wall_ms: limits.wall_ms,
      may_log: this.job.printsToLog === true,
      stream: this.job.bodies?.stream,
    })
  }

  onFrame({ kind, value }: Frame): void {
    if (this.settled) this.onLateFrame(kind)
    else if (kind === FrameKind.hostCall) this.onHostCall(value)
    else if (kind === FrameKind.posted) this.onPosted(value)
    else if (kind === FrameKind.result) this.onResult(value)
    else if (this.bodies) this.onBodyFrame(this.bodies, { kind, value })
    else this.endBy('crashed')
  }

  /** Ends with this outcome unless it has ended already. Does not touch the slot. */
  finish(outcome: ExecutionOutcome, error?: string): void {
    this.conclude({ outcome, ...(error ? { error } : {}), usage: this.usageNow(this.bodies?.sentBytes ?? 0) })
  }

  /** Takes it back before its turn has come. */
  withdraw(): void {
    this.conclude(undefined)
  }

  /** Ends it by an order; also where it is to run out. */
  condemn(): void {
    this.condemned = true
    this.finish('killed')
  }

  private onLateFrame(kind: number): void {
    if (kind === FrameKind.result) return this.leave()
    this.hostCalls += 1
    const isHostCall = kind === FrameKind.hostCall || kind === FrameKind.posted
    if (!isHostCall || this.hostCalls > this.job.limits.host_calls) this.line.kill()
    else if (kind === FrameKind.hostCall) this.line.send(FrameKind.reply, KILLED)
  }

  /** Its turn is over. */
  private leave(): void {
    this.over = true
    clearTimeout(this.stuck)
  }

  private onHostCall(value: WireValue): void {
    const call = HostCallAnswer.safeParse(value)
    if (!call.success) return this.endBy('crashed')
    this.saysUsage(call.data.usage)
    if (!this.countHostCall()) return
    this.askedAt = performance.now()
    void this.answer(call.data.name, call.data.args).then((reply) => {
      this.answeredMs = this.waitedMs
      this.askedAt = undefined
      if (!this.settled) this.line.send(FrameKind.reply, reply as WireValue)
    })
  }

  private onPosted(value: WireValue): void {
    const call = PostedAnswer.safeParse(value)
    if (!call.success) return this.endBy('crashed')
    if (this.countHostCall()) this.host.post(call.data.name, call.data.args)
  }

  private onBodyFrame(bodies: StreamedBodies, frame: Frame): void {
    const said = SaysUsage.safeParse(frame.value)
    if (said.success) this.saysUsage(said.data.usage)
    bodies.onFrame(frame)
  }

  private saysUsage(usage: { fuel: number; memory_bytes: number }): void {
    this.usage = usage
    this.host.used?.(usage)
  }

  private onResult(value: WireValue): void {
    const parsed = ResultAnswer.safeParse(value)
    if (!parsed.success) return this.endBy('crashed')
    const { outcome, response, error, usage, dropped_bytes, took_ms } = parsed.data
    this.slotMs = took_ms
    this.usage = usage
    this.dropped = dropped_bytes
    if (this.bodies?.hasBegun === true) return this.finishStream(this.bodies, { outcome, error })
    if (outcome === 'ok' && response === undefined) return this.endBy('crashed')
    if (response === undefined) return this.finish(outcome, error)
    const bytes = outputBytes(response)
    if (bytes > this.job.limits.output_bytes) return this.endBy('output_exceeded')
    this.conclude({ outcome, response: { ...response, body: Buffer.from(response.body) }, usage: this.usageNow(bytes) })
  }

  private finishStream(
    bodies: StreamedBodies,
    { outcome, error }: { outcome: ExecutionOutcome; error: string | undefined },
  ): void {
    if (outcome !== 'ok') return this.finish(outcome, error)
    this.conclude({ outcome, response: bodies.response, usage: this.usageNow(bodies.sentBytes) })
  }

  private async answer(name: string, args: Record<string, unknown>): Promise<HostAnswer> {
    try {
      return await this.host.call(name, args)
    } catch {
      return { error: { code: 'host.failed', message: 'the host call failed' } }
    }
  }

  private countHostCall(): boolean {
    this.hostCalls += 1
    if (this.hostCalls <= this.job.limits.host_calls) return true
    this.endBy('host_calls_exhausted')
    return false
  }

  private endBy(outcome: ExecutionOutcome, error?: string): void {
    if (this.settled) return
    this.finish(outcome, error)
    this.line.kill()
  }

  private conclude(result: ExecutionResult | undefined): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    if (this.begun) this.leave()
    const dropped = this.dropped > 0 ? { droppedBytes: this.dropped } : {}
    const streamed = this.bodies ? { streamed: this.bodies.summary() } : {}
    this.settle(result && { ...result, ...dropped, ...streamed })
  }

  /** What the slot says it used is believed up to what it could have used at most. */
  private usageNow(outputBytes: number): ExecutionResult['usage'] {
    const { limits } = this.job
    const fuel = Math.min(this.usage.fuel, limits.fuel * MAX_CORE_MODULES)
    const memory_bytes = Math.min(this.usage.memory_bytes, limits.memory_bytes * MAX_CORE_MODULES)
    const wall = Math.round(this.tookMs * 1000) / 1000
    return { fuel, memory_bytes, wall_ms: wall, host_calls: this.hostCalls, output_bytes: outputBytes }
  }
}

function outputBytes(response: { headers: [string, string][]; body: Uint8Array }): number {
  const headers = response.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return headers + response.body.length
}
