import type { PublishedEventQuery } from '#contract/api/events.js'
import type { JsonObject } from '#contract/json-object.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

/** An event as it is kept. */
export interface EventRow {
  readonly id: string
  readonly install_id: string
  readonly extension: string
  readonly semver: string
  readonly type: string
  readonly data: JsonObject
  readonly execution_id: string
  readonly hops: number
  /** Null: it belongs to no trace. */
  readonly traceparent: string | null
  readonly at: string
}

interface EventPage extends IdPage {
  readonly filters: Pick<PublishedEventQuery, 'extension' | 'type'>
}

/** Events that the scope can see and the filters let through, newest first. */
export const listPublished = async (tx: Queryable, { rows, before, filters }: EventPage): Promise<EventRow[]> => {
  const found = await tx.query<EventRow>(
    `SELECT id, install_id, extension, semver, type, data, execution_id, hops, traceparent, ${isoTimestamp('at')} FROM extension_event
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR extension = $3) AND ($4::text IS NULL OR type = $4)
     ORDER BY id DESC LIMIT $1`,
    [rows, before, filters.extension ?? null, filters.type ?? null],
  )
  return found.rows
}
