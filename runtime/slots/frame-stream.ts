import type { Duplex } from 'node:stream'
import { encodeFrame, type Frame } from './child/channel.js'
import { FRAME_HEADER_BYTES } from './child/frames.js'
import { decodeValue, type WireValue } from './child/wire-value.js'

/** Bytes that may wait for the slot to read them: some of the largest answers. */
const MAX_UNREAD_BYTES = 48 * 1024 * 1024

/**
 * The owner's end of a slot's descriptor. A frame beyond `maxBytes` or one that does not decode ends the reading with
 * `onBroken`: whoever sends such a thing is not to be listened to again.
 */
export class FrameStream {
  maxBytes = 64 * 1024
  private chunks: Buffer[] = []
  private size = 0
  private broken = false

  constructor(
    private readonly stream: Duplex,
    private readonly listener: { onFrame(frame: Frame): void; onBroken(reason: 'too_large' | 'malformed'): void },
  ) {
    stream.on('data', (chunk: Buffer) => this.take(chunk))
    // The slot's end shows as its exit; a write to one that has just died is no news.
    stream.on('error', () => undefined)
  }

  /** Sends a frame; what is sent in one go, such as an answer and the next call, goes in one write, since a write wakes the other side. */
  send(kind: number, value: WireValue): void {
    if (this.broken) return
    if (this.stream.writableCorked === 0) {
      this.stream.cork()
      queueMicrotask(() => this.stream.uncork())
    }
    this.stream.write(encodeFrame(kind, value))
    // Whoever asks and never reads would have the owner keep all answers.
    if (this.stream.writableLength > MAX_UNREAD_BYTES) this.fail('malformed')
  }

  private take(chunk: Buffer): void {
    if (this.broken) return
    this.chunks.push(chunk)
    this.size += chunk.length
    while (!this.broken && this.size >= FRAME_HEADER_BYTES && this.next());
  }

  private next(): boolean {
    const head = this.joined(FRAME_HEADER_BYTES)
    const length = head.readUInt32BE(0)
    if (length > this.maxBytes) return this.fail('too_large')
    if (this.size < FRAME_HEADER_BYTES + length) return false
    const all = this.joined(FRAME_HEADER_BYTES + length)
    const body = all.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + length)
    this.chunks = [all.subarray(FRAME_HEADER_BYTES + length)]
    this.size -= FRAME_HEADER_BYTES + length
    return this.deliver(all[4]!, body)
  }

  private deliver(kind: number, body: Buffer): boolean {
    let value: WireValue
    try {
      value = decodeValue(body)
    } catch {
      return this.fail('malformed')
    }
    this.listener.onFrame({ kind, value })
    return true
  }

  private fail(reason: 'too_large' | 'malformed'): false {
    this.broken = true
    this.chunks = []
    this.listener.onBroken(reason)
    return false
  }

  /** The received bytes as one buffer, once `needed` of them are not in the first chunk alone. */
  private joined(needed: number): Buffer {
    if (this.chunks[0]!.length < needed) this.chunks = [Buffer.concat(this.chunks)]
    return this.chunks[0]!
  }
}
