import { readSync, writeSync } from 'node:fs'
import { FRAME_HEADER_BYTES } from './frames.js'
import { decodeValue, encodeValue, type WireValue } from './wire-value.js'

export interface Frame {
  readonly kind: number
  readonly value: WireValue
}

/** What one read takes at most, so that frames written together cost one read. */
const READ_BYTES = 64 * 1024

/** The slot's end of the descriptor. Everything blocks: a slot does one thing at a time. */
export class SlotChannel {
  private readonly descriptor: number
  private waiting: Buffer[] = []
  /** What was read lies from `taken` to `end`. What was taken may still be looked at, so it is never written over. */
  private buffer = Buffer.alloc(0)
  private taken = 0
  private end = 0

  constructor(descriptor: number) {
    this.descriptor = descriptor
  }

  /** The next frame, or undefined once the owner has gone. */
  read(): Frame | undefined {
    if (!this.fill(FRAME_HEADER_BYTES)) return undefined
    const size = FRAME_HEADER_BYTES + this.buffer.readUInt32BE(this.taken)
    if (!this.fill(size)) return undefined
    const frame = this.buffer.subarray(this.taken, (this.taken += size))
    return { kind: frame[4]!, value: decodeValue(frame.subarray(FRAME_HEADER_BYTES)) }
  }

  /** Keeps a frame until the next `send`, so that what needs no answer costs no write of its own. */
  post(kind: number, value: WireValue): void {
    this.waiting.push(encodeFrame(kind, value))
  }

  send(kind: number, value: WireValue): void {
    const frame = encodeFrame(kind, value)
    const bytes = this.waiting.length === 0 ? frame : Buffer.concat([...this.waiting, frame])
    this.waiting = []
    for (let written = 0; written < bytes.length;) written += writeSync(this.descriptor, bytes, written)
  }

  /** Reads until `size` bytes are there to take; false once the owner has gone. */
  private fill(size: number): boolean {
    if (this.buffer.length - this.taken < size) this.renew(size)
    while (this.end - this.taken < size) {
      const count = readSync(this.descriptor, this.buffer, this.end, this.buffer.length - this.end, null)
      if (count === 0) return false
      this.end += count
    }
    return true
  }

  private renew(size: number): void {
    const fresh = Buffer.allocUnsafeSlow(Math.max(size, READ_BYTES))
    this.end = this.buffer.copy(fresh, 0, this.taken, this.end)
    this.buffer = fresh
    this.taken = 0
  }
}

/** One frame, header and body. */
export function encodeFrame(kind: number, value: WireValue): Buffer {
  const frame = encodeValue(value, FRAME_HEADER_BYTES)
  frame.writeUInt32BE(frame.length - FRAME_HEADER_BYTES, 0)
  frame[4] = kind
  return frame
}
