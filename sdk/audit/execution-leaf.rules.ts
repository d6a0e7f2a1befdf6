import type { ExecutionRecord } from '#contract/api/invocations.js'
import { exactBytes, finite, whole } from './exact-fields.rules.js'

/** An execution's row as it is recorded. */
export interface ExecutionLeafSource extends Omit<ExecutionRecord, 'kind' | 'decisions'> {
  readonly decisions: readonly string[]
}

/**
 * Under which id an execution's receipt is in the log. The execution's own id is that of the decision that allowed it, so
 * the receipt has the same one as a UUID of version 8 (RFC 9562 §5.8), which no decision has.
 */
export const receiptIdOf = (executionId: string): string => `${executionId.slice(0, 14)}8${executionId.slice(15)}`

/** The RFC 8785 bytes of an execution's leaf, its fields already in their order since every call pays for it. Raises `InexactRecord`. */
export const executionLeaf = (row: ExecutionLeafSource): Uint8Array =>
  exactBytes({
    artifact: row.artifact,
    correlation_id: row.correlation_id,
    decisions: row.decisions,
    denied_calls: whole(row.denied_calls),
    digest: row.digest,
    ended_at: whole(row.ended_at),
    endpoint: row.endpoint,
    engine: row.engine,
    extension: row.extension,
    fuel: whole(row.fuel),
    host_calls: whole(row.host_calls),
    id: row.id,
    input_digest: row.input_digest,
    install_id: row.install_id,
    kind: 'execution',
    memory_bytes: whole(row.memory_bytes),
    outcome: row.outcome,
    output_bytes: whole(row.output_bytes),
    output_digest: row.output_digest,
    publisher_id: row.publisher_id,
    recording_digest: row.recording_digest,
    revision: row.revision,
    semver: row.semver,
    slot: row.slot,
    started_at: whole(row.started_at),
    status: whole(row.status),
    tenant_id: row.tenant_id,
    wall_ms: finite(row.wall_ms),
    workspace_id: row.workspace_id,
  })
