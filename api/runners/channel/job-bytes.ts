import { z } from 'zod'
import type { BodyPort } from '#runtime/slots/body-port.js'
import type { Job } from '#runtime/slots/job.js'
import { decodeValue, encodeValue } from '#runtime/slots/child/wire-value.js'

const Field = z.tuple([z.string(), z.string()])
const Count = z.int().nonnegative()
const Bytes = z.instanceof(Uint8Array)

/** Which bodies of a job go piece by piece, and how much each way. */
const BodiesOnTheWire = z.strictObject({
  stream: z.enum(['request', 'response', 'both']),
  limits: z.strictObject({ request_bytes: Count, response_bytes: Count }),
})
export type BodiesOnTheWire = z.infer<typeof BodiesOnTheWire>

const JobOnTheWire = z.strictObject({
  execution_id: z.string(),
  tenant_id: z.string(),
  artifact: z.string(),
  request: z.strictObject({
    method: z.string(),
    path: z.string(),
    params: z.array(Field),
    query: z.array(Field),
    headers: z.array(Field),
    body: Bytes,
  }),
  limits: z.strictObject({
    fuel: Count,
    memory_bytes: Count,
    wall_ms: Count,
    host_calls: Count,
    output_bytes: Count,
  }),
  labels: z.record(z.string(), z.string()),
  prints_to_log: z.boolean(),
  fixed: z.strictObject({ now_ms: z.number(), seed: Bytes }).optional(),
  bodies: BodiesOnTheWire.optional(),
})

/** A job as bytes: all of it but its deadline, which the order has, the folder, which is nobody else's, and what goes piece by piece. */
export const jobBytes = (job: Job): Buffer =>
  encodeValue({
    execution_id: job.executionId,
    tenant_id: job.tenantId,
    artifact: job.artifact.digest,
    request: { ...job.request },
    limits: { ...job.limits },
    labels: job.labels,
    prints_to_log: job.printsToLog === true,
    fixed: job.fixed && { now_ms: job.fixed.nowMs, seed: job.fixed.seed },
    bodies: job.bodies && { stream: job.bodies.stream, limits: { ...job.bodies.limits } },
  })

/** What stands at the runner that is not in a job's bytes. */
export interface ReadJobWith {
  /** In milliseconds since the epoch of this machine's clock. */
  readonly deadline: number
  /** Where its bodies come from and go to. */
  readonly bodiesOf: (bodies: BodiesOnTheWire) => BodyPort
}

/** Reads a job. Raises where the bytes are none. */
export const readJob = (bytes: Uint8Array, { deadline, bodiesOf }: ReadJobWith): Job => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { execution_id, tenant_id, artifact, request, limits, labels, prints_to_log, fixed, bodies } =
    JobOnTheWire.parse(decodeValue(buffer))
  return {
    ...{ executionId: execution_id, tenantId: tenant_id, artifact: { digest: artifact, folder: '' } },
    ...{ request, limits, labels, deadline, printsToLog: prints_to_log },
    ...(fixed && { fixed: { nowMs: fixed.now_ms, seed: fixed.seed } }),
    ...(bodies && { bodies: bodiesOf(bodies) }),
  }
}
