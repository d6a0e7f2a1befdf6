import { GLUE_FILE, type Artifact } from '../admission/artifact.js'
import { RuntimeRefusal } from '../errors.js'
import { launch, type Launched } from '../launcher/launch.js'
import type { WallKind } from '../launcher/walls.js'
import type { Frame } from './child/channel.js'
import { FrameKind } from './child/frames.js'
import type { WireValue } from './child/wire-value.js'
import { Execution } from './execution.js'
import { FrameStream } from './frame-stream.js'
import type { ExecutionResult, HostPort, Job } from './job.js'
import { LoadedAnswer } from './slot-answers.js'

const PROGRAM = 'runtime/slots/child/main.js'
const BOOT_MS = 20_000
const LOAD_MS = 20_000

/** A slot that did not boot, or an artifact that did not start in it. Codes `slot.boot_failed`, `slot.load_failed`. */
export class SlotFailure extends RuntimeRefusal {}

/** One child process behind the wall: one artifact at a time, one invocation at a time. */
export class Slot {
  private readonly launched: Launched
  private readonly frames: FrameStream
  private readonly ended: Promise<void>
  private execution: Execution | undefined
  private awaited: ((frame: Frame) => void) | undefined
  private loadedDigest: string | undefined
  alive = true

  private constructor(wall: WallKind) {
    this.launched = launch(wall, { program: PROGRAM })
    this.ended = new Promise((resolve) => {
      this.launched.process.once('exit', () => resolve(this.onGone()))
      this.launched.process.once('error', () => resolve(this.onGone()))
    })
    this.frames = new FrameStream(this.launched.channel, {
      onFrame: (frame) => this.onFrame(frame),
      onBroken: (reason) => this.onBroken(reason),
    })
  }

  /** Starts the child and waits until it is ready. */
  static async boot(wall: WallKind): Promise<Slot> {
    const slot = new Slot(wall)
    await slot.expect(FrameKind.ready, BOOT_MS, 'slot.boot_failed')
    return slot
  }

  get digest(): string | undefined {
    return this.loadedDigest
  }

  get job(): Job | undefined {
    return this.execution?.job
  }

  /** Compiles and instantiates an artifact. After a failure the slot is gone. */
  async load(artifact: Artifact): Promise<void> {
    const { record, files } = artifact
    const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
    const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
    const { resettable, initial_fuel } = record
    const loaded = this.expect(FrameKind.loaded, LOAD_MS, 'slot.load_failed')
    this.frames.send(FrameKind.load, { glue, cores, resettable, initial_fuel })
    const { error } = LoadedAnswer.parse((await loaded).value)
    if (error !== undefined) {
      this.end()
      throw new SlotFailure('slot.load_failed', `the component does not start: ${error}`)
    }
    this.loadedDigest = artifact.digest
  }

  /** Runs one job with the loaded artifact. Always resolves; the slot may be dead afterwards. */
  async execute(job: Job, host: HostPort): Promise<ExecutionResult> {
    const execution = new Execution(job, host, {
      send: (kind, value) => this.send(kind, value),
      kill: () => this.end(),
    })
    this.execution = execution
    this.frames.maxBytes = execution.maxFrameBytes
    execution.start()
    try {
      return await execution.result
    } finally {
      this.execution = undefined
    }
  }

  /** Ends what runs here as `killed`. */
  kill(): void {
    this.execution?.finish('killed')
    this.end()
  }

  /** SIGKILL: nothing inside can put it off. */
  end(): void {
    this.alive = false
    this.launched.process.kill('SIGKILL')
    this.launched.channel.destroy()
  }

  /** Resolves once the process is gone. */
  gone(): Promise<void> {
    return this.ended
  }

  private send(kind: number, value: WireValue): void {
    if (this.alive) this.frames.send(kind, value)
  }

  private onFrame(frame: Frame): void {
    const awaited = this.awaited
    if (awaited !== undefined) {
      this.awaited = undefined
      awaited(frame)
    } else if (this.execution !== undefined) this.execution.onFrame(frame)
    else this.end()
  }

  private onBroken(reason: 'too_large' | 'malformed'): void {
    this.execution?.finish(reason === 'too_large' ? 'output_exceeded' : 'crashed')
    this.end()
  }

  private onGone(): void {
    this.alive = false
    this.execution?.finish('crashed', this.launched.complaints())
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
