import { randomUUIDv7 } from 'node:crypto'
import type { Pool } from 'pg'
import type { EventDelivery, EventDeliveryQuery } from '#contract/api/event-deliveries.js'
import type { EventRow } from '../capabilities/published-events.repository.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { TenantFacts } from '../platform/http/caller.js'
import type { IdPage } from '../platform/http/page.js'

/** Topic under which a delivery is due. */
export const DELIVERY_TOPIC = 'extension.delivery'

const DELIVERY = `d.id, d.event_id, d.type, d.install_id, d.extension, d.state, d.attempts, d.fault, d.execution_id,
  ${isoTimestamp('d.created_at', 'created_at')}, ${isoTimestamp('d.updated_at', 'updated_at')}`
/** Puts deliveries of a statement before it, `due`, into the outbox. */
const INTO_OUTBOX = `INSERT INTO outbox (id, tenant_id, topic, payload, available_at)
  SELECT gen_random_uuid(), tenant_id, '${DELIVERY_TOPIC}', jsonb_build_object('delivery_id', id, 'tenant_id', tenant_id), clock_timestamp() FROM due`

interface Subscriber {
  readonly install_id: string
  readonly extension: string
}

/** Installs that subscribed to the type of an event, in the workspace that it comes from: rights in one reach no other. */
export const subscribersOf = async (
  tx: Queryable,
  { event_id, type }: { readonly event_id: string; readonly type: string },
): Promise<Subscriber[]> => {
  const found = await tx.query<Subscriber>(
    `SELECT s.install_id, e.name AS extension FROM extension_event_subscription s
     JOIN tenant_extension_install i ON i.id = s.install_id JOIN extension_registry e ON e.id = i.extension_id
     WHERE s.event_type = $1 AND i.workspace_id = (SELECT workspace_id FROM extension_event WHERE id = $2)
     ORDER BY s.install_id`,
    [type, event_id],
  )
  return found.rows
}

/** The caller's own organisation as decisions name it. */
export const tenantFacts = async (tx: Queryable, tenantId: string): Promise<TenantFacts> => {
  const found = await tx.query<{ tenant: TenantFacts }>(
    `SELECT jsonb_build_object('id', t.id, 'status',
       CASE WHEN t.sandbox_until <= now() AND t.status <> 'closed' THEN 'closing' ELSE t.status END, 'standing', coalesce((
       SELECT jsonb_object_agg(s.kind, jsonb_build_object('value', s.value, 'until', (extract(epoch FROM s.until) * 1000)::bigint))
       FROM standing s WHERE s.subject_kind = 'tenant' AND s.subject_id = t.id::text), '{}')) AS tenant
     FROM tenant t WHERE t.id = $1`,
    [tenantId],
  )
  return found.rows[0]?.tenant ?? null
}

/** Deliveries that the scope can see and the filters let through, newest first. */
export const listDeliveries = async (
  tx: Queryable,
  { rows, before }: IdPage,
  { state, extension }: Pick<EventDeliveryQuery, 'state' | 'extension'>,
): Promise<EventDelivery[]> => {
  const found = await tx.query<EventDelivery>(
    `SELECT ${DELIVERY} FROM extension_event_delivery d
     WHERE ($2::uuid IS NULL OR d.id < $2) AND ($3::text IS NULL OR d.state = $3) AND ($4::text IS NULL OR d.extension = $4)
     ORDER BY d.id DESC LIMIT $1`,
    [rows, before, state ?? null, extension ?? null],
  )
  return found.rows
}

/** One delivery with its organisation, where the scope can see it. */
export const findDelivery = async (
  tx: Queryable,
  id: string,
): Promise<(EventDelivery & { readonly tenant_id: string }) | undefined> => {
  const text = `SELECT ${DELIVERY}, d.tenant_id FROM extension_event_delivery d WHERE d.id = $1`
  return (await tx.query<EventDelivery & { tenant_id: string }>(text, [id])).rows[0]
}

/** What the outbox says of a delivery that is due. */
export interface Due {
  readonly delivery_id: string
  readonly tenant_id: string
}

/** A delivery that is due, with its event. */
export interface DueDelivery {
  readonly id: string
  readonly tenant_id: string
  readonly install_id: string
  /** Where that install is; null where it is gone. */
  readonly workspace_id: string | null
  readonly extension: string
  readonly attempts: number
  readonly event: EventRow
}

/** How an attempt went. */
export interface Attempt {
  readonly state: EventDelivery['state']
  readonly fault: string | null
  readonly executionId: string | null
}

const EVENT = `json_build_object('id', e.id, 'install_id', e.install_id, 'extension', e.extension, 'semver', e.semver, 'type', e.type,
  'data', e.data, 'execution_id', e.execution_id, 'hops', e.hops, 'traceparent', e.traceparent, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`

/** Deliveries as those see them who carry them out: kept as the role that records, read in the scope of their organisation. */
export class DeliveryRecords {
  private readonly records: Pool

  constructor(private readonly database: Pick<Database, 'records' | 'inScope'>) {
    this.records = database.records
  }

  /** Makes a delivery for each subscriber and has it delivered, in one statement; one that is there already stays as it is. */
  async fanOut(event: { event_id: string; tenant_id: string; type: string }, to: readonly Subscriber[]): Promise<void> {
    await this.records.query(
      `WITH due AS (
         INSERT INTO extension_event_delivery (id, event_id, tenant_id, install_id, extension, type)
         SELECT id, $1, $2, install_id, extension, $3 FROM unnest($4::uuid[], $5::uuid[], $6::text[]) AS new (id, install_id, extension)
         ON CONFLICT (event_id, install_id) DO NOTHING RETURNING id, tenant_id)
       ${INTO_OUTBOX}`,
      [
        ...[event.event_id, event.tenant_id, event.type],
        to.map(() => randomUUIDv7()),
        to.map(({ install_id }) => install_id),
        to.map(({ extension }) => extension),
      ],
    )
    await this.wake()
  }

  /** A delivery that waits, with its event; undefined where either is gone or it waits no more. */
  async due({ delivery_id, tenant_id }: Due): Promise<DueDelivery | undefined> {
    const text = `SELECT d.id, d.tenant_id, d.install_id, i.workspace_id, d.extension, d.attempts, ${EVENT} AS event
       FROM extension_event_delivery d JOIN extension_event e ON e.id = d.event_id
       LEFT JOIN tenant_extension_install i ON i.id = d.install_id WHERE d.id = $1 AND d.state = 'waiting'`
    const found = await this.database.inScope({ tenant: tenant_id }, (tx) => tx.query<DueDelivery>(text, [delivery_id]))
    return found.rows[0]
  }

  /** Keeps how an attempt went. */
  async attempted(id: string, { state, fault, executionId }: Attempt): Promise<void> {
    await this.records.query(
      `UPDATE extension_event_delivery SET state = $2, attempts = attempts + 1, fault = $3,
         execution_id = coalesce($4, execution_id), updated_at = clock_timestamp() WHERE id = $1 AND state = 'waiting'`,
      [id, state, fault, executionId],
    )
  }

  /** Has a dead delivery tried again; false where it is not dead. */
  async revive(id: string): Promise<boolean> {
    const { rowCount } = await this.records.query(
      `WITH due AS (
         UPDATE extension_event_delivery SET state = 'waiting', attempts = 0, updated_at = clock_timestamp()
         WHERE id = $1 AND state = 'dead' RETURNING id, tenant_id)
       ${INTO_OUTBOX}`,
      [id],
    )
    await this.wake()
    return rowCount === 1
  }

  private async wake(): Promise<void> {
    await this.records.query(`SELECT pg_notify('gatehouse_outbox', '')`)
  }
}
