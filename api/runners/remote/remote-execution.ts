import { MAX_CORE_MODULES } from '#runtime/admission/limits.js'
import type { Frame } from '#runtime/slots/child/channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import type { ExecutionResult, HostAnswer, HostPort, Job } from '#runtime/slots/job.js'
import { SaysUsage } from '#runtime/slots/slot-answers.js'
import { StreamedBodies } from '#runtime/slots/streamed-bodies.js'
import { BODY_FRAMES, HostCallFrame, LaneFrame, PostedFrame } from '../channel/lane-frames.js'
import { RefusedFrame, ResultFrame, WantFileFrame } from '../channel/lane-frames.js'
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
  | ({ readonly kind: 'lost' } & Lost)

/** What is known of a call that was lost with its runner. */
export interface Lost extends Pick<ExecutionResult, 'usage' | 'streamed'> {
  /** Of bodies that go piece by piece, something was asked for or sent. */
  readonly touched: boolean
}

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
  /** What is being answered: host calls, files, bodies; one at a time. */
  private asking = false
  /** As the runner said it last. */
  private said = { fuel: 0, memory_bytes: 0 }
  private readonly bodies: StreamedBodies | undefined

  constructor(private readonly parts: RemoteExecutionParts) {
    this.ran = new Promise((resolve) => (this.settle = resolve))
    const { bodies, limits } = parts.job
    this.bodies =
      bodies &&
      new StreamedBodies(bodies, {
        reply: (value) => this.reply(LaneFrame.body, value),
        end: (outcome, error) => this.cutBy(outcome, error),
      })
    const { output_bytes } = limits
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
    else this.conclude({ kind: 'lost', usage: this.usageNow(), touched: this.bodies?.isTouched === true })
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
    else if (this.bodies) this.onBodyFrame(this.bodies, { kind, value })
    else this.cutBy('crashed')
  }

  private onRefused(value: WireValue): void {
    const refused = RefusedFrame.safeParse(value)
    // What has made host calls or touched its bodies has begun, whatever the runner says.
    if (!refused.success || this.hostCalls > 0 || this.bodies?.isTouched) return this.cutBy('crashed')
    this.conclude({ kind: 'refused', ...refused.data })
  }

  private onHostCall(value: WireValue): void {
    const call = HostCallFrame.safeParse(value)
    if (!call.success || this.asking) return this.cutBy('crashed')
    this.said = call.data.usage ?? this.said
    if (!this.countHostCall()) return
    this.answer(LaneFrame.reply, this.hostAnswer(call.data.name, call.data.args))
  }

  private onPosted(value: WireValue): void {
    const call = PostedFrame.safeParse(value)
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

  private onBodyFrame(bodies: StreamedBodies, { kind, value }: Frame): void {
    const asSlot = BODY_FRAMES.get(kind)
    const waits = kind === LaneFrame.pull || kind === LaneFrame.room
    if (asSlot === undefined || this.asking) return this.cutBy('crashed')
    const used = SaysUsage.safeParse(value)
    if (used.success) this.said = used.data.usage
    this.asking = waits
    bodies.onFrame({ kind: asSlot, value })
  }

  private answer(kind: number, answer: Promise<unknown>): void {
    this.asking = true
    void answer.then((value) => this.reply(kind, value as WireValue))
  }

  private reply(kind: number, value: WireValue): void {
    this.asking = false
    if (!this.settled) this.parts.lane.send(kind, value)
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
    const streamed = this.bodies?.hasBegun === true ? this.bodies : undefined
    const whole = response && { ...response, body: Buffer.from(response.body) }
    // Of an answer that was streamed, what came is what counts, whatever the runner says of it afterwards.
    const bytes = streamed?.sentBytes ?? (whole ? outputBytes(whole) : 0)
    if (!streamed && bytes > this.job.limits.output_bytes) return this.cutBy('output_exceeded')
    const result: ExecutionResult = {
      outcome,
      ...(whole && { response: streamed?.response ?? whole }),
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
  private cutBy(outcome: ExecutionResult['outcome'], error?: string): void {
    if (this.settled) return
    this.conclude({ kind: 'ended', result: { outcome, ...(error && { error }), usage: this.usageNow() } })
    this.parts.lane.cut()
  }

  private conclude(ran: Ran): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    // Whatever is still being answered would be told to the next call.
    if (this.asking) this.parts.lane.cut()
    this.parts.lane.clear()
    const streamed = this.bodies && { streamed: this.bodies.summary() }
    if (ran.kind === 'ended') this.settle({ ...ran, result: { ...ran.result, ...streamed } })
    else this.settle(ran.kind === 'lost' ? { ...ran, ...streamed } : ran)
  }

  /** What it has used where nobody says how it ended. */
  private usageNow(): ExecutionResult['usage'] {
    const output_bytes = this.bodies?.sentBytes ?? 0
    return this.bounded({ ...this.said, wall_ms: Number.POSITIVE_INFINITY, output_bytes })
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
