import { Logger } from '@nestjs/common'
import type { Pool } from 'pg'
import { makePartitionsAhead } from './retention.repository.js'
import { Periodic } from '../platform/periodic.js'

/** Months that partitions are there for before they begin: a service that stands still for so long goes on where it was. */
const MONTHS_AHEAD = 3
const INTERVAL_MS = 60 * 60 * 1000

/** Keeps partitions of decisions ahead of time. Where that fails it is tried again; decisions are kept all the same. */
export class PartitionKeeper extends Periodic {
  readonly #logger = new Logger('ledger')

  /** @param records pool of the role that keeps records */
  constructor(private readonly records: Pool) {
    super(INTERVAL_MS)
  }

  override onApplicationBootstrap(): void {
    this.begin()
    super.onApplicationBootstrap()
  }

  /** Makes what is missing; never rejects. */
  protected async turn(): Promise<void> {
    try {
      const made = await makePartitionsAhead(this.records, MONTHS_AHEAD)
      if (made > 0) this.#logger.log({ made }, 'made partitions of decisions for the months ahead')
    } catch (error) {
      this.#logger.error({ error }, 'partitions of decisions could not be made')
    }
  }
}
