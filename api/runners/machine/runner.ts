import { randomBytes, type KeyObject } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Slots } from '#runtime/slots/slots.js'
import type { Clock } from '../../killswitch/clock.js'
import { INSTANCE_HEADER, LANE_PATH, LANE_PROTOCOL } from '../channel/lane-frames.js'
import { ChannelRefusal } from '../channel/signed.js'
import { WATCH_PATH, WATCH_PROTOCOL, type Beat } from '../channel/watch-frames.js'
import type { ArtifactSource } from './artifact-source.js'
import { HeardKills } from './heard-kills.js'
import { Orders } from './orders.js'
import { runOrderWith, type RunOrder } from './run-order.js'
import { RunnerMetrics } from './runner-metrics.js'
import { ServedLane } from './served-lane.js'
import { ServedWatch } from './served-watch.js'
import { isBearer, switchProtocols, turnAway } from './upgrade.js'

export interface RunnerParts {
  /** This runner's address, as the APIs have it: orders name it. */
  readonly address: string
  /** What every API shows before it is listened to. */
  readonly token: string
  /** Public keys of those who may give orders. */
  readonly orderKeys: readonly KeyObject[]
  readonly slots: Slots
  readonly artifacts: ArtifactSource
  /** Name of the wall. */
  readonly wall: string
  readonly clock: Clock
  /** Told of what was refused on the channel, and of faults. */
  readonly onFault: (error: unknown) => void
}

/** Slots for APIs on other machines: follows their orders, hears their kill lists, and refuses by itself where it hears none. */
export class Runner {
  /** Names this run: orders for an earlier one count for nothing. */
  readonly instance = randomBytes(12).toString('base64url')
  readonly kills: HeardKills
  readonly metrics: RunnerMetrics
  private readonly lanes = new Set<ServedLane>()
  private readonly watches = new Set<ServedWatch>()
  private readonly run: RunOrder
  private draining = false

  constructor(private readonly parts: RunnerParts) {
    const { address: runner, orderKeys: keys, slots, artifacts, clock } = parts
    this.kills = new HeardKills(this.instance, clock)
    this.kills.state.onChange(() => slots.end(({ labels }) => this.kills.state.check(labels) !== null))
    this.metrics = new RunnerMetrics(() => this.standing())
    const run = runOrderWith({
      orders: new Orders({ keys, runner, instance: this.instance, now: Date.now }),
      ...{ kills: this.kills, slots, artifacts },
      isDraining: () => this.draining,
      onEnd: (outcome) => this.metrics.ended(outcome ?? 'refused'),
    })
    this.run = async (frame, on) => {
      try {
        return await run(frame, on)
      } catch (error) {
        if (error instanceof ChannelRefusal) parts.onFault(error)
        throw error
      }
    }
  }

  /** What stands between a request and an answer here: null where the runner is ready. */
  get unready(): 'draining' | null {
    return this.draining ? 'draining' : null
  }

  /** Calls that run or wait. */
  get running(): number {
    return [...this.lanes].filter(({ isIdle }) => !isIdle).length
  }

  /** How it stands, for health. */
  health(): object {
    const { live, leaseMs, epoch } = this.kills.state.snapshot()
    const kill_list = { heard: live, lease_ms: Math.round(leaseMs), epoch: epoch.toString() }
    return { address: this.parts.address, instance: this.instance, ...this.standing(), kill_list }
  }

  /** Takes an upgrade request: a lane, a watch, or nothing of ours. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => undefined)
    if (!isBearer(request, this.parts.token)) return turnAway(stream, 401)
    const wanted = `${request.method} ${request.url} ${request.headers.upgrade}`
    const serve = {
      [`POST ${LANE_PATH} ${LANE_PROTOCOL}`]: () => this.serveLane(stream),
      [`POST ${WATCH_PATH} ${WATCH_PROTOCOL}`]: () => this.serveWatch(stream),
    }[wanted]
    if (!serve) return turnAway(stream, 404)
    if (this.draining) return turnAway(stream, 503)
    switchProtocols(stream, { upgrade: request.headers.upgrade!, [INSTANCE_HEADER]: this.instance })
    if (head.length > 0) stream.unshift(head)
    serve()
  }

  /** Takes nothing new, and resolves once what runs has ended. APIs are told at once. */
  async drain(): Promise<void> {
    this.draining = true
    for (const watch of this.watches) watch.beat()
    const lanes = [...this.lanes].map(async (lane) => {
      await lane.idle()
      // What it says last has to reach the API: the stream is ended, not cut.
      lane.finish()
      await lane.gone
    })
    await Promise.all(lanes)
    for (const watch of this.watches) watch.cut()
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    this.draining = true
    for (const each of [...this.lanes, ...this.watches]) each.cut()
    await Promise.all([...this.lanes].map(({ gone }) => gone))
    await this.parts.slots.close()
  }

  private serveLane(stream: Duplex): void {
    const lane = new ServedLane(stream, this.run)
    this.lanes.add(lane)
    void lane.gone.then(() => this.lanes.delete(lane))
  }

  private serveWatch(stream: Duplex): void {
    const { address: runner, orderKeys: keys, clock, onFault } = this.parts
    const watch = new ServedWatch(stream, {
      ...{ keys, runner, instance: this.instance, kills: this.kills, clock, onFault },
      standing: () => this.standing(),
    })
    this.watches.add(watch)
    void watch.gone.then(() => this.watches.delete(watch))
  }

  private standing(): Omit<Beat, 'challenge'> {
    const { size, members, busy, blank, waiting } = this.parts.slots.snapshot()
    const { running } = this
    const epoch = this.kills.state.epoch.toString()
    return { size, members, busy, blank, waiting, running, draining: this.draining, wall: this.parts.wall, epoch }
  }
}
