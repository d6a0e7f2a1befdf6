import type { PublishedEvent } from '#contract/api/events.js'
import type { EventRow } from './published-events.repository.js'

/** A kept event in the envelope of CloudEvents 1.0. */
export const envelope = (row: EventRow): PublishedEvent => ({
  specversion: '1.0',
  id: row.id,
  source: `/v1/installs/${row.install_id}`,
  type: row.type,
  time: row.at,
  datacontenttype: 'application/json',
  data: { ...row.data },
  extensionid: row.extension,
  extensionversion: row.semver,
  executionid: row.execution_id,
  hops: row.hops,
  ...(row.traceparent !== null && { traceparent: row.traceparent }),
})
