import type { KeyObject } from 'node:crypto'
import type { HostPort, Job } from '#runtime/slots/job.js'
import type { RunnerState } from '#runtime/slots/slots.js'
import type { Clock } from '../../killswitch/clock.js'
import type { NodeAcknowledgement } from '../../killswitch/lease.rules.js'
import { jobBytes } from '../channel/job-bytes.js'
import { signOrder } from '../channel/order.js'
import type { Beat } from '../channel/watch-frames.js'
import type { Address } from './dial.js'
import { Lane } from './lane.js'
import { RemoteExecution, UNREACHABLE, type FileOf, type Ran } from './remote-execution.js'
import { Watcher, type KillSource } from './watcher.js'

export interface RemoteParts {
  /** Signs orders and kill lists. */
  readonly key: KeyObject
  readonly kill: KillSource
  readonly clock: Clock
  readonly fileOf: FileOf
  /** Told of runners that are lost or found, and of orders that were refused as no order may be. */
  readonly onNews: (what: 'lost' | 'found' | 'refused', url: string, error?: unknown) => void
}

const unreachable = (message: string): Ran => ({ kind: 'refused', code: UNREACHABLE, message })

/** Lanes that are kept open for the next call. */
const MAX_IDLE = 64

/** One runner, as this instance has it: its watch, its lanes, and the calls that run there. */
export class RemoteRunner {
  private readonly watcher: Watcher
  private readonly idle: Lane[] = []
  private readonly lanes = new Set<Lane>()
  private readonly live = new Set<RemoteExecution>()
  private wall: string | null = null
  private closed = false

  constructor(
    readonly address: Address,
    private readonly parts: RemoteParts,
  ) {
    const { key, kill, clock, onNews } = parts
    this.watcher = new Watcher({
      ...{ address, key, kill, clock },
      onFound: () => onNews('found', address.url),
      onLost: (error) => {
        onNews('lost', address.url, error)
        this.cutAll()
      },
    })
  }

  get standing(): Beat | null {
    return this.watcher.standing
  }

  get acknowledged(): NodeAcknowledgement | null {
    return this.watcher.acknowledged
  }

  get state(): RunnerState {
    const { standing } = this
    this.wall = standing?.wall ?? this.wall
    const state = standing === null ? 'lost' : standing.draining ? 'draining' : 'ready'
    return { url: this.address.url, state, wall: this.wall, running: this.live.size }
  }

  /** How full it is: 1 where each slot has a call. Other instances' calls count as they were when it was heard last. */
  get load(): number {
    return Math.max(this.live.size, this.standing?.running ?? 0) / Math.max(1, this.standing?.size ?? 1)
  }

  /** Runs a job there. Never rejects. */
  async run(job: Job, host: HostPort, signal: AbortSignal): Promise<Ran> {
    for (;;) {
      const kept = this.keptLane()
      const lane = kept ?? (await this.openLane())
      if (!(lane instanceof Lane)) return lane
      // While a lane was opened, the call may have been ended, and the runner lost.
      if (signal.aborted || this.closed) {
        this.keep(lane)
        return unreachable('the call was ended')
      }
      const ran = await this.runOn(lane, { job, host, signal })
      // A lane that was kept may have ended just then, the call untouched: that says nothing of the runner.
      if (!kept || ran.kind !== 'refused' || ran.code !== UNREACHABLE) return ran
    }
  }

  close(): void {
    this.closed = true
    this.watcher.close()
    this.cutAll()
  }

  private async runOn(
    lane: Lane,
    { job, host, signal }: { job: Job; host: HostPort; signal: AbortSignal },
  ): Promise<Ran> {
    const { key, kill, fileOf, onNews } = this.parts
    const execution = new RemoteExecution({ job, host, lane, fileOf })
    const stop = (): void => execution.kill()
    signal.addEventListener('abort', stop, { once: true })
    this.live.add(execution)
    try {
      const bytes = jobBytes(job)
      const order = { runner: this.address.url, instance: lane.instance, epoch: kill.epoch, key }
      execution.begin(signOrder(job, bytes, order), bytes)
      const ran = await execution.ran
      if (ran.kind === 'refused' && /^(order|signature)\./.test(ran.code))
        onNews('refused', this.address.url, new Error(`${ran.code}: ${ran.message}`))
      return ran
    } finally {
      this.live.delete(execution)
      signal.removeEventListener('abort', stop)
      this.keep(lane)
    }
  }

  private keptLane(): Lane | undefined {
    for (let lane = this.idle.pop(); lane; lane = this.idle.pop()) if (lane.isAlive) return lane
    return undefined
  }

  private async openLane(): Promise<Lane | Ran> {
    try {
      const opened = await Lane.open(this.address, (lane) => this.lanes.delete(lane))
      this.lanes.add(opened)
      return opened
    } catch (error) {
      return unreachable((error as Error).message)
    }
  }

  private keep(lane: Lane): void {
    if (this.closed || this.idle.length >= MAX_IDLE) lane.cut()
    else if (lane.isAlive) this.idle.push(lane)
  }

  private cutAll(): void {
    this.idle.length = 0
    for (const lane of this.lanes) lane.cut()
  }
}
