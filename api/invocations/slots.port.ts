import type { ExecutionOutcome } from '#contract/vocabulary.js'
import type { HostReply } from '../capabilities/host-reply.js'

type Fields = readonly (readonly [name: string, value: string])[]

/** A request as the guest sees it (WIT `types.request`). */
export interface GuestRequest {
  readonly method: string
  readonly path: string
  readonly params: Fields
  readonly query: Fields
  readonly headers: Fields
  readonly body: Uint8Array
}
/** What the guest answered (WIT `types.response`). */
export interface GuestResponse {
  readonly status: number
  readonly headers: Fields
  readonly body: Uint8Array
}

/** What a running guest's host calls go to. */
export interface HostPort {
  call(name: string, args: unknown): Promise<HostReply>
  post(name: string, args: unknown): void
}

/** One execution for a slot. `labels` are what a kill order can name. */
export interface SlotJob<L> {
  readonly executionId: string
  readonly tenantId: string
  readonly labels: L
  readonly artifact: { readonly digest: string; readonly folder: string }
  readonly request: GuestRequest
  readonly limits: { fuel: number; memoryBytes: number; wallMs: number; outputBytes: number; hostCalls: number }
  /** Milliseconds since the epoch. */
  readonly deadline: number
}

export interface SlotResult {
  readonly outcome: ExecutionOutcome
  readonly response?: GuestResponse
  readonly error?: string
  readonly slot: string
  readonly usage: {
    readonly fuel: number
    readonly memory_bytes: number
    readonly wall_ms: number
    readonly host_calls: number
    readonly output_bytes: number
  }
}

export interface Slots<L> {
  execute(job: SlotJob<L>, host: HostPort, signal?: AbortSignal): Promise<SlotResult>
  end(matches: (labels: L) => boolean): void
}
