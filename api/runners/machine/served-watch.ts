import { randomBytes, type KeyObject } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Frame } from '#runtime/slots/child/channel.js'
import { FrameStream } from '#runtime/slots/frame-stream.js'
import type { Clock } from '../../killswitch/clock.js'
import type { KillOrder } from '../../killswitch/kill-list.rules.js'
import { RENEWAL_MS } from '../../killswitch/lease.rules.js'
import { ChannelRefusal, openCompact } from '../channel/signed.js'
import { KillListClaims, MAX_LIST_BYTES, WatchFrame, type Beat } from '../channel/watch-frames.js'
import type { HeardKills } from './heard-kills.js'

/** Beats that may be unanswered; an answer to an older one would extend the lease by nothing. */
const MAX_OPEN = 8

export interface ServedWatchParts {
  readonly keys: readonly KeyObject[]
  readonly runner: string
  readonly instance: string
  readonly kills: HeardKills
  readonly clock: Clock
  /** How the runner stands. */
  readonly standing: () => Omit<Beat, 'challenge'>
  /** Told why the stream was cut. */
  readonly onFault: (error: unknown) => void
}

/** The runner's end of a watch: asks for the kill list with every beat, and lets the lease run from when it asked. */
export class ServedWatch {
  readonly gone: Promise<void>
  private readonly frames: FrameStream
  /** Challenges that are open, and when each was sent. */
  private readonly open = new Map<string, number>()
  private orders: readonly KillOrder[] = []
  private cancelBeat = (): void => undefined

  constructor(
    private readonly stream: Duplex,
    private readonly parts: ServedWatchParts,
  ) {
    this.frames = new FrameStream(stream, { onFrame: (frame) => this.onFrame(frame), onBroken: () => this.cut() })
    this.frames.maxBytes = MAX_LIST_BYTES
    stream.once('end', () => this.cut())
    this.gone = new Promise((resolve) => {
      stream.once('close', () => {
        this.cancelBeat()
        parts.kills.forget(this)
        resolve()
      })
    })
    this.beat()
  }

  cut(): void {
    this.stream.destroy()
  }

  /** Says how the runner stands now, and asks for the list. */
  beat(): void {
    const { clock, standing } = this.parts
    this.cancelBeat()
    if (this.stream.destroyed) return
    const challenge = randomBytes(16).toString('base64url')
    this.open.set(challenge, clock.now())
    for (const old of [...this.open.keys()].slice(0, -MAX_OPEN)) this.open.delete(old)
    this.frames.send(WatchFrame.beat, { challenge, ...standing() })
    this.cancelBeat = clock.after(RENEWAL_MS, () => this.beat())
  }

  private onFrame({ kind, value }: Frame): void {
    try {
      if (kind === WatchFrame.ask) this.beat()
      else if (kind === WatchFrame.list && typeof value === 'string') this.take(value)
      else throw new ChannelRefusal('kill_list.malformed', 'this is no frame of a watch')
    } catch (error) {
      this.parts.onFault(error)
      this.cut()
    }
  }

  private take(text: string): void {
    const { keys, runner, instance, kills } = this.parts
    const list = KillListClaims.parse(openCompact('gatehouse-kill-list', text, keys))
    const askedAt = this.open.get(list.challenge)
    if (list.runner !== runner || list.instance !== instance || askedAt === undefined)
      throw new ChannelRefusal('kill_list.elsewhere', 'it answers nothing that was asked here')
    this.open.delete(list.challenge)
    if (list.orders)
      this.orders = list.orders.map((order) => ({ ...order, epoch: order.epoch === null ? null : BigInt(order.epoch) }))
    const before = kills.state.epoch
    kills.hear(this, { epoch: BigInt(list.epoch), orders: this.orders })
    if (list.left_ms > 0) kills.extend(askedAt + list.left_ms)
    // Whoever engaged a kill switch waits to hear that it has come here.
    if (kills.state.epoch !== before) this.beat()
  }
}
