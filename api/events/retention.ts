import { Logger } from '@nestjs/common'
import type { Kept, RetentionRecords } from './retention.repository.js'
import { Periodic } from '../platform/periodic.js'

const INTERVAL_MS = 60 * 60 * 1000

/** Days that each kind is kept. */
export type Days = Readonly<Record<Kept, number>>

/** Lets events, their deliveries and measurements go once they are older than the settings keep them. */
export class ExtensionRetention extends Periodic {
  readonly #logger = new Logger('events')

  constructor(
    private readonly records: Pick<RetentionRecords, 'sweep'>,
    private readonly days: Days,
  ) {
    super(INTERVAL_MS)
  }

  protected turn(): Promise<void> {
    return this.sweep()
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
