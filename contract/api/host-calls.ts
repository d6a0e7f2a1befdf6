import { z } from 'zod'
import { EGRESS_METHODS } from '../manifest/egress.js'
import { Instant, Uuid, text } from '../primitives.js'
import { METRIC_KINDS } from '../vocabulary.js'
import { LOG_LEVELS } from './invocations.js'

/** Host calls of an extension that runs elsewhere, each as its guest world has it. */

const MIB = 1024 * 1024
const MAX_TTL_S = 366 * 86_400

export const KvKeyParams = z.strictObject({ key: text(512, 1) })
export const KvWriteQuery = z.strictObject({
  ttl_s: z.coerce.number().int().min(1).max(MAX_TTL_S).optional().describe('Seconds until the entry is gone'),
})
export const KvWritten = z.strictObject({ version: z.int().describe('Also the ETag') })
export const KvListQuery = z.strictObject({
  prefix: text(511).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: text(512).optional().describe('next_cursor of the page before'),
})
export const KvKeys = z.strictObject({ items: z.array(z.string()), next_cursor: z.string().nullable() })

const Headers = z.array(z.tuple([text(100), text(8192)])).max(50)
/** A request that the host sends; bodies are base64. */
export const FetchRequest = z.strictObject({
  method: z.enum(EGRESS_METHODS).default('GET'),
  url: text(4096),
  headers: Headers.default([]),
  body: z.base64().max(MIB).default(''),
})
export const FetchResponse = z.strictObject({
  status: z.int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.base64(),
})

export const SecretParams = z.strictObject({ name: text(100, 1) })
export const SecretValue = z.strictObject({ name: z.string(), value: z.string() })
export const Settings = z.record(z.string(), z.json())

export const EventToPublish = z.strictObject({
  type: text(200, 1),
  data: z.record(text(200), z.json()).describe('As the manifest declares it'),
})
export const EventPublished = z.strictObject({ id: Uuid })

const MAX_AT_ONCE = 100
export const LogLines = z.strictObject({
  lines: z
    .array(z.strictObject({ level: z.enum(LOG_LEVELS).default('info'), message: text(65_536) }))
    .min(1)
    .max(MAX_AT_ONCE),
})
export const Measurements = z.strictObject({
  measurements: z
    .array(
      z.strictObject({
        kind: z.enum(METRIC_KINDS),
        name: text(63, 1),
        value: z.number(),
        labels: z.record(text(63), text(64)).default({}),
      }),
    )
    .min(1)
    .max(MAX_AT_ONCE),
})
/** What became of calls that a guest posts: those that were refused, by reason. */
export const Posted = z.strictObject({
  accepted: z.int().nonnegative(),
  refused: z.array(z.strictObject({ call: z.string(), reason: z.string(), count: z.int() })),
  at: Instant,
})
export type Posted = z.infer<typeof Posted>
