import { z } from 'zod'
import { Digest, ExtensionId, Instant, Semver, Uuid, text } from '../primitives.js'
import { EXECUTION_OUTCOMES, METRIC_KINDS } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const Count = z.int().nonnegative()

/** Levels of a guest's log line, mildest first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const

/**
 * What one execution came to. A publisher sees those of its own extensions: `tenant` is then a pseudonym, and what
 * would tell more of that tenant is null.
 */
export const Execution = z.strictObject({
  id: Uuid.describe('Also the id of the decision that allowed it'),
  tenant: text(64),
  workspace_id: Uuid.nullable(),
  install_id: Uuid.nullable(),
  extension: ExtensionId,
  version: Semver,
  digest: Digest.nullable(),
  endpoint: text(200),
  outcome: z.enum(EXECUTION_OUTCOMES),
  status: z.int().describe('HTTP status that the caller got'),
  fuel: Count,
  memory_bytes: Count,
  wall_ms: z.number().nonnegative(),
  host_calls: Count,
  denied_calls: Count,
  denied: z
    .array(z.strictObject({ call: text(40), reason: text(120), count: z.int().positive() }))
    .nullable()
    .describe('Host calls that were refused, posted ones included, and why; null where that is not told'),
  output_bytes: Count,
  input_digest: Digest.nullable(),
  output_digest: Digest.nullable(),
  slot: text(64).nullable(),
  correlation_id: text(64).nullable(),
  started_at: Instant,
  ended_at: Instant,
})
export type Execution = z.infer<typeof Execution>
export const ExecutionPage = pageOf(Execution)

/** Filters of the list; all that are given must fit. */
export const ExecutionQuery = z.strictObject({
  ...pageQuery,
  extension: ExtensionId.optional(),
  outcome: z.enum(EXECUTION_OUTCOMES).optional(),
})
export type ExecutionQuery = z.infer<typeof ExecutionQuery>

/** One line that a guest wrote. `tenant` is a pseudonym where the extension's publisher reads it. */
export const LogLine = z.strictObject({
  id: z.string(),
  execution_id: Uuid,
  tenant: text(64),
  level: z.enum(LOG_LEVELS),
  message: z.string(),
  at: Instant,
})
export type LogLine = z.infer<typeof LogLine>
/** Oldest first; `next_cursor` is the id of the last line, to be sent as `after`, also where no more lines are there yet. */
export const LogPage = pageOf(LogLine)

/** `after` is the id of the last line already seen; without it the newest lines come. */
export const LogQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/, { error: 'must be the id of a log line' })
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type LogQuery = z.infer<typeof LogQuery>

/** What an extension measured of its own work on one day, added up over all measurements of a name with the same labels. */
export const Metric = z.strictObject({
  install_id: Uuid,
  day: z.iso.date(),
  kind: z.enum(METRIC_KINDS),
  name: text(63),
  labels: z.record(text(63), text(200)),
  count: Count,
  sum: z.number(),
  min: z.number(),
  max: z.number(),
  last: z.number(),
})
export type Metric = z.infer<typeof Metric>
/** By name; at most 1,000. */
export const Metrics = z.strictObject({ items: z.array(Metric) })

export const MetricQuery = z.strictObject({
  day: z.iso.date({ error: 'must be a day such as 2026-01-31' }).optional().describe('In UTC; today where absent'),
})
export type MetricQuery = z.infer<typeof MetricQuery>
