import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { Kept, RetentionRecords } from './retention.repository.js'

const INTERVAL_MS = 60 * 60 * 1000

/** Days that each kind is kept. */
export type Days = Readonly<Record<Kept, number>>

/** Lets events, their deliveries and measurements go once they are older than the settings keep them. */
export class ExtensionRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('events')
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()

  constructor(
    private readonly records: Pick<RetentionRecords, 'sweep'>,
    private readonly days: Days,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void (this.#sweeping = this.sweep()), INTERVAL_MS)
    this.#timer.unref()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }

  /** Deletes all that is too old, deliveries before their events; never rejects. */
  async sweep(): Promise<void> {
    try {
      for (const kept of ['deliveries', 'events', 'metrics'] as const)
        while ((await this.records.sweep(kept, this.days[kept])) > 0);
    } catch (error) {
      this.#logger.error({ error }, 'old events and measurements could not be deleted')
    }
  }
}
