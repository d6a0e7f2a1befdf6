/**
 * The frames between a slot and its owner, on one descriptor: a 32-bit big-endian length, a kind byte, a wire value.
 * The owner sends load, call and reply; the slot sends ready, loaded, host call, posted and result, and of bodies that are
 * streamed pull, begin, piece and room. The owner sends nothing unasked while a call runs but further calls.
 */
import type { WireValue } from './wire-value.js'

/** Length (4) and kind (1) stand before the value. */
export const FRAME_HEADER_BYTES = 5

/** What a frame is, both ways. */
export const FrameKind = {
  /** Owner → slot: an admitted artifact. */
  load: 1,
  /** Owner → slot: one invocation. */
  call: 2,
  /** Owner → slot: the answer to a host call. */
  reply: 3,
  /** Slot → owner: booted. */
  ready: 16,
  /** Slot → owner: the artifact is instantiated, or `error`. */
  loaded: 17,
  /** Slot → owner: a host call that waits for its reply. */
  hostCall: 18,
  /** Slot → owner: a host call that doesn't. */
  posted: 19,
  /** Slot → owner: how the invocation ended. */
  result: 20,
  /** Slot → owner: wants the next bytes of the request's body, and waits for them. */
  pull: 21,
  /** Slot → owner: the head of an answer that follows in pieces. */
  begin: 22,
  /** Slot → owner: a piece of that answer. */
  piece: 23,
  /** Slot → owner: has sent as much as it may, and waits until it may send more. */
  room: 24,
} as const

/** Bytes in one piece of a body, either way. */
export const PIECE_BYTES = 64 * 1024
/** Bytes that a slot may send of an answer before it asks whether there is room for more. */
export const CREDIT_BYTES = 128 * 1024

/** Which bodies of a call go piece by piece. */
export type Streaming = 'request' | 'response' | 'both'

export type Field = readonly [name: string, value: string]

export interface GuestRequest {
  readonly method: string
  readonly path: string
  readonly params: readonly Field[]
  readonly query: readonly Field[]
  readonly headers: readonly Field[]
  readonly body: Uint8Array
}
export interface GuestResponse {
  readonly status: number
  readonly headers: readonly Field[]
  readonly body: Uint8Array
}

/** A core module of an artifact as the slot needs it. */
export interface CoreModule {
  readonly file: string
  readonly wasm: Uint8Array
  readonly state_globals: readonly string[]
}
export interface LoadFrame {
  readonly glue: string
  readonly cores: readonly CoreModule[]
  readonly resettable: boolean
  /** Fuel for instantiation, in units. */
  readonly initial_fuel: number
  /** Whether it imports interfaces of WASI. */
  readonly wasi: boolean
}
export interface CallFrame {
  readonly request: GuestRequest
  /** Where it is recorded or replayed. */
  readonly now_ms?: number
  /** 32 bytes that all randomness comes from, where the invocation is recorded or replayed. */
  readonly seed?: Uint8Array
  readonly fuel: number
  readonly memory_pages: number
  readonly host_calls: number
  readonly output_bytes: number
  readonly wall_ms: number
  /** Whether what it prints goes to its log. */
  readonly may_log: boolean
  /** Absent: none. */
  readonly stream?: Streaming
}
/** What an invocation used, as far as the slot can know. Fuel in units, memory in bytes. */
export interface SlotUsage {
  readonly fuel: number
  readonly memory_bytes: number
}
export interface HostCallFrame {
  readonly name: string
  readonly args: { readonly [key: string]: WireValue }
  readonly usage: SlotUsage
}
export type SlotOutcome =
  | 'ok'
  | 'guest_error'
  | 'fuel_exhausted'
  | 'memory_exhausted'
  | 'output_exceeded'
  | 'host_calls_exhausted'
  | 'exited'
  | 'trap'
export interface ResultFrame {
  readonly outcome: SlotOutcome
  readonly response?: GuestResponse
  readonly error?: string
  readonly usage: SlotUsage
  /** Bytes of standard output that were not kept. */
  readonly dropped_bytes: number
  readonly took_ms: number
}
