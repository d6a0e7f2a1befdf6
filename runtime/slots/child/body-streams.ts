import { CREDIT_BYTES, FrameKind, PIECE_BYTES, type Field, type Streaming } from './frames.js'
import type { WireValue } from './wire-value.js'

/** How the bodies of a call reach the owner. Both raise `LimitReached`. */
export interface BodyLine {
  tell(kind: number, value: { [key: string]: WireValue }): void
  /** Waits for the reply. */
  ask(kind: number, value: { [key: string]: WireValue }): WireValue
}

/**
 * `streams` of our WIT for one call: its bodies piece by piece. Of an answer it sends no more than the owner has room for:
 * once its credit is used up it waits.
 */
export class BodyStreams {
  hasBegun = false
  private hasEnded = false
  private credit = CREDIT_BYTES
  private readonly line: BodyLine
  private readonly stream: Streaming | undefined

  /** @param stream which bodies the endpoint streams; undefined: none */
  constructor(line: BodyLine, stream: Streaming | undefined) {
    this.line = line
    this.stream = stream
  }

  read(max: number): Uint8Array {
    if (this.stream !== 'request' && this.stream !== 'both') throw undeclared('request')
    if (this.hasEnded) return new Uint8Array(0)
    const bytes = this.line.ask(FrameKind.pull, { max: Math.min(Math.max(max, 1), PIECE_BYTES) }) as Uint8Array
    this.hasEnded = bytes.length === 0
    return bytes
  }

  start(status: number, headers: readonly Field[]): void {
    if (this.stream !== 'response' && this.stream !== 'both') throw undeclared('response')
    if (this.hasBegun) throw refused('stream.begun', 'the answer has begun already')
    this.line.tell(FrameKind.begin, { status, headers })
    this.hasBegun = true
  }

  write(bytes: Uint8Array): void {
    if (!this.hasBegun) throw refused('stream.not_begun', 'begin the answer first, with its status and headers')
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.send(bytes.subarray(at, at + PIECE_BYTES))
  }

  private send(bytes: Uint8Array): void {
    if (this.credit < bytes.length) {
      this.line.ask(FrameKind.room, {})
      this.credit = CREDIT_BYTES
    }
    this.credit -= bytes.length
    this.line.tell(FrameKind.piece, { bytes })
  }
}

const undeclared = (body: 'request' | 'response'): Error =>
  refused('stream.undeclared', `the manifest does not say that this endpoint streams its ${body}`)

/** The `error` record of our WIT, as jco takes it. */
const refused = (code: string, message: string): Error =>
  Object.assign(new Error(message), { payload: { code, message, decisionId: undefined } })
