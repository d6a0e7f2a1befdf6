import type { Pool } from 'pg'
import { listen, type ChannelListener } from '../platform/database/listener.js'

const CHANNEL = 'gatehouse_rates'

/** What instances tell each other of calls a minute, over the records pool. Nothing of it is kept. */
export class RatesRepository {
  constructor(private readonly records: Pool) {}

  /** Tells all that listen, the teller too; each notice has fewer than 8,000 bytes. */
  async tell(notices: readonly string[]): Promise<void> {
    await this.records.query(`SELECT pg_notify('${CHANNEL}', notice) FROM unnest($1::text[]) AS notice`, [notices])
  }

  /** Rejects where it cannot begin. Gives what stops listening. */
  listen(listener: ChannelListener): Promise<() => void> {
    return listen(this.records, CHANNEL, listener)
  }
}
