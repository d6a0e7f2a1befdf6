import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { Pool } from 'pg'
import { makePartitionsAhead } from './retention.repository.js'

/** Months that partitions are there for before they begin: a service that stands still for so long goes on where it was. */
const MONTHS_AHEAD = 3
const INTERVAL_MS = 60 * 60 * 1000

/** Keeps partitions of decisions ahead of time. Where that fails it is tried again; decisions are kept all the same. */
export class PartitionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('ledger')
  #timer: NodeJS.Timeout | undefined
  #making: Promise<void> = Promise.resolve()

  /** @param records pool of the role that keeps records */
  constructor(private readonly records: Pool) {}

  onApplicationBootstrap(): void {
    this.#making = this.make()
    this.#timer = setInterval(() => void (this.#making = this.make()), INTERVAL_MS)
    this.#timer.unref()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer)
    await this.#making
  }

  /** Makes what is missing; never rejects. */
  async make(): Promise<void> {
    try {
      const made = await makePartitionsAhead(this.records, MONTHS_AHEAD)
      if (made > 0) this.#logger.log({ made }, 'made partitions of decisions for the months ahead')
    } catch (error) {
      this.#logger.error({ error }, 'partitions of decisions could not be made')
    }
  }
}
