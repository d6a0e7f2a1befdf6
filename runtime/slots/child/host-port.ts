import type { BodyStreams } from './body-streams.js'
import type { WireValue } from './wire-value.js'

/** How a guest's imports reach the owner. `call` blocks until the reply; both raise `LimitReached`. */
export interface HostPort {
  call(name: string, args: { [key: string]: WireValue }): WireValue
  post(name: string, args: { [key: string]: WireValue }): void
  nowMs(): number
  random(count: number): Uint8Array
  /** Blocks for so many milliseconds; where that is longer than the invocation may take it does not return. */
  sleep(ms: number): void
  /** The bodies of the call at work. */
  readonly bodies: BodyStreams
  /** Whether the guest may write to its log. */
  readonly mayLog: boolean
  /** Counts bytes of standard output that went nowhere. */
  drop(bytes: number): void
}

interface HostReply {
  readonly ok?: WireValue
  readonly error?: { readonly code: string; readonly message: string; readonly decision_id?: string }
}

/** Turns a reply into a value, or into the `error` record of our WIT: jco takes a thrown object's `payload` for it. */
export function settle(reply: WireValue): WireValue | undefined {
  const { ok, error } = reply as HostReply
  if (error === undefined) return ok
  const payload = { code: error.code, message: error.message, decisionId: error.decision_id }
  throw Object.assign(new Error(error.message), { payload })
}
