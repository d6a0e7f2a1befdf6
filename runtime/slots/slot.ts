import { GLUE_FILE, type Artifact } from '../admission/artifact.js'
import { RuntimeRefusal } from '../errors.js'
import { launch } from '../launcher/launch.js'
import type { Started } from '../launcher/spawner/index.js'
import type { Urgency } from '../launcher/scheduling.js'
import type { WallKind } from '../launcher/walls.js'
import type { Frame } from './child/channel.js'
import { FrameKind } from './child/frames.js'
import type { WireValue } from './child/wire-value.js'
import { Execution, HELD_UP_MS, STUCK_MS } from './execution.js'
import { FrameStream } from './frame-stream.js'
import type { ExecutionResult, HostPort, Job } from './job.js'
import type { Pace } from './placement.rules.js'
import { LoadedAnswer } from './slot-answers.js'
import { wasiShim } from './wasi-shim-files.js'

const PROGRAM = 'runtime/slots/child/main.js'
const BOOT_MS = 20_000
const LOAD_MS = 20_000

/** A slot that did not boot, or an artifact that did not start in it. Codes `slot.boot_failed`, `slot.load_failed`. */
export class SlotFailure extends RuntimeRefusal {}

/** A call that takes longer than this, in milliseconds, is not one to wait behind. */
export const QUICK_MS = 25
/** Calls that wait longer than this for what is outside, in milliseconds, leave a core to others meanwhile. */
const OUTSIDE_MS = 50
/** How much the latest call counts in the slot's pace. */
const PACE_WEIGHT = 0.2
/** Bytes of bodies that are sent ahead: replies to the call at work stand behind them. */
const AHEAD_BYTES = 256 * 1024

const smoothed = (before: number | undefined, latest: number): number =>
  before === undefined ? latest : before + (latest - before) * PACE_WEIGHT

/**
 * One child process behind the wall: one artifact, and one invocation at a time. Further jobs are sent ahead, so that it need
 * not sleep between two, and several answers are read at once; they begin in their order.
 */
export class Slot {
  private readonly frames: FrameStream
  private readonly ended: Promise<void>
  /** The first is at work, the others wait inside the slot. */
  private readonly line: Execution[] = []
  /** Milliseconds that a job takes here; unknown at first. */
  private paceMs: number | undefined
  /** Of these, milliseconds in which it waits for answers to host calls. */
  private outsideMs: number | undefined
  private awaited: ((frame: Frame) => void) | undefined
  private loadedDigest: string | undefined
  private hasSteppedBack = false
  alive = true

  private constructor(
    private readonly launched: Started,
    private readonly urgency: Urgency,
  ) {
    this.ended = launched.ended.then(() => this.onGone())
    this.frames = new FrameStream(launched.channel, {
      onFrame: (frame) => this.onFrame(frame),
      onBroken: (reason) => this.onBroken(reason),
    })
  }

  /** Starts the child and waits until it is ready. Raises `SlotFailure`. */
  static async boot(wall: WallKind, urgency: Urgency = 'usual'): Promise<Slot> {
    const { folder, readable } = wasiShim()
    const launched = await launch(wall, { program: PROGRAM, args: [folder], readable, urgency }).catch(
      (error: unknown) => {
        throw new SlotFailure('slot.boot_failed', `the slot did not start: ${(error as Error).message}`)
      },
    )
    const slot = new Slot(launched, urgency)
    await slot.expect(FrameKind.ready, BOOT_MS, 'slot.boot_failed')
    return slot
  }

  get digest(): string | undefined {
    return this.loadedDigest
  }

  /** How it gets on with its calls, going by those before and the one at work. */
  get pace(): Pace {
    const age = this.line[0]?.ageMs ?? 0
    // What streams lasts as long as whoever reads it.
    if (this.streams || age > STUCK_MS || (this.outsideMs ?? 0) > OUTSIDE_MS) return 'stuck'
    const isDoomed = this.line.some(({ settled }) => settled)
    return !isDoomed && (this.paceMs ?? Infinity) <= QUICK_MS && age <= QUICK_MS ? 'quick' : 'slow'
  }

  /** Whether it takes what others leave of the processors: from its first moment, or since a call went on and on. */
  get behind(): 'always' | 'since' | undefined {
    return this.urgency === 'idle' ? 'always' : this.hasSteppedBack ? 'since' : undefined
  }

  /** Part of a call's time in which it waits for answers to its host calls; 0 where no call has ended yet. */
  get waitingPart(): number {
    return this.paceMs ? Math.min((this.outsideMs ?? 0) / this.paceMs, 1) : 0
  }

  /** Calls that were taken back after they were sent, and have still to run out here. */
  get leftovers(): number {
    let count = 0
    for (const { settled, sent, over } of this.line) if (settled && sent && !over) count += 1
    return count
  }

  /** Told whenever one of them has run out. */
  onRanOut: () => void = () => undefined

  /**
   * Gives back what waits here, since there is a better place for it: what has not been sent yet, and also what was sent where
   * the call at work holds it up.
   */
  giveBack(): void {
    const holdsUp = (this.line[0]?.ageMs ?? 0) > HELD_UP_MS
    for (const execution of this.line.slice(1)) {
      if (!execution.sent) this.takeBack(execution)
      else if (holdsUp) execution.withdraw()
    }
  }

  /** Compiles and instantiates an artifact. After a failure the slot is gone. */
  async load(artifact: Artifact): Promise<void> {
    const { record, files } = artifact
    const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
    const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
    const { resettable, initial_fuel } = record
    const wasi = record.wasi !== undefined
    const loaded = this.expect(FrameKind.loaded, LOAD_MS, 'slot.load_failed')
    this.frames.send(FrameKind.load, { glue, cores, resettable, initial_fuel, wasi })
    const { error } = LoadedAnswer.parse((await loaded).value)
    if (error !== undefined) {
      this.end()
      throw new SlotFailure('slot.load_failed', `the component does not start: ${error}`)
    }
    this.loadedDigest = artifact.digest
  }

  /**
   * Runs one job with the loaded artifact, after those before it. It goes to the slot at once where its turn will soon have
   * come, and otherwise with the answer to the next host call of the one at work, or when its turn comes. Always resolves,
   * with undefined where it was given back untouched; the slot may be dead afterwards.
   * @param onEnd told how it got on, before it resolves
   */
  execute(
    job: Job,
    host: HostPort,
    onEnd?: (how: Pick<Execution, 'waitedMost'>) => void,
  ): Promise<ExecutionResult | undefined> {
    const execution: Execution = new Execution(job, host, {
      send: (kind, value) => this.send(kind, value),
      // One that waits is only marked: where it was sent already, it runs out when its turn comes.
      kill: () => this.line[0] === execution && this.end(),
    })
    if (this.alive) {
      execution.arm()
      if (this.line.push(execution) === 1) this.beginTurn()
      else this.sendAhead()
    } else execution.withdraw()
    return execution.result.then((result) => {
      onEnd?.(execution)
      return result
    })
  }

  /** Ends what matches as `killed`; the slot with it where that has begun, or once its turn would come. */
  kill(matches: (job: Job) => boolean): void {
    for (const execution of this.line) if (matches(execution.job)) execution.condemn()
    if (this.line[0]?.condemned === true) this.end()
  }

  /** Ends one job as `killed`, since nobody waits for it any more; the slot with it where it has begun. */
  cancel(job: Job): void {
    const execution = this.line.find((each) => !each.settled && each.job === job)
    execution?.finish('killed')
    if (execution && execution === this.line[0]) this.end()
  }

  /** SIGKILL: nothing inside can put it off. Who waits inside is given back. */
  end(): void {
    this.alive = false
    this.launched.kill()
    this.launched.channel.destroy()
    for (const execution of this.line.splice(0)) execution.withdraw()
  }

  /** Resolves once the process is gone. */
  gone(): Promise<void> {
    return this.ended
  }

  private send(kind: number, value: WireValue): void {
    if (!this.alive) return
    this.frames.send(kind, value)
    // It is awake now for the answer: what comes next travels in the same write.
    if (kind === FrameKind.reply) this.sendNext()
  }

  private get streams(): boolean {
    return this.line[0]?.job.bodies !== undefined
  }

  private sendNext(): void {
    const next = this.line[1]
    if (next && !this.streams && maySend(next)) next.send()
  }

  /** Sends what will soon have its turn. */
  private sendAhead(): void {
    if (this.line.length < 2 || this.pace !== 'quick') return
    let ms = 0
    let bytes = 0
    for (const execution of this.line) {
      bytes += execution.job.request.body.length
      if (!execution.sent) {
        if (ms > QUICK_MS || bytes > AHEAD_BYTES || !maySend(execution)) return
        execution.send()
      }
      ms += this.paceMs!
    }
  }

  private takeBack(execution: Execution): void {
    this.line.splice(this.line.indexOf(execution), 1)
    execution.withdraw()
  }

  private onFrame(frame: Frame): void {
    const awaited = this.awaited
    const execution = this.line[0]
    if (awaited !== undefined) {
      this.awaited = undefined
      awaited(frame)
    } else if (execution !== undefined) {
      execution.onFrame(frame)
      if (execution.over) this.endTurn(execution)
    } else this.end()
  }

  private beginTurn(): void {
    const execution = this.line[0]!
    execution.beginTurn(() => this.stepBack())
    this.frames.maxBytes = execution.maxFrameBytes
    if (!execution.sent) execution.send()
    this.sendAhead()
  }

  /** A call that goes on and on leaves the processors to those that are soon done. */
  private stepBack(): void {
    if (this.behind || this.streams) return
    this.hasSteppedBack = true
    this.launched.stepBack()
  }

  private endTurn({ tookMs, waitedMs, runsOut }: Execution): void {
    // What runs out waits for nothing, and says nothing of the calls that do.
    if (!runsOut) {
      this.paceMs = smoothed(this.paceMs, tookMs)
      this.outsideMs = smoothed(this.outsideMs, waitedMs)
    }
    this.line.shift()
    // What was ended before it was sent leaves nothing behind.
    while (this.line[0]?.settled === true && !this.line[0].sent) this.line.shift()
    this.goOn()
    if (runsOut) this.onRanOut()
  }

  private goOn(): void {
    const next = this.line[0]
    if (next === undefined) return
    // The slot does not know that it was ended, and has begun it.
    if (next.condemned) this.end()
    else this.beginTurn()
  }

  private onBroken(reason: 'too_large' | 'malformed'): void {
    this.line[0]?.finish(reason === 'too_large' ? 'output_exceeded' : 'crashed')
    this.end()
  }

  private onGone(): void {
    this.line[0]?.finish('crashed', this.launched.complaints())
    this.end()
  }

  private async expect(kind: number, withinMs: number, code: string): Promise<Frame> {
    const arrival = new Promise<Frame>((resolve) => (this.awaited = resolve))
    const timeout = setTimeout(() => this.end(), withinMs)
    const frame = await Promise.race([arrival, this.ended.then(() => undefined)])
    clearTimeout(timeout)
    if (frame?.kind === kind) return frame
    this.end()
    throw new SlotFailure(
      code,
      `the slot ${frame === undefined ? 'died' : 'spoke out of turn'}: ${this.launched.complaints()}`,
    )
  }
}

/** What streams is sent when its turn comes: nobody else could read or write meanwhile. */
const maySend = ({ sent, settled, job }: Execution): boolean => !sent && !settled && job.bodies === undefined
