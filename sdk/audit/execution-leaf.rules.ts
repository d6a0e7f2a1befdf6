import type { ExecutionRecord } from '#contract/api/invocations.js'
import { InexactRecord, list, quote, whole } from './exact-fields.rules.js'

/** An execution's row as it is recorded. */
export interface ExecutionLeafSource extends Omit<ExecutionRecord, 'kind' | 'decisions'> {
  readonly decisions: readonly string[]
}

/**
 * Under which id an execution's receipt is in the log. The execution's own id is that of the decision that allowed it, so
 * the receipt has the same one as a UUID of version 8 (RFC 9562 §5.8), which no decision has.
 */
export const receiptIdOf = (executionId: string): string => `${executionId.slice(0, 14)}8${executionId.slice(15)}`

/** A number as ECMAScript writes it, which is its form in RFC 8785 §3.2.2.3. */
const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new InexactRecord(`${value} is not a number of JSON`)
  return value === 0 ? 0 : value
}

/** The RFC 8785 bytes of an execution's leaf, written by hand since every call pays for it. Raises `InexactRecord`. */
export const executionLeaf = (row: ExecutionLeafSource): Uint8Array =>
  Buffer.from(
    `{"artifact":${quote(row.artifact)},"correlation_id":${quote(row.correlation_id)}` +
      `,"decisions":${list(row.decisions)},"denied_calls":${whole(row.denied_calls)},"digest":${quote(row.digest)}` +
      `,"ended_at":${whole(row.ended_at)},"endpoint":${quote(row.endpoint)},"engine":${quote(row.engine)}` +
      `,"extension":${quote(row.extension)},"fuel":${whole(row.fuel)},"host_calls":${whole(row.host_calls)}` +
      `,"id":${quote(row.id)},"input_digest":${quote(row.input_digest)},"install_id":${quote(row.install_id)}` +
      `,"kind":"execution","memory_bytes":${whole(row.memory_bytes)},"outcome":${quote(row.outcome)}` +
      `,"output_bytes":${whole(row.output_bytes)},"output_digest":${quote(row.output_digest)}` +
      `,"publisher_id":${quote(row.publisher_id)},"recording_digest":${quote(row.recording_digest)}` +
      `,"revision":${quote(row.revision)},"semver":${quote(row.semver)},"slot":${quote(row.slot)}` +
      `,"started_at":${whole(row.started_at)},"status":${whole(row.status)},"tenant_id":${quote(row.tenant_id)}` +
      `,"wall_ms":${finite(row.wall_ms)},"workspace_id":${quote(row.workspace_id)}}`,
  )
