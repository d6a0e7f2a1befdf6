import { randomUUIDv7 } from 'node:crypto'
import type { EventSink, Publication } from '#runtime/host-calls/ports.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Database } from '../platform/database/database.service.js'
import type { Invocation } from './invocation.js'

const INSERT = `INSERT INTO extension_event
  (id, tenant_id, workspace_id, publisher_id, install_id, extension, semver, type, data, execution_id, hops, traceparent)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

/** Keeps what extensions publish. PostgreSQL puts each event into the outbox in the same transaction. */
export class EventsRepository implements EventSink<CallTarget> {
  constructor(private readonly database: Pick<Database, 'extensionData'>) {}

  /** Publishes on behalf of a running invocation; gives the event's id once it is durable. */
  async publish(
    { target, executionId, hops, traceparent }: Pick<Invocation, 'target' | 'executionId' | 'hops' | 'traceparent'>,
    { type, data }: Publication,
  ): Promise<string> {
    const id = randomUUIDv7()
    const { tenantId, workspaceId, publisherId, installId, extension, semver } = target
    const whose = [tenantId, workspaceId, publisherId, installId, extension, semver]
    await this.database.extensionData(tenantId, (tx) =>
      tx.query(INSERT, [id, ...whose, type, JSON.stringify(data), executionId, hops + 1, traceparent ?? null]),
    )
    return id
  }
}
