import { readSync, writeSync } from 'node:fs'
import { FRAME_HEADER_BYTES } from './frames.js'
import { decodeValue, encodeValue, type WireValue } from './wire-value.js'

export interface Frame {
  readonly kind: number
  readonly value: WireValue
}

/** The slot's end of the descriptor. Everything blocks: a slot does one thing at a time. */
export class SlotChannel {
  private readonly header = Buffer.alloc(FRAME_HEADER_BYTES)
  private readonly descriptor: number
  private waiting: Buffer[] = []

  constructor(descriptor: number) {
    this.descriptor = descriptor
  }

  /** The next frame, or undefined once the owner has gone. */
  read(): Frame | undefined {
    if (!this.fill(this.header)) return undefined
    const body = Buffer.allocUnsafe(this.header.readUInt32BE(0))
    if (!this.fill(body)) return undefined
    return { kind: this.header[4]!, value: decodeValue(body) }
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

  private fill(buffer: Buffer): boolean {
    for (let filled = 0; filled < buffer.length;) {
      const count = readSync(this.descriptor, buffer, filled, buffer.length - filled, null)
      if (count === 0) return false
      filled += count
    }
    return true
  }
}

/** One frame, header and body. */
export function encodeFrame(kind: number, value: WireValue): Buffer {
  const frame = encodeValue(value, FRAME_HEADER_BYTES)
  frame.writeUInt32BE(frame.length - FRAME_HEADER_BYTES, 0)
  frame[4] = kind
  return frame
}
