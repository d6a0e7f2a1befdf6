import { Logger } from '@nestjs/common'
import type { KeptCallRecords } from './kept-calls.repository.js'
import { Periodic } from '../platform/periodic.js'

const INTERVAL_MS = 10 * 60 * 1000
/** What the answers of one organisation may take, at each sweep. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * Deletes kept answers that have expired, and the oldest of whoever keeps too many. Whoever asks for an expired one before
 * it is swept finds nothing all the same.
 */
export class KeptCallSweeper extends Periodic {
  readonly #logger = new Logger('gateway')

  constructor(private readonly records: Pick<KeptCallRecords, 'sweep' | 'trim'>) {
    super(INTERVAL_MS)
  }

  /** Deletes all that has expired or is too much; never rejects. */
  protected async turn(): Promise<void> {
    try {
      while ((await this.records.sweep()) > 0);
      const trimmed = await this.records.trim(MOST_BYTES)
      if (trimmed > 0) this.#logger.warn({ trimmed }, 'an organisation keeps more answers than it may: the oldest went')
    } catch (error) {
      this.#logger.error({ error }, 'kept answers that have expired could not be deleted')
    }
  }
}
