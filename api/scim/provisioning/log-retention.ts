import { Logger } from '@nestjs/common'
import type { Database } from '../../platform/database/database.service.js'
import { Periodic } from '../../platform/periodic.js'
import { sweepLog } from './log.repository.js'

const INTERVAL_MS = 60 * 60 * 1000

/** Lets requests in the provisioning log go once they are older than the setting keeps them. */
export class LogRetention extends Periodic {
  private readonly logger = new Logger('scim')

  constructor(
    private readonly database: Pick<Database, 'records'>,
    private readonly days: number,
  ) {
    super(INTERVAL_MS)
  }

  protected turn(): Promise<void> {
    return this.sweep()
  }

  /** Deletes all that is too old, a batch at a time; never rejects. */
  async sweep(): Promise<void> {
    try {
      while ((await sweepLog(this.database.records, this.days)) > 0);
    } catch (error) {
      this.logger.error({ error }, 'old requests of identity providers could not be deleted')
    }
  }
}
