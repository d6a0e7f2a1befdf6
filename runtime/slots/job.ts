import type { Limits } from '#contract/manifest/limits.js'
import type { BodyPort, Streamed } from './body-port.js'
import type { GuestRequest, GuestResponse, SlotOutcome } from './child/frames.js'

export type { GuestRequest, GuestResponse } from './child/frames.js'

/** What one invocation may use. */
export interface JobLimits {
  /** Fuel units. */
  readonly fuel: number
  readonly memory_bytes: number
  /** Milliseconds from dispatch to answer, host calls included. */
  readonly wall_ms: number
  readonly host_calls: number
  /** Response body and headers. */
  readonly output_bytes: number
}

const MIB = 1024 * 1024

/** Limits of a manifest, as a slot holds them. */
export const jobLimits = ({ fuel, memory_mb, wall_ms, output_bytes, host_calls }: Limits): JobLimits => ({
  fuel,
  memory_bytes: memory_mb * MIB,
  wall_ms,
  output_bytes,
  host_calls,
})

/** What the kill switch recognises a running invocation by. */
export type JobLabels = Readonly<Record<string, string>>

/** What a guest would otherwise find out from the world: with the same, an invocation goes the same way. */
export interface FixedInputs {
  /** Milliseconds since the epoch. */
  readonly nowMs: number
  /** 32 bytes that all randomness comes from. */
  readonly seed: Uint8Array
}

export interface Job {
  readonly executionId: string
  readonly tenantId: string
  readonly artifact: { readonly digest: string; readonly folder: string }
  readonly request: GuestRequest
  readonly limits: JobLimits
  /** Milliseconds since the epoch; nothing runs beyond it. */
  readonly deadline: number
  readonly labels: JobLabels
  /** What a component of WASI prints goes to its log, by host calls; else it is dropped, and counted. */
  readonly printsToLog?: boolean
  /** Where it is recorded or replayed. It then has an instance of its own. */
  readonly fixed?: FixedInputs
  /** When it may run once more where it was lost with its runner: whenever, or while it has made no host call. */
  readonly repeat?: 'always' | 'until_host_call'
  /** Where bodies go piece by piece. */
  readonly bodies?: BodyPort
}

/** The answer to a host call, as the guest gets it. */
export type HostAnswer =
  | { readonly ok: unknown }
  | { readonly error: { readonly code: string; readonly message: string; readonly decision_id?: string } }

/** What a host call gets whose execution was ended, or is over before it began. */
export const KILLED = { error: { code: 'execution.killed', message: 'This execution may not go on' } } as const

/** Serves a guest's host calls. A `call` that rejects is answered as `host.failed`. */
export interface HostPort {
  call(name: string, args: Readonly<Record<string, unknown>>): Promise<HostAnswer>
  post(name: string, args: Readonly<Record<string, unknown>>): void
  /** Told what was used until then, whenever the slot says so: before each call, and with bodies that go piece by piece. */
  used?(usage: Pick<ExecutionUsage, 'fuel' | 'memory_bytes'>): void
}

/** What an invocation used. Where the slot was killed, fuel and memory are what it last said. */
export interface ExecutionUsage {
  readonly fuel: number
  readonly memory_bytes: number
  readonly wall_ms: number
  readonly host_calls: number
  readonly output_bytes: number
}

/**
 * How an invocation ended. `guest_error`: the guest answered with an error. `exited`: it called `exit`. `killed`: ended from outside.
 * `crashed`: the slot died by itself or spoke nonsense. `client_gone`: nobody waits any more for what it streams.
 * `input_exceeded`: a body that it was reading turned out larger than it may be.
 */
export type ExecutionOutcome = SlotOutcome | 'time_exceeded' | 'killed' | 'crashed' | 'client_gone' | 'input_exceeded'

export interface ExecutionResult {
  readonly outcome: ExecutionOutcome
  /** With `ok` only. */
  readonly response?: GuestResponse
  /** With bodies that go piece by piece, however it ended. A response that was streamed has no body here. */
  readonly streamed?: Streamed
  /** Words for operators. */
  readonly error?: string
  readonly usage: ExecutionUsage
  /** Bytes that the guest printed and that were not kept; absent: none. */
  readonly droppedBytes?: number
  /** The runner that it was on, where slots are on other machines. */
  readonly runner?: string
  /** It crashed because its runner was lost, and through no fault of its own. */
  readonly lost?: true
}
