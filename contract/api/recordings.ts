import { z } from 'zod'
import { Digest, EpochMs, text } from '../primitives.js'
import { EXECUTION_OUTCOMES } from '../vocabulary.js'
import { DecisionExplained } from './decisions.js'

const Count = z.int().nonnegative()
const Fields = z.array(z.tuple([z.string(), z.string()]))

/** Bytes for people and programs: as text where they are UTF-8. */
export const RecordedBytes = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.string() })])
export type RecordedBytes = z.infer<typeof RecordedBytes>

/** One host call of a recorded execution, with the decision that was made on it. Bytes in arguments and answer are as in a body. */
export const RecordedStep = z.strictObject({
  at: Count.describe('From 0'),
  name: text(200),
  args: z.json(),
  posted: z.boolean().describe('The guest did not wait for an answer'),
  answer: z
    .union([
      z.strictObject({ ok: z.json() }),
      z.strictObject({
        error: z.strictObject({ code: z.string(), message: z.string(), decision_id: z.string().optional() }),
      }),
    ])
    .nullable()
    .describe('Null where none was waited for, or none came'),
  decision: DecisionExplained.pick({ id: true, outcome: true, reasons: true })
    .nullable()
    .describe('The decision that fits the call; null where it was refused before policy was asked'),
})
export type RecordedStep = z.infer<typeof RecordedStep>

/** All that an execution was given, what it asked and was answered, and what came of it. Values of secrets are struck out. */
export const ExecutionRecording = z.strictObject({
  form: z.literal(1),
  execution_id: text(64),
  artifact: Digest,
  now_ms: EpochMs.describe('The moment that the guest saw'),
  request: z.strictObject({
    method: z.string(),
    path: z.string(),
    params: Fields,
    query: Fields,
    headers: Fields,
    body: RecordedBytes,
  }),
  limits: z.strictObject({
    fuel: Count,
    memory_bytes: Count,
    wall_ms: z.number().nonnegative(),
    host_calls: Count,
    output_bytes: Count,
  }),
  steps: z.array(RecordedStep),
  result: z.strictObject({
    outcome: z.enum(EXECUTION_OUTCOMES),
    response: z.strictObject({ status: z.int(), headers: Fields, body: RecordedBytes }).nullable(),
    error: z.string().nullable(),
    fuel: Count,
    memory_bytes: Count,
    wall_ms: z.number().nonnegative(),
    host_calls: Count,
    output_bytes: Count,
  }),
})
export type ExecutionRecording = z.infer<typeof ExecutionRecording>
