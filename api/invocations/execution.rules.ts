import { digestOf } from '#runtime/digest.js'
import { PROBLEMS, problem, type Problem, type ProblemCode } from '#contract/problems.js'
import type { ExecutionOutcome } from '#contract/vocabulary.js'
import { SLOT_ENGINE } from '#runtime/slots/engine.js'
import type { ExecutionResult, GuestRequest } from '#runtime/slots/job.js'
import type { ExecutionLeafSource } from '#sdk/audit/execution-leaf.rules.js'
import type { Refused } from '#runtime/host-calls/refusals.js'
import type { Invocation } from '../capabilities/invocation.js'
import { lostWords } from './repeat.rules.js'
import { within, type Trace } from '../platform/http/trace-context.rules.js'
import type { Done } from '../platform/telemetry/spans.js'

/** A row of `extension_execution_log`. Times are RFC 3339. */
export interface ExecutionRow {
  readonly id: string
  readonly tenant_id: string
  readonly workspace_id: string
  readonly publisher_id: string
  readonly install_id: string
  readonly extension: string
  readonly semver: string
  readonly digest: string
  readonly endpoint: string
  readonly outcome: ExecutionOutcome
  readonly status: number
  readonly fuel: number
  readonly memory_bytes: number
  readonly wall_ms: number
  readonly host_calls: number
  readonly denied_calls: number
  readonly output_bytes: number
  readonly input_digest: string
  readonly output_digest: string | null
  readonly slot: string
  readonly correlation_id: string
  readonly trace_id: string | null
  readonly started_at: string
  readonly ended_at: string
  readonly revision: string | null
  readonly artifact: string
  readonly engine: string
  readonly decisions: readonly string[]
  readonly recording_digest: string | null
  readonly denied: readonly Refused[]
}

/** One execution that ended. Times are in milliseconds since the epoch. */
export interface Ended {
  readonly invocation: Invocation
  readonly endpoint: string
  readonly request: GuestRequest
  readonly result: ExecutionResult
  /** What ran it; the slots of this version where absent. */
  readonly engine?: string
  /** The instance, or the runner, whose slot it was. */
  readonly node: string
  readonly deniedCalls: number
  /** Of its host calls, in their order. */
  readonly decisionIds: readonly string[]
  readonly refused: readonly Refused[]
  readonly startedAt: number
  readonly endedAt: number
}

/** The problem that a caller gets for an outcome. */
const PROBLEM_OF: Record<Exclude<ExecutionOutcome, 'ok'>, ProblemCode> = {
  guest_error: 'execution.guest_error',
  fuel_exhausted: 'execution.fuel_exhausted',
  memory_exhausted: 'execution.memory_exhausted',
  time_exceeded: 'execution.time_exceeded',
  output_exceeded: 'execution.output_exceeded',
  host_calls_exhausted: 'execution.host_calls_exhausted',
  exited: 'execution.exited',
  trap: 'execution.trap',
  killed: 'execution.killed',
  crashed: 'execution.crashed',
  client_gone: 'execution.client_gone',
  input_exceeded: 'execution.input_exceeded',
}

/** HTTP status of the answer: the guest's own, also of one that was cut off, or that of the problem. */
const statusOf = ({ outcome, response, streamed }: ExecutionResult): number =>
  streamed?.status ?? (outcome === 'ok' ? (response?.status ?? 0) : PROBLEMS[PROBLEM_OF[outcome]].status)

/** Of all that the guest was given of a body, and of all that was sent of its answer. */
const digestsOf = ({ request, result: { response, streamed } }: Ended) => ({
  input_digest: streamed?.inputDigest ?? digestOf(request.body),
  output_digest: streamed?.outputDigest ?? (response ? digestOf(response.body) : null),
})

/** The row that is kept of an execution, however it ended. */
export const executionRow = (ended: Ended, recordingDigest: string | null = null): ExecutionRow => {
  const { invocation, result } = ended
  const { target } = invocation
  return {
    id: invocation.executionId,
    tenant_id: target.tenantId,
    workspace_id: target.workspaceId,
    publisher_id: target.publisherId,
    install_id: target.installId,
    extension: target.extension,
    semver: target.semver,
    digest: target.digest,
    endpoint: ended.endpoint,
    outcome: result.outcome,
    status: statusOf(result),
    fuel: result.usage.fuel,
    memory_bytes: result.usage.memory_bytes,
    wall_ms: result.usage.wall_ms,
    host_calls: result.usage.host_calls,
    denied_calls: ended.deniedCalls,
    output_bytes: result.usage.output_bytes,
    ...digestsOf(ended),
    slot: ended.node,
    correlation_id: invocation.caller.correlationId,
    trace_id: invocation.caller.trace?.traceId ?? null,
    started_at: new Date(ended.startedAt).toISOString(),
    ended_at: new Date(ended.endedAt).toISOString(),
    revision: invocation.revision,
    artifact: target.artifact.digest,
    engine: ended.engine ?? SLOT_ENGINE,
    decisions: ended.decisionIds,
    recording_digest: recordingDigest,
    denied: ended.refused,
  }
}

/** The execution as part of the trace that its call belongs to. */
export const executionSpan = (row: ExecutionRow, trace: Trace): Done => ({
  ...within(trace, row.id),
  ...{ name: `invoke ${row.extension}`, kind: 'internal' },
  ...{ start: Date.parse(row.started_at), end: Date.parse(row.ended_at), failed: row.outcome !== 'ok' },
  attributes: {
    ...{ 'gatehouse.extension.id': row.extension, 'gatehouse.extension.version': row.semver },
    ...{ 'gatehouse.execution.id': row.id, 'gatehouse.install.id': row.install_id },
    ...{ 'gatehouse.tenant.id': row.tenant_id, 'gatehouse.workspace.id': row.workspace_id },
    ...{ 'gatehouse.endpoint': row.endpoint, 'gatehouse.outcome': row.outcome },
    ...{
      'gatehouse.fuel': row.fuel,
      'gatehouse.host_calls': row.host_calls,
      'gatehouse.denied_calls': row.denied_calls,
    },
  },
})

/** The row as its leaf has it: moments in milliseconds since the epoch. */
export const leafSource = (row: ExecutionRow): ExecutionLeafSource => ({
  ...row,
  started_at: Date.parse(row.started_at),
  ended_at: Date.parse(row.ended_at),
})

/** Why there is no answer. What the guest says of its own error is for operators, so it goes to the log and not here. */
export const executionProblem = (outcome: Exclude<ExecutionOutcome, 'ok'>, executionId: string): Problem =>
  problem(PROBLEM_OF[outcome], { decisionId: executionId })

/** Why there is no answer of a call that was ended since this node had not heard the kill list lately: no order names it. */
export const leaseLapsed = (executionId: string): Problem => problem('kill.lease_stale', { decisionId: executionId })

/** Why there is no answer of a call whose runner was lost with it. */
export const runnerLost = (executionId: string, hostCalls: number): Problem =>
  problem('execution.runner_lost', { decisionId: executionId, detail: lostWords(hostCalls) })

/** One counter of `extension_quota_usage` that an execution adds to. */
export interface UsageRow {
  readonly tenant_id: string
  readonly workspace_id: string
  readonly install_id: string
  readonly publisher_id: string
  /** UTC day, `YYYY-MM-DD`. */
  readonly period: string
  readonly metric: string
  readonly value: number
}

/** The day (UTC) that a moment, in milliseconds since the epoch, counts to: quotas and usage go by it. */
export const usagePeriod = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** What an execution adds to its install's counters: its row, and bytes to and from other hosts. */
export interface Used {
  readonly row: ExecutionRow
  readonly egressBytes: number
}

/** What is counted. */
const METRICS: Readonly<Record<string, (used: Used) => number>> = {
  calls: () => 1,
  failed_calls: ({ row }) => (row.outcome === 'ok' ? 0 : 1),
  fuel: ({ row }) => row.fuel,
  wall_ms: ({ row }) => Math.ceil(row.wall_ms),
  host_calls: ({ row }) => row.host_calls,
  output_bytes: ({ row }) => row.output_bytes,
  egress_bytes: ({ egressBytes }) => egressBytes,
}

/**
 * Adds up what executions used, by install, period and metric, in one order for all nodes so that none waits for another
 * in a ring. Zero counts are left out.
 */
export const usageRows = (executions: readonly Used[]): UsageRow[] => {
  const installs = Map.groupBy(executions, ({ row }) => `${row.install_id} ${row.started_at.slice(0, 10)}`)
  return [...installs]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, used]) =>
      Object.keys(METRICS)
        .toSorted()
        .flatMap((metric) => counted(metric, used)),
    )
}

const counted = (metric: string, used: readonly Used[]): UsageRow[] => {
  const { tenant_id, workspace_id, install_id, publisher_id, started_at } = used[0]!.row
  const value = used.reduce((sum, each) => sum + METRICS[metric]!(each), 0)
  const period = started_at.slice(0, 10)
  return value > 0 ? [{ tenant_id, workspace_id, install_id, publisher_id, period, metric, value }] : []
}
