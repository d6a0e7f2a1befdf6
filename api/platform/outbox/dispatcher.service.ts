import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import { faultOf, retryAfterMs } from './delivery.rules.js'
import type { ClaimedEvent, OutboxRepository } from './outbox.repository.js'
import type { PostgresOutbox } from './outbox.service.js'

/** Looks for due events this often even if no notice came: delayed ones and retries give none. */
const POLL_MS = 1_000
/** A claim that is not extended lapses after this, so that another instance takes over from one that died. */
const LEASE_MS = 15_000
/** Events that one instance acts on at once. */
const MAX_RUNNING = 8

export interface DispatcherParts {
  readonly outbox: PostgresOutbox
  readonly rows: Pick<OutboxRepository, 'claim' | 'extend' | 'delivered' | 'failed' | 'listen'>
  /** How long a failed event waits, in milliseconds. */
  readonly retryAfterMs?: (attempts: number) => number
}

/**
 * Delivers events to their handlers, at least once, in no promised order. Any number of instances run side by side: each
 * event is with one of them at a time.
 */
export class OutboxDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('outbox')
  private readonly running = new Set<Promise<void>>()
  private round: Promise<void> | null = null
  private again = false
  private stopped = false
  private failing = false
  private timer: NodeJS.Timeout | undefined
  private stopListening = (): void => undefined

  constructor(private readonly parts: DispatcherParts) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen()
    this.wake()
  }

  /** Takes nothing more and waits for what is under way; the pools close after that. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.stopListening()
    await this.round
    await Promise.all(this.running)
  }

  /** Looks for due events now; a call during a look makes for another one after it. */
  private wake(): void {
    this.again = true
    if (this.round || this.stopped) return
    clearTimeout(this.timer)
    this.round = this.look().finally(() => {
      this.round = null
      if (this.stopped) return
      this.timer = setTimeout(() => this.wake(), POLL_MS)
      this.timer.unref()
      if (this.again) this.wake()
    })
  }

  private async look(): Promise<void> {
    this.again = false
    const limit = MAX_RUNNING - this.running.size
    const { topics } = this.parts.outbox
    if (limit === 0 || topics.length === 0) return
    try {
      const claimed = await this.parts.rows.claim({ topics, limit, leaseMs: LEASE_MS })
      for (const event of claimed) this.begin(event)
      this.failing = false
    } catch (error) {
      if (!this.failing) this.logger.warn({ error }, 'events could not be looked for')
      this.failing = true
    }
  }

  /** Each event that ends makes room for the next. */
  private begin(event: ClaimedEvent): void {
    const delivery = this.deliver(event)
      .catch((error: unknown) => this.logger.warn({ error, event: event.id }, 'a delivery could not be noted'))
      .finally(() => {
        this.running.delete(delivery)
        this.wake()
      })
    this.running.add(delivery)
  }

  /** One handler's failure keeps the event from no other handler; the event is done when all of them are. */
  private async deliver(event: ClaimedEvent): Promise<void> {
    const { outbox, rows } = this.parts
    const extending = setInterval(() => void rows.extend(event, LEASE_MS).catch(() => undefined), LEASE_MS / 3)
    try {
      const results = await Promise.allSettled(outbox.handlersOf(event.topic).map(async (act) => act(event.payload)))
      const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
      if (faults.length === 0) return await rows.delivered(event)
      const { id, topic, attempts } = event
      this.logger.warn({ event: id, topic, attempts, error: faults[0] }, 'an event will be delivered again')
      await rows.failed(event, faultOf(faults), (this.parts.retryAfterMs ?? retryAfterMs)(attempts))
    } finally {
      clearInterval(extending)
    }
  }

  /** Listens for notices; where that fails or ends, polling goes on and listening is tried again. */
  private async listen(): Promise<void> {
    if (this.stopped) return
    const later = (): void => void setTimeout(() => void this.listen(), POLL_MS).unref()
    try {
      const stop = await this.parts.rows.listen(() => this.wake(), later)
      if (this.stopped) stop()
      else this.stopListening = stop
    } catch {
      later()
    }
  }
}
