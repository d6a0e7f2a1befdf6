import { z } from 'zod'
import { digestOf } from '../digest.js'
import { decodeValue, encodeValue, type WireValue } from '../slots/child/wire-value.js'
import type { ExecutionResult, HostAnswer, Job } from '../slots/job.js'

/** A host call as it was made and answered; `answer` is null where it was posted or never answered. */
export interface RecordedCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly answer: HostAnswer | null
}

/** All that an execution was given, and what came of it. */
export interface Recording {
  readonly job: Job
  readonly calls: readonly RecordedCall[]
  readonly result: ExecutionResult
}

const Bytes = z.instanceof(Uint8Array)
const Count = z.number().nonnegative()
const Fields = z.array(z.tuple([z.string(), z.string()]))
const Form = z.object({
  form: z.literal(1),
  job: z.object({
    executionId: z.string(),
    tenantId: z.string(),
    artifact: z.object({ digest: z.string(), folder: z.string() }),
    request: z.object({
      ...{ method: z.string(), path: z.string(), params: Fields, query: Fields, headers: Fields },
      body: Bytes,
    }),
    limits: z.object({
      ...{ fuel: Count, memory_bytes: Count, wall_ms: Count, host_calls: Count, output_bytes: Count },
    }),
    deadline: Count,
    labels: z.record(z.string(), z.string()),
    fixed: z.object({ nowMs: Count, seed: Bytes }),
  }),
  // Each by itself, since one wire value holds so many values and no more.
  calls: z.array(Bytes),
  result: Bytes,
})

/** One form for equal values, whatever holds their bytes. */
export const bytesOf = (value: unknown): Buffer => encodeValue(value as WireValue)
const valueIn = (bytes: Uint8Array): unknown =>
  decodeValue(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))

/** What is sealed and kept of a recording. `calls` are in the form of {@link callBytes}. */
export const recordingBytes = (job: Job, calls: readonly Uint8Array[], result: ExecutionResult): Buffer =>
  bytesOf({ form: 1, job, calls, result: bytesOf(result) })

/** One host call as a recording has it. */
export const callBytes = ({ name, args, answer }: RecordedCall): Buffer => bytesOf({ name, args, answer })

/** Reads a recording. Raises WireError or ZodError where it has another form. */
export const readRecording = (bytes: Uint8Array): Recording => {
  const { job, calls, result } = Form.parse(valueIn(bytes))
  return {
    job,
    calls: calls.map((call) => valueIn(call) as RecordedCall),
    result: valueIn(result) as ExecutionResult,
  }
}

/** What of a host call was asked, in words that disclose no payload. */
export const callWords = ({ name, args }: Pick<RecordedCall, 'name' | 'args'>): string =>
  `${name} ${digestOf(bytesOf(args))}`
