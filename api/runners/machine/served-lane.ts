import type { Duplex } from 'node:stream'
import { RuntimeRefusal } from '#runtime/errors.js'
import type { Frame } from '#runtime/slots/child/channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import { FrameStream } from '#runtime/slots/frame-stream.js'
import type { BodyPort } from '#runtime/slots/body-port.js'
import type { ExecutionResult, ExecutionUsage, HostAnswer, HostPort } from '#runtime/slots/job.js'
import { FileFrame, LaneFrame, MAX_TO_RUNNER_BYTES, OrderFrame, ReplyFrame } from '../channel/lane-frames.js'
import type { BodiesOnTheWire } from '../channel/job-bytes.js'
import { laneBodies } from './lane-bodies.js'
import type { RunOrder } from './run-order.js'

/** Something that the other side is to answer; one at a time, as a slot does one thing at a time. */
interface Asked {
  readonly kind: number
  readonly settle: (value: WireValue) => void
  readonly fail: (error: Error) => void
}

class LaneGone extends Error {}

const UNUSED = { fuel: 0, memory_bytes: 0 }

/** The runner's end of a lane: takes one order after another, and is cut for whatever comes out of turn. */
export class ServedLane implements HostPort {
  /** Resolves once the stream is gone and what ran on it has ended. */
  readonly gone: Promise<void>
  private readonly frames: FrameStream
  private readonly asked: Asked[] = []
  private running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined
  /** What the call that runs has used, as its slot said last. */
  private usage = UNUSED

  constructor(
    private readonly stream: Duplex,
    private readonly run: RunOrder,
  ) {
    this.frames = new FrameStream(stream, {
      onFrame: (frame) => this.onFrame(frame),
      onBroken: () => this.cut(),
    })
    this.frames.maxBytes = MAX_TO_RUNNER_BYTES
    // A server's sockets stay half open by themselves: an API that has ended its side waits for nothing.
    stream.once('end', () => this.cut())
    this.gone = new Promise((resolve) => {
      stream.once('close', () => {
        // Cutting the stream is how a call is ended from outside, and what becomes of it when the API is gone.
        this.running?.stop.abort()
        for (const { fail } of this.asked.splice(0)) fail(new LaneGone('the lane is gone'))
        resolve(this.running?.done)
      })
    })
  }

  get isIdle(): boolean {
    return this.running === undefined
  }

  /** Resolves once nothing runs on it. */
  idle(): Promise<void> {
    return this.running?.done ?? Promise.resolve()
  }

  /** Ends the lane once what was said has gone out. */
  finish(): void {
    this.stream.end()
  }

  cut(): void {
    this.stream.destroy()
  }

  async call(name: string, args: Readonly<Record<string, unknown>>): Promise<HostAnswer> {
    const answer = await this.ask(
      LaneFrame.hostCall,
      { name, args: args as Record<string, WireValue>, usage: this.usage },
      LaneFrame.reply,
    )
    return ReplyFrame.parse(answer) as HostAnswer
  }

  post(name: string, args: Readonly<Record<string, unknown>>): void {
    this.frames.send(LaneFrame.posted, { name, args: args as Record<string, WireValue> })
  }

  used({ fuel, memory_bytes }: Pick<ExecutionUsage, 'fuel' | 'memory_bytes'>): void {
    this.usage = { fuel, memory_bytes }
  }

  /** The bodies of the call that runs, as its job has them. */
  bodies(wanted: BodiesOnTheWire): BodyPort {
    const { stream } = this
    return laneBodies(wanted, {
      get unsent() {
        return stream.writableLength
      },
      tell: (kind, value) => this.frames.send(kind, value),
      ask: (kind, value) => this.ask(kind, { ...value, usage: this.usage }, LaneFrame.body),
    })
  }

  /** A file of the artifact of the call that runs. */
  async readFile(file: string): Promise<Uint8Array | null> {
    return FileFrame.parse(await this.ask(LaneFrame.wantFile, { file }, LaneFrame.file)).bytes
  }

  accept(): void {
    this.frames.send(LaneFrame.accepted, null)
  }

  private ask(kind: number, value: WireValue, answeredBy: number): Promise<WireValue> {
    if (this.stream.destroyed) return Promise.reject(new LaneGone('the lane is gone'))
    return new Promise((resolve, reject) => {
      this.asked.push({ kind: answeredBy, settle: resolve, fail: reject })
      this.frames.send(kind, value)
    })
  }

  private onFrame({ kind, value }: Frame): void {
    if (kind === LaneFrame.order) {
      const order = OrderFrame.safeParse(value)
      // One at a time: whoever sends a second order is not the API.
      if (this.running || !order.success) this.cut()
      else this.begin(order.data)
      return
    }
    const at = this.asked.findIndex((each) => each.kind === kind)
    const [asked] = at < 0 ? [] : this.asked.splice(at, 1)
    if (asked) asked.settle(value)
    else this.cut()
  }

  private begin(order: OrderFrame): void {
    const stop = new AbortController()
    this.usage = UNUSED
    const done = this.run(order, { lane: this, signal: stop.signal })
      .then((result) => this.frames.send(LaneFrame.result, resultOf(result)))
      .catch((error: unknown) => this.refuse(error))
      .finally(() => {
        this.running = undefined
        for (const { fail } of this.asked.splice(0)) fail(new LaneGone('the call is over'))
      })
    this.running = { stop, done }
  }

  private refuse(error: unknown): void {
    const code = error instanceof RuntimeRefusal ? error.code : 'runner.failed'
    const message = (error instanceof RuntimeRefusal ? error.message : 'the runner failed').slice(0, 4000)
    this.frames.send(LaneFrame.refused, { code, message })
  }
}

const resultOf = ({ outcome, response, error, usage, droppedBytes }: ExecutionResult): WireValue => ({
  ...{ outcome, error: error?.slice(0, 4000) },
  response: response && { status: response.status, headers: response.headers, body: response.body },
  usage: {
    ...{ fuel: usage.fuel, memory_bytes: usage.memory_bytes },
    ...{ wall_ms: usage.wall_ms, output_bytes: usage.output_bytes },
  },
  dropped_bytes: droppedBytes ?? 0,
})
