import { MAX_CORE_MODULES } from '#runtime/admission/limits.js'
import type { Frame } from '#runtime/slots/child/channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import type { ExecutionResult, HostAnswer, HostPort, Job } from '#runtime/slots/job.js'
import { HostCallFrame, LaneFrame, RefusedFrame, ResultFrame, WantFileFrame } from '../channel/lane-frames.js'
import type { Lane, OnLane } from './lane.js'

/** A host call carries a kv value or a request body, as one of a slot does. */
const MAX_HOST_CALL_BYTES = 9 * 1024 * 1024
const FRAME_SLACK = 64 * 1024
/** The runner ends a call at its deadline; where it does not, this much later we do. */
const GRACE_MS = 200
/** No artifact has more files. */
const MAX_FILES = 64

/** The stream ended before the call was taken. */
export const UNREACHABLE = 'runner.unreachable'

/** How it went on one runner. */
export type Ran =
  | { readonly kind: 'ended'; readonly result: ExecutionResult }
  /** It was not begun. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** The runner took it, and was lost before it said how it ended. */
  | { readonly kind: 'lost'; readonly hostCalls: number }

/** A file of an artifact, by name; null where there is none. */
export type FileOf = (artifact: Job['artifact'], file: string) => Promise<Uint8Array | null>

export interface RemoteExecutionParts {
  readonly job: Job
  readonly host: HostPort
  readonly lane: Lane
  readonly fileOf: FileOf
}

/**
 * One job on a runner, seen from here. Every limit is counted here again, since the machine that runs foreign code may be
 * theirs by now: it is cut off beyond its deadline, at one host call too many, and at a frame beyond what it may say.
 */
export class RemoteExecution implements OnLane {
  readonly ran: Promise<Ran>
  readonly maxFrameBytes: number
  private settle!: (ran: Ran) => void
  private timer: NodeJS.Timeout | undefined
  private readonly startedAt = performance.now()
  private accepted = false
  private settled = false
  private hostCalls = 0
  private files = 0
  /** Host calls and files that are being answered: one at a time. */
  private asking = false

  constructor(private readonly parts: RemoteExecutionParts) {
    this.ran = new Promise((resolve) => (this.settle = resolve))
    const { output_bytes } = parts.job.limits
    this.maxFrameBytes = Math.max(MAX_HOST_CALL_BYTES, output_bytes * 3) + FRAME_SLACK
  }

  get job(): Job {
    return this.parts.job
  }

  begin(order: string, bytes: Uint8Array): void {
    const { job, lane } = this.parts
    const left = Math.min(job.limits.wall_ms, job.deadline - Date.now())
    this.timer = setTimeout(() => this.cutBy('time_exceeded'), Math.max(left, 0) + GRACE_MS)
    lane.carry(this)
    lane.send(LaneFrame.order, { order, job: bytes })
  }

  /** Ends it as killed, from outside. */
  kill(): void {
    this.cutBy('killed')
  }

  onLost(): void {
    if (!this.accepted) this.conclude({ kind: 'refused', code: UNREACHABLE, message: 'its stream ended' })
    else this.conclude({ kind: 'lost', hostCalls: this.hostCalls })
  }

  onBroken(reason: 'too_large' | 'malformed'): void {
    this.cutBy(reason === 'too_large' ? 'output_exceeded' : 'crashed')
  }

  onFrame({ kind, value }: Frame): void {
    if (this.settled) return
    if (kind === LaneFrame.accepted && !this.accepted) this.accepted = true
    else if (kind === LaneFrame.refused) this.onRefused(value)
    else if (!this.accepted) this.cutBy('crashed')
    else if (kind === LaneFrame.hostCall) this.onHostCall(value)
    else if (kind === LaneFrame.posted) this.onPosted(value)
    else if (kind === LaneFrame.wantFile) this.onWantFile(value)
    else if (kind === LaneFrame.result) this.onResult(value)
    else this.cutBy('crashed')
  }

  private onRefused(value: WireValue): void {
    const refused = RefusedFrame.safeParse(value)
    // What has made host calls has begun, whatever the runner says.
    if (!refused.success || this.hostCalls > 0) return this.cutBy('crashed')
    this.conclude({ kind: 'refused', ...refused.data })
  }

  private onHostCall(value: WireValue): void {
    const call = HostCallFrame.safeParse(value)
    if (!call.success || this.asking) return this.cutBy('crashed')
    if (!this.countHostCall()) return
    this.answer(LaneFrame.reply, this.hostAnswer(call.data.name, call.data.args))
  }

  private onPosted(value: WireValue): void {
    const call = HostCallFrame.safeParse(value)
    if (!call.success) return this.cutBy('crashed')
    if (this.countHostCall()) this.parts.host.post(call.data.name, call.data.args)
  }

  private onWantFile(value: WireValue): void {
    const wanted = WantFileFrame.safeParse(value)
    if (!wanted.success || this.asking || ++this.files > MAX_FILES) return this.cutBy('crashed')
    const reading = this.parts.fileOf(this.job.artifact, wanted.data.file).catch(() => null)
    this.answer(
      LaneFrame.file,
      reading.then((bytes) => ({ bytes })),
    )
  }

  private answer(kind: number, answer: Promise<unknown>): void {
    this.asking = true
    void answer.then((value) => {
      this.asking = false
      if (!this.settled) this.parts.lane.send(kind, value as WireValue)
    })
  }

  private async hostAnswer(name: string, args: Record<string, unknown>): Promise<HostAnswer> {
    try {
      return await this.parts.host.call(name, args)
    } catch {
      return { error: { code: 'host.failed', message: 'the host call failed' } }
    }
  }

  private onResult(value: WireValue): void {
    const parsed = ResultFrame.safeParse(value)
    if (!parsed.success) return this.cutBy('crashed')
    const { outcome, response, error, usage, dropped_bytes } = parsed.data
    if ((outcome === 'ok') !== (response !== undefined)) return this.cutBy('crashed')
    const bytes = response ? outputBytes(response) : 0
    if (bytes > this.job.limits.output_bytes) return this.cutBy('output_exceeded')
    const result: ExecutionResult = {
      outcome,
      ...(response && { response: { ...response, body: Buffer.from(response.body) } }),
      ...(error && { error }),
      usage: this.bounded({ ...usage, output_bytes: bytes }),
      ...(dropped_bytes > 0 && { droppedBytes: dropped_bytes }),
    }
    this.conclude({ kind: 'ended', result })
  }

  private countHostCall(): boolean {
    this.hostCalls += 1
    if (this.hostCalls <= this.job.limits.host_calls) return true
    this.cutBy('host_calls_exhausted')
    return false
  }

  /** Ends it here and, by cutting the lane, there. */
  private cutBy(outcome: ExecutionResult['outcome']): void {
    if (this.settled) return
    const usage = this.bounded({ fuel: 0, memory_bytes: 0, wall_ms: Number.POSITIVE_INFINITY, output_bytes: 0 })
    this.conclude({ kind: 'ended', result: { outcome, usage } })
    this.parts.lane.cut()
  }

  private conclude(ran: Ran): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    // Whatever is still being answered would be told to the next call.
    if (this.asking) this.parts.lane.cut()
    this.parts.lane.clear()
    this.settle(ran)
  }

  /** What the runner says that the call used is believed up to what it could have used at most. */
  private bounded(said: Omit<ExecutionResult['usage'], 'host_calls'>): ExecutionResult['usage'] {
    const { limits } = this.job
    const tookMs = Math.round((performance.now() - this.startedAt) * 1000) / 1000
    return {
      fuel: Math.min(said.fuel, limits.fuel * MAX_CORE_MODULES),
      memory_bytes: Math.min(said.memory_bytes, limits.memory_bytes * MAX_CORE_MODULES),
      wall_ms: Math.min(said.wall_ms, tookMs),
      host_calls: this.hostCalls,
      output_bytes: said.output_bytes,
    }
  }
}

const outputBytes = (response: { headers: [string, string][]; body: Uint8Array }): number =>
  response.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) + response.body.length
