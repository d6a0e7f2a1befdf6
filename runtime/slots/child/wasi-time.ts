import type { Pollable, WasiShim } from './wasi-shim.js'

const NS_PER_MS = 1_000_000n
const NS_PER_S = 1_000_000_000n

/** What time it is and how it passes. */
export interface Clock {
  /** Milliseconds since the epoch, the same throughout an invocation; 0 while an instance is made. */
  nowMs(): number
  /** Blocks for so long; does not return where that is longer than the invocation may take. */
  sleep(ms: number): void
}

/**
 * Clocks and polling of one instance. Time stands still, as for every guest, but for what the guest itself slept: that passes
 * for real and moves its clocks by exactly as much, so that they tell nothing of how long anything took.
 */
export class WasiTime {
  private sleptNs = 0n
  private readonly instants = new WeakMap<Pollable, bigint>()

  constructor(
    private readonly shim: WasiShim,
    private readonly clock: Clock,
    /** Told of every resource that is handed to the guest. */
    private readonly onHandedOut: () => void,
  ) {}

  interfaces(): Record<string, Record<string, unknown>> {
    return {
      'wasi:clocks/monotonic-clock': {
        now: () => this.now(),
        resolution: () => NS_PER_MS,
        subscribeInstant: (instant: bigint) => this.timer(BigInt(instant)),
        subscribeDuration: (duration: bigint) => this.timer(this.now() + BigInt(duration)),
      },
      'wasi:clocks/wall-clock': {
        now: () => this.datetime(),
        resolution: () => ({ seconds: 0n, nanoseconds: Number(NS_PER_MS) }),
      },
      'wasi:io/poll': {
        Pollable: this.shim.io.poll.Pollable,
        poll: (pollables: readonly Pollable[]) => this.poll(pollables),
      },
    }
  }

  /** A pollable of something that never has to be waited for: an empty input, an output that takes all. */
  always(): Pollable {
    this.onHandedOut()
    return this.shim.io.pollableCreate()
  }

  private now(): bigint {
    return BigInt(this.clock.nowMs()) * NS_PER_MS + this.sleptNs
  }

  private datetime(): { seconds: bigint; nanoseconds: number } {
    const now = this.now()
    return { seconds: now / NS_PER_S, nanoseconds: Number(now % NS_PER_S) }
  }

  private timer(instant: bigint): Pollable {
    this.onHandedOut()
    const isOver = () => this.now() >= instant
    // The shim's own way of blocking is a promise, which nobody here waits for.
    const pollable = this.shim.io.pollableCreate({ ready: isOver, wait: () => Promise.resolve() })
    this.instants.set(pollable, instant)
    return Object.assign(pollable, { block: () => this.sleepUntil(instant) })
  }

  private poll(pollables: readonly Pollable[]): Uint32Array {
    if (pollables.length === 0) throw new RangeError('poll needs something to wait for')
    const ready = () => pollables.flatMap((pollable, index) => (pollable.ready() ? [index] : []))
    if (ready().length === 0) {
      const instants = pollables.map((pollable) => this.instants.get(pollable)!)
      this.sleepUntil(instants.reduce((first, instant) => (instant < first ? instant : first)))
    }
    return Uint32Array.from(ready())
  }

  private sleepUntil(instant: bigint): void {
    const left = instant - this.now()
    if (left <= 0n) return
    this.clock.sleep(Number(left) / Number(NS_PER_MS))
    this.sleptNs += left
  }
}
