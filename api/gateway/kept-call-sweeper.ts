import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { KeptCallRecords } from './kept-calls.repository.js'

const INTERVAL_MS = 10 * 60 * 1000

/** Deletes kept answers that have expired. Whoever asks for one before it is swept finds nothing all the same. */
export class KeptCallSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('gateway')
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()

  constructor(private readonly records: Pick<KeptCallRecords, 'sweep'>) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void (this.#sweeping = this.sweep()), INTERVAL_MS)
    this.#timer.unref()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }

  /** Deletes all that has expired; never rejects. */
  async sweep(): Promise<void> {
    try {
      while ((await this.records.sweep()) > 0);
    } catch (error) {
      this.#logger.error({ error }, 'kept answers that have expired could not be deleted')
    }
  }
}
