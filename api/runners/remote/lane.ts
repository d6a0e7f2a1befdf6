import type { Frame } from '#runtime/slots/child/channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import { FrameStream } from '#runtime/slots/frame-stream.js'
import { LANE_PATH, LANE_PROTOCOL } from '../channel/lane-frames.js'
import { dial, type Address, type Dialled } from './dial.js'

/** What is on a lane: one call. */
export interface OnLane {
  /** Largest frame that it may send, in bytes. */
  readonly maxFrameBytes: number
  onFrame(frame: Frame): void
  onBroken(reason: 'too_large' | 'malformed'): void
  /** The stream ended while the call was on it. */
  onLost(): void
}

/** The API's end of a lane: one call at a time, and cut for whatever is said while there is none. */
export class Lane {
  readonly instance: string
  private readonly frames: FrameStream
  private call: OnLane | undefined

  private constructor({ stream, instance }: Dialled, onGone: (lane: Lane) => void) {
    this.instance = instance
    this.frames = new FrameStream(stream, {
      onFrame: (frame) => (this.call ? this.call.onFrame(frame) : this.cut()),
      onBroken: (reason) => (this.call?.onBroken(reason), this.cut()),
    })
    this.frames.maxBytes = 0
    this.cut = () => {
      this.isAlive = false
      stream.destroy()
    }
    stream.once('close', () => {
      this.isAlive = false
      this.call?.onLost()
      onGone(this)
    })
  }

  isAlive = true
  /** Ends the stream, and with it whatever runs for it at the other end. */
  readonly cut: () => void

  static async open(address: Address, onGone: (lane: Lane) => void): Promise<Lane> {
    return new Lane(await dial(address, { path: LANE_PATH, protocol: LANE_PROTOCOL }), onGone)
  }

  carry(call: OnLane): void {
    this.call = call
    this.frames.maxBytes = call.maxFrameBytes
  }

  /** The call is over and nothing of it can still come. */
  clear(): void {
    this.call = undefined
    this.frames.maxBytes = 0
  }

  send(kind: number, value: WireValue): void {
    if (this.isAlive) this.frames.send(kind, value)
  }
}
