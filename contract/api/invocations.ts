import { z } from 'zod'
import { Digest, EpochMs, ExtensionId, Instant, Semver, Uuid, text } from '../primitives.js'
import { EXECUTION_OUTCOMES, METRIC_KINDS } from '../vocabulary.js'
import { InclusionReply } from './ledger.js'
import { pageOf, pageQuery } from './page.js'

const Count = z.int().nonnegative()

/** Id of a W3C trace. */
const TraceId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'must be 32 lower-case hex digits' })

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
  trace_id: TraceId.nullable(),
  started_at: Instant,
  ended_at: Instant,
})
export type Execution = z.infer<typeof Execution>
export const ExecutionPage = pageOf(Execution)

/** The leaf of an execution: what ran, under which policy, and what came of it. Its RFC 8785 bytes are what is hashed. */
export const ExecutionRecord = z.strictObject({
  kind: z.literal('execution'),
  id: Uuid.describe('Also the id of the decision that allowed it'),
  tenant_id: Uuid,
  workspace_id: Uuid,
  publisher_id: Uuid,
  install_id: Uuid,
  extension: ExtensionId,
  semver: Semver,
  digest: Digest.describe('The signed bundle'),
  artifact: Digest.describe('What admission made of the bundle, and what ran'),
  engine: text(200).describe('What carried it out'),
  revision: Digest.nullable().describe('The policy that decided it and its host calls'),
  endpoint: text(200),
  outcome: z.enum(EXECUTION_OUTCOMES),
  status: z.int(),
  fuel: Count,
  memory_bytes: Count,
  wall_ms: z.number().nonnegative(),
  host_calls: Count,
  denied_calls: Count,
  decisions: z.array(Uuid).describe('Decisions on its host calls, in their order; identical ones are one'),
  output_bytes: Count,
  input_digest: Digest.describe("Over the request's body"),
  output_digest: Digest.nullable().describe("Over the answer's body; null where the guest gave none"),
  recording_digest: Digest.nullable().describe('Over the recording, where there is one'),
  slot: text(64),
  correlation_id: text(64),
  started_at: EpochMs,
  ended_at: EpochMs,
})
export type ExecutionRecord = z.infer<typeof ExecutionRecord>

/** An execution's receipt: its leaf's fields, with the proof that it is in the log. Its verifier needs nothing else but a key. */
export const ExecutionReceipt = z.strictObject({ receipt: ExecutionRecord, ...InclusionReply.shape })
export type ExecutionReceipt = z.infer<typeof ExecutionReceipt>

/** What a replay is compared by, in the order in which a difference is told. */
export const REPLAY_ASPECTS = [
  'recording',
  'host_call',
  'outcome',
  'status',
  'headers',
  'output',
  'error',
  'fuel',
  'memory',
  'decision',
] as const

/** What came of running a recorded execution again. Payloads are named by digests. */
export const ExecutionReplayed = z.strictObject({
  execution_id: Uuid,
  verdict: z.enum(['identical', 'different']),
  difference: z
    .strictObject({
      what: z.enum(REPLAY_ASPECTS),
      at: z.int().nonnegative().nullable().describe('Which host call or decision, from 0'),
      recorded: z.string().nullable(),
      replayed: z.string().nullable(),
    })
    .nullable()
    .describe('The first one'),
  engine: z.strictObject({ recorded: text(200), replayed: text(200), same: z.boolean() }),
  artifact: Digest.describe('What ran, then and now'),
  host_calls: Count.describe('Recorded; answered from the recording, without any effect'),
  fuel: Count,
  decisions: z.strictObject({ equal: Count, of: Count }).describe('Evaluated again: on the call and on its host calls'),
})
export type ExecutionReplayed = z.infer<typeof ExecutionReplayed>

/** Filters of the list; all that are given must fit. */
export const ExecutionQuery = z.strictObject({
  ...pageQuery,
  extension: ExtensionId.optional(),
  outcome: z.enum(EXECUTION_OUTCOMES).optional(),
  trace_id: TraceId.optional(),
  workspace_id: Uuid.optional().describe('Those of one workspace, for which a role in it is enough'),
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
