import { randomUUIDv7 } from 'node:crypto'
import type { Pool } from 'pg'
import { listen } from '../database/listener.js'
import type { DomainEvent, Outbox } from './outbox.port.js'

const CHANNEL = 'gatehouse_outbox'

/** An event that this instance has taken for a while. */
export interface ClaimedEvent {
  readonly id: string
  readonly topic: string
  readonly payload: unknown
  /** How often it has been taken, this time included. */
  readonly attempts: number
}

/** Writes an event and, where it is due at once, wakes every dispatcher when the transaction commits. */
export async function insertEvent(tx: Parameters<Outbox['emit']>[0], event: DomainEvent): Promise<void> {
  const { topic, tenantId, payload, availableAt } = event
  await tx.query(
    `WITH event AS (
       INSERT INTO outbox (id, tenant_id, topic, payload, available_at)
       VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, clock_timestamp())))
     SELECT pg_notify('${CHANNEL}', '') WHERE $5::timestamptz IS NULL`,
    [randomUUIDv7(), tenantId, topic, JSON.stringify(payload), availableAt ?? null],
  )
}

/** The outbox as its dispatchers see it, over the records pool. */
export class OutboxRepository {
  constructor(private readonly records: Pool) {}

  /**
   * Takes due events of the topics, oldest first. A row that another instance takes at the same moment is passed over, and
   * none is offered again for `leaseMs`: an instance that dies holds its events up for no longer than that.
   */
  async claim(wanted: { topics: readonly string[]; limit: number; leaseMs: number }): Promise<ClaimedEvent[]> {
    const { rows } = await this.records.query<ClaimedEvent>(
      `UPDATE outbox SET attempts = attempts + 1, available_at = ${fromNow('$3')}
       WHERE id IN (
         SELECT id FROM outbox WHERE delivered_at IS NULL AND available_at <= clock_timestamp() AND topic = ANY($1)
         ORDER BY available_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, topic, payload, attempts`,
      [wanted.topics, wanted.limit, wanted.leaseMs],
    )
    return rows
  }

  /** Keeps a claim for another `leaseMs`, for a handler that takes its time. */
  async extend({ id, attempts }: ClaimedEvent, leaseMs: number): Promise<void> {
    await this.records.query(
      `UPDATE outbox SET available_at = ${fromNow('$3')} WHERE id = $1 AND attempts = $2 AND delivered_at IS NULL`,
      [id, attempts, leaseMs],
    )
  }

  /** Every handler has acted: the event is never offered again. */
  async delivered({ id }: ClaimedEvent): Promise<void> {
    await this.records.query('UPDATE outbox SET delivered_at = clock_timestamp() WHERE id = $1', [id])
  }

  /** A handler failed: offered again after `retryMs`, unless another instance has taken it meanwhile. */
  async failed({ id, attempts }: ClaimedEvent, fault: string, retryMs: number): Promise<void> {
    await this.records.query(
      `UPDATE outbox SET last_error = $3, available_at = ${fromNow('$4')}
       WHERE id = $1 AND attempts = $2 AND delivered_at IS NULL`,
      [id, attempts, fault, retryMs],
    )
  }

  /** Calls `onEvent` whenever one was emitted; `onLost` once where the connection ends. Gives what stops listening. */
  listen(onEvent: () => void, onLost: () => void): Promise<() => void> {
    return listen(this.records, CHANNEL, { onNotice: onEvent, onLost })
  }
}

const fromNow = (milliseconds: string): string =>
  `clock_timestamp() + make_interval(secs => ${milliseconds}::float8 / 1000)`
