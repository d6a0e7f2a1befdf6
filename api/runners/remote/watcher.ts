import { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleAll } from 'cockatiel'
import type { KeyObject } from 'node:crypto'
import type { Frame } from '#runtime/slots/child/channel.js'
import { FrameStream } from '#runtime/slots/frame-stream.js'
import type { Clock } from '../../killswitch/clock.js'
import type { KillState } from '../../killswitch/kill-state.service.js'
import { LEASE_MS, RENEWAL_MS, type NodeAcknowledgement } from '../../killswitch/lease.rules.js'
import { signCompact } from '../channel/signed.js'
import { Beat, MAX_BEAT_BYTES, WATCH_PATH, WATCH_PROTOCOL, WatchFrame } from '../channel/watch-frames.js'
import type { KillListClaims } from '../channel/watch-frames.js'
import { dial, type Address, type Dialled } from './dial.js'

/** What the API lets runners know of its kill list. */
export type KillSource = Pick<KillState, 'snapshot' | 'onChange' | 'epoch'>

export interface WatcherParts {
  readonly address: Address
  readonly key: KeyObject
  readonly kill: KillSource
  readonly clock: Clock
  /** The runner beat for the first time, or again after it was lost. */
  readonly onFound: () => void
  /** Told once each time it is lost, with the reason. */
  readonly onLost: (error: unknown) => void
}

interface Watched extends Dialled {
  readonly frames: FrameStream
  heardAt: number
  /** The list as it was sent last is not the one that stands now. */
  isStale: boolean
  readonly stopListening: () => void
}

/**
 * Keeps the watch of one runner: hears how it stands, and answers each beat with the kill list. A runner whose stream ends
 * or that is silent for a lease is lost; the breaker then has it tried again, later each time.
 */
export class Watcher {
  /** How it stood when it was heard last; null while it is lost. */
  standing: Beat | null = null
  private heard: { readonly epoch: bigint; readonly at: number } | undefined
  private watched: Watched | undefined
  private closed = false
  private cancelTick = (): void => undefined
  private readonly breaker = circuitBreaker(handleAll, {
    halfOpenAfter: new ExponentialBackoff({ initialDelay: RENEWAL_MS, maxDelay: 8_000 }),
    breaker: new ConsecutiveBreaker(1),
  })

  constructor(private readonly parts: WatcherParts) {
    void this.tick()
  }

  /** The kill list that it said it had applied, and how long ago; also while it is lost. Null: it never said. */
  get acknowledged(): NodeAcknowledgement | null {
    if (!this.heard) return null
    const { epoch, at } = this.heard
    return { node: this.parts.address.url, epoch, ageMs: this.parts.clock.now() - at }
  }

  /** Takes the runner for lost, and tries it anew. */
  drop(reason: unknown): void {
    const { watched } = this
    if (!watched) return
    this.watched = undefined
    watched.stopListening()
    watched.stream.destroy()
    const wasHeard = this.standing !== null
    this.standing = null
    if (wasHeard && !this.closed) this.parts.onLost(reason)
  }

  close(): void {
    this.closed = true
    this.cancelTick()
    this.drop(undefined)
  }

  private async tick(): Promise<void> {
    const { clock } = this.parts
    const { watched } = this
    if (!watched) await this.breaker.execute(() => this.connect()).catch(() => undefined)
    else if (clock.now() - watched.heardAt > LEASE_MS) this.drop(new Error(`not heard for ${LEASE_MS} ms`))
    if (!this.closed) this.cancelTick = clock.after(RENEWAL_MS, () => void this.tick())
  }

  private async connect(): Promise<void> {
    const { address, clock, kill } = this.parts
    const dialled = await dial(address, { path: WATCH_PATH, protocol: WATCH_PROTOCOL })
    if (this.closed) return void dialled.stream.destroy()
    const frames = new FrameStream(dialled.stream, {
      onFrame: (frame) => this.onFrame(frame),
      onBroken: (reason) => this.drop(new Error(`its beat is ${reason}`)),
    })
    frames.maxBytes = MAX_BEAT_BYTES
    const watched: Watched = {
      ...{ ...dialled, frames, heardAt: clock.now(), isStale: true },
      // It is asked to beat rather than told: what it is told has to answer a challenge of its own.
      stopListening: kill.onChange(() => {
        watched.isStale = true
        frames.send(WatchFrame.ask, null)
      }),
    }
    this.watched = watched
    dialled.stream.once('close', () => this.watched === watched && this.drop(new Error('its stream ended')))
  }

  private onFrame({ kind, value }: Frame): void {
    const { watched } = this
    const beat = Beat.safeParse(value)
    if (!watched || kind !== WatchFrame.beat || !beat.success) return this.drop(new Error('it does not beat'))
    watched.heardAt = this.parts.clock.now()
    const { epoch } = beat.data
    this.heard = epoch === undefined ? undefined : { epoch: BigInt(epoch), at: watched.heardAt }
    watched.frames.send(WatchFrame.list, this.listFor(watched, beat.data.challenge))
    const isNews = this.standing === null
    this.standing = beat.data
    if (isNews) this.parts.onFound()
  }

  private listFor(watched: Watched, challenge: string): string {
    const { epoch, leaseMs, engaged } = this.parts.kill.snapshot()
    const orders = engaged.map((order) => ({ ...order, epoch: order.epoch?.toString() ?? null }))
    const claims: KillListClaims = {
      ...{ runner: this.parts.address.url, instance: watched.instance, challenge, epoch: epoch.toString() },
      ...{ orders: watched.isStale ? orders : null, left_ms: Math.min(leaseMs, LEASE_MS) },
    }
    watched.isStale = false
    return signCompact('gatehouse-kill-list', claims, this.parts.key)
  }
}
