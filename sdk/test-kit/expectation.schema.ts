import { z } from 'zod'
import { Content } from './surroundings.schema.js'

/** What a call is expected to come to; only what is said is held against it. */
export const Expectation = z.strictObject({
  outcome: z
    .string()
    .optional()
    .describe('`ok`, or how it ends, such as `fuel_exhausted`; `denied` where policy denies the call'),
  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: Content.optional(),
  reasons: z.array(z.string()).optional().describe('Ids of the reasons for which the call is denied'),
  calls: z
    .array(z.strictObject({ name: z.string(), error: z.string().optional() }))
    .optional()
    .describe('Host calls in their order; `error` is the code where one is refused or fails'),
  log: z.array(z.string()).optional().describe('Each is part of a line'),
  kv: z.record(z.string(), Content.nullable()).optional().describe('What is stored afterwards; null: nothing'),
  events: z.array(z.strictObject({ type: z.string(), data: z.json() })).optional(),
  sent: z
    .array(
      z.strictObject({
        method: z.string().optional(),
        url: z.string(),
        headers: z.record(z.string(), z.string()).default({}).describe('As the host got them, secrets in their places'),
        body: Content.optional(),
      }),
    )
    .optional()
    .describe('All requests that left, in their order'),
  metrics: z
    .array(
      z.strictObject({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        value: z.number().describe('Of a gauge the last value, else the sum'),
      }),
    )
    .optional(),
  fuel_at_most: z.int().positive().optional().describe('Units of fuel that the call may use'),
})
export type Expectation = z.infer<typeof Expectation>
/** An expectation as it is written. */
export type Expected = z.input<typeof Expectation>
