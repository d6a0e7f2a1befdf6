/** The program inside a slot: boots, says `ready`, then loads artifacts and answers calls until its owner goes. */
import { BodyStreams } from './body-streams.js'
import { SlotChannel, type Frame } from './channel.js'
import { FrameKind, type CallFrame, type GuestResponse, type LoadFrame, type ResultFrame } from './frames.js'
import { Guest, type GuestFailure, type GuestInstance } from './guest.js'
import { Host, LimitReached, type HostPort } from './host-interfaces.js'
import { RandomStream } from './random-stream.js'
import { GuestExit } from './wasi-interfaces.js'
import { loadShim } from './wasi-shim.js'
import type { WireValue } from './wire-value.js'

const OWNER_DESCRIPTOR = 3
const MAX_ERROR_CHARACTERS = 2000
/** The shim's folder, which only components that import WASI need. */
const [SHIM_FOLDER] = process.argv.slice(2)
/** What an owner takes to end a slot whose time is over. */
const GRACE_MS = 1000
/** Time to load an artifact in; its owner has the same. */
const LOAD_MS = 20_000
const ANSWERED_TWICE = 'handle gave a body back after it had begun to stream one'
const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(4))

type Ended = Omit<ResultFrame, 'dropped_bytes' | 'took_ms'>

class Slot implements HostPort {
  private readonly channel = new SlotChannel(OWNER_DESCRIPTOR)
  private guest: Guest | undefined
  private instance: GuestInstance | undefined
  private now = 0
  private randomness = new RandomStream()
  private hostCallsLeft = 0
  private dropped = 0
  /** When the owner will have ended it, in milliseconds of `performance.now()`. */
  private endsAt = 0
  mayLog = false
  bodies = new BodyStreams(this, undefined)
  /** Calls that came while one waited for a reply. */
  private readonly ahead: Frame[] = []

  async run(): Promise<void> {
    this.channel.send(FrameKind.ready, null)
    for (let frame = this.next(); frame !== undefined; frame = this.next()) {
      if (frame.kind === FrameKind.load) await this.load(frame.value as unknown as LoadFrame)
      else this.invoke(frame.value as unknown as CallFrame)
    }
  }

  call(name: string, args: { [key: string]: WireValue }): WireValue {
    this.pay()
    this.channel.send(FrameKind.hostCall, { name, args, usage: { ...this.instance!.usage() } })
    return this.reply().value
  }

  /** What concerns bodies is no host call, but a guest without fuel gets no further either. */
  tell(kind: number, value: { [key: string]: WireValue }): void {
    this.payFuel()
    this.channel.send(kind, value)
  }

  ask(kind: number, value: { [key: string]: WireValue }): WireValue {
    this.tell(kind, { ...value, usage: { ...this.instance!.usage() } })
    return this.reply().value
  }

  post(name: string, args: { [key: string]: WireValue }): void {
    this.pay()
    this.channel.post(FrameKind.posted, { name, args })
  }

  nowMs(): number {
    return this.now
  }

  random(count: number): Uint8Array {
    return this.randomness.bytes(count)
  }

  sleep(ms: number): void {
    const left = this.endsAt - performance.now()
    Atomics.wait(NEVER_WOKEN, 0, 0, Math.max(Math.min(ms, left), 0))
    // Its owner would have ended it by now, and so has gone.
    if (ms > left) process.exit(0)
  }

  drop(bytes: number): void {
    this.dropped += bytes
  }

  private next(): Frame | undefined {
    return this.ahead.shift() ?? this.channel.read()
  }

  /** The answer to the host call that was just made; calls that come before it wait. */
  private reply(): Frame {
    for (;;) {
      const frame = this.channel.read()
      // The owner has gone in the middle of a call: nobody waits for what comes next.
      if (frame === undefined) process.exit(0)
      if (frame.kind === FrameKind.reply) return frame
      this.ahead.push(frame)
    }
  }

  private async load(load: LoadFrame): Promise<void> {
    try {
      this.endsAt = performance.now() + LOAD_MS + GRACE_MS
      const shim = load.wasi ? await loadShim(SHIM_FOLDER!) : undefined
      this.guest = await Guest.load(load, () => new Host(this, shim))
      this.channel.send(FrameKind.loaded, {})
    } catch (error) {
      this.channel.send(FrameKind.loaded, { error: messageOf(error) })
    }
  }

  private invoke(call: CallFrame): void {
    const startedAt = performance.now()
    const ended = this.attempt(call)
    const result = { ...ended, dropped_bytes: this.dropped, took_ms: performance.now() - startedAt }
    this.channel.send(FrameKind.result, result as unknown as WireValue)
    // After the reply, so that nobody waits for it.
    const isClean = result.outcome === 'ok' || result.outcome === 'guest_error'
    this.guest?.recycle(isClean && call.seed === undefined)
  }

  private attempt(call: CallFrame): Ended {
    this.now = call.now_ms ?? Date.now()
    this.randomness = new RandomStream(call.seed)
    this.endsAt = performance.now() + call.wall_ms + GRACE_MS
    this.mayLog = call.may_log
    this.dropped = 0
    this.bodies = new BodyStreams(this, call.stream)
    this.instance = undefined
    // Instantiating again runs the guest's start functions, which can make no host calls then either.
    this.hostCallsLeft = 0
    try {
      // What the guest's start functions draw is of this invocation too, so that a replay starts from the same.
      if (call.seed !== undefined) this.guest!.recycle(false)
      const instance = (this.instance = this.guest!.pristine())
      this.hostCallsLeft = call.host_calls
      const response = instance.call(call.request, call.fuel, call.memory_pages)
      return settled(call, { instance, response, hasBegun: this.bodies.hasBegun })
    } catch (error) {
      return failed(call, this.instance, error as GuestFailure | string)
    }
  }

  private pay(): void {
    this.payFuel()
    if (this.hostCallsLeft-- <= 0) throw new LimitReached('host_calls_exhausted')
  }

  private payFuel(): void {
    if (this.instance?.outOfFuel === true) throw new LimitReached('fuel_exhausted')
  }
}

interface Returned {
  readonly instance: GuestInstance
  readonly response: GuestResponse
  /** Its answer went out in pieces. */
  readonly hasBegun: boolean
}

function settled(call: CallFrame, { instance, response, hasBegun }: Returned): Ended {
  const usage = instance.usage()
  if (instance.outOfFuel) return { outcome: 'fuel_exhausted', usage }
  if (hasBegun && response.body.length > 0) return { outcome: 'guest_error', error: ANSWERED_TWICE, usage }
  if (hasBegun) return { outcome: 'ok', usage }
  if (outputBytes(response) > call.output_bytes) return { outcome: 'output_exceeded', usage }
  const { status, headers, body } = response
  return { outcome: 'ok', response: { status, headers, body }, usage }
}

function failed(call: CallFrame, instance: GuestInstance | undefined, error: GuestFailure | string): Ended {
  const usage = instance?.usage() ?? { fuel: 0, memory_bytes: 0 }
  if (error instanceof LimitReached) return { outcome: error.outcome, usage }
  if (instance?.outOfFuel === true) return { outcome: 'fuel_exhausted', usage }
  if (instance?.growthRefused === true || (instance?.pages ?? 0) > call.memory_pages)
    return { outcome: 'memory_exhausted', usage }
  if (error instanceof GuestExit) return { outcome: 'exited', error: error.message, usage }
  const answered = typeof error === 'string' ? error : error.payload
  if (typeof answered === 'string') return { outcome: 'guest_error', error: clip(answered), usage }
  return { outcome: 'trap', error: messageOf(error), usage }
}

function outputBytes(response: GuestResponse): number {
  const headers = response.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return headers + response.body.length
}

function messageOf(error: unknown): string {
  return clip(error instanceof Error ? error.message : String(error))
}

function clip(text: string): string {
  return text.slice(0, MAX_ERROR_CHARACTERS)
}

await new Slot().run()
