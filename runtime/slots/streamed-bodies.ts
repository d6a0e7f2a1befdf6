import { createHash } from 'node:crypto'
import { BeginAnswer, PieceAnswer, PullAnswer } from './slot-answers.js'
import type { BodyPort, Streamed } from './body-port.js'
import { CREDIT_BYTES, FrameKind } from './child/frames.js'
import type { Frame } from './child/channel.js'
import type { WireValue } from './child/wire-value.js'
import type { ExecutionOutcome, GuestResponse } from './job.js'

/** Pieces of one answer: each costs us a write, however little it holds. */
const MAX_PIECES = 16_384
const NO_BODY = Buffer.alloc(0)

/** What an execution does about its bodies. */
export interface BodyOwner {
  reply(value: WireValue): void
  /** Ends the execution, and its slot with it. */
  end(outcome: ExecutionOutcome, error?: string): void
}

/**
 * The bodies of one execution, between its slot and whoever called. Nothing is kept of them: a slot gets bytes when it asks, and
 * what it sends beyond its credit ends it. Counts and digests what goes through.
 */
export class StreamedBodies {
  private readonly input = createHash('sha256')
  private readonly output = createHash('sha256')
  private status: number | null = null
  private headerBytes = 0
  private inputBytes = 0
  private outputBytes = 0
  private pieces = 0
  private credit = CREDIT_BYTES
  private mostWaiting = 0
  /** The slot waits for an answer: it can ask nothing else. */
  private isAsked = false
  private touched = false

  constructor(
    private readonly port: BodyPort,
    private readonly owner: BodyOwner,
  ) {
    void port.gone.then(() => owner.end('client_gone'))
  }

  get hasBegun(): boolean {
    return this.status !== null
  }

  /** Something was asked for or sent: what it comes from is not as it was before. */
  get isTouched(): boolean {
    return this.touched
  }

  /** What an answer that was streamed is once it is whole: its body has gone. */
  get response(): GuestResponse {
    return { status: this.status!, headers: [], body: NO_BODY }
  }

  /** Bytes of the answer, headers included. */
  get sentBytes(): number {
    return this.headerBytes + this.outputBytes
  }

  onFrame({ kind, value }: Frame): void {
    this.touched = true
    if (kind === FrameKind.pull) this.onPull(value)
    else if (kind === FrameKind.begin) this.onBegin(value)
    else if (kind === FrameKind.piece) this.onPiece(value)
    else if (kind === FrameKind.room) this.answer(() => this.room())
    else this.owner.end('crashed')
  }

  summary(): Streamed {
    const { status, inputBytes, outputBytes, mostWaiting } = this
    return {
      ...{ status, inputBytes, outputBytes, mostWaiting },
      inputDigest: this.port.stream === 'response' ? null : `sha256:${this.input.copy().digest('hex')}`,
      outputDigest: this.hasBegun ? `sha256:${this.output.copy().digest('hex')}` : null,
    }
  }

  private onPull(value: WireValue): void {
    const pull = PullAnswer.safeParse(value)
    if (!pull.success || this.port.stream === 'response') return this.owner.end('crashed')
    this.answer(() => this.next(pull.data.max))
  }

  private async next(max: number): Promise<WireValue> {
    const bytes = await this.port.read(max)
    this.inputBytes += bytes.length
    if (this.inputBytes > this.port.limits.request_bytes) return this.owner.end('input_exceeded') ?? null
    this.input.update(bytes)
    this.look()
    return bytes
  }

  private onBegin(value: WireValue): void {
    const head = BeginAnswer.safeParse(value)
    if (!head.success || this.hasBegun || this.port.stream === 'request') return this.owner.end('crashed')
    const { status, headers } = head.data
    try {
      this.port.start(status, headers)
    } catch (error) {
      return this.owner.end('guest_error', `its answer cannot be passed on: ${(error as Error).message}`)
    }
    this.status = status
    this.headerBytes = headers.reduce((sum, [name, content]) => sum + name.length + content.length, 0)
  }

  private onPiece(value: WireValue): void {
    const piece = PieceAnswer.safeParse(value)
    if (!piece.success || !this.hasBegun) return this.owner.end('crashed')
    const { bytes } = piece.data
    this.credit -= bytes.length
    if (this.credit < 0 || this.isAsked) return this.owner.end('crashed')
    this.pieces += 1
    const over = this.sentBytes + bytes.length > this.port.limits.response_bytes || this.pieces > MAX_PIECES
    if (over) return this.owner.end('output_exceeded')
    this.outputBytes += bytes.length
    this.output.update(bytes)
    this.port.write(bytes)
    this.look()
  }

  private look(): void {
    this.mostWaiting = Math.max(this.mostWaiting, this.port.waiting)
  }

  private async room(): Promise<WireValue> {
    await this.port.drained()
    this.credit = CREDIT_BYTES
    return null
  }

  private answer(work: () => Promise<WireValue>): void {
    if (this.isAsked) return this.owner.end('crashed')
    this.isAsked = true
    work().then(
      (value) => {
        this.isAsked = false
        this.owner.reply(value)
      },
      () => this.owner.end('client_gone'),
    )
  }
}
