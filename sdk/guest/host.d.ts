/** The host interfaces of `sdk/wit/extension.wit`, as JavaScript guests import them. A refused call throws `HostError`. */

declare module 'gatehouse:extension/kv@0.1.0' {
  /** Null where nothing is stored under the key. */
  export function get(key: string): Uint8Array | null
  export function set(key: string, value: Uint8Array): void
  function remove(key: string): void
  export { remove as delete }
  export function list(prefix: string): string[]

  export interface Entry {
    value: Uint8Array
    /** Changes with every write; says nothing of order. */
    version: number
    expiresAtMs: number | null
  }
  export type Expectation = { tag: 'anything' } | { tag: 'absent' } | { tag: 'version'; val: number }
  export interface Condition {
    key: string
    expect: Expectation
  }
  export interface Addition extends Condition {
    value: Uint8Array
    ttlSeconds?: number
  }
  export type Operation =
    | { tag: 'put'; val: Addition }
    | { tag: 'delete'; val: Condition }
    | { tag: 'check'; val: Condition }
  export function read(key: string): Entry | null
  /** All operations happen or none; throws `kv.conflict` where an expectation is not met. */
  export function transact(operations: Operation[]): (number | null)[]
  export function scan(prefix: string, after: string | null, limit: number): { keys: string[]; next: string | null }
}

declare module 'gatehouse:extension/log@0.1.0' {
  export function write(level: 'debug' | 'info' | 'warn' | 'error', message: string): void
}

declare module 'gatehouse:extension/config@0.1.0' {
  /** One setting as JSON. */
  export function get(name: string): string | null
  /** All settings as one JSON object. */
  export function all(): string
}

declare module 'gatehouse:extension/events@0.1.0' {
  /** `data` is JSON of the shape that the manifest declares for the type; gives the event's id. */
  export function publish(type: string, data: string): string
}

declare module 'gatehouse:extension/metrics@0.1.0' {
  export interface Measurement {
    kind: 'counter' | 'gauge' | 'histogram'
    name: string
    value: number
    labels: [string, string][]
  }
  export function record(measured: Measurement): void
}

declare module 'gatehouse:extension/http@0.1.0' {
  export interface OutgoingRequest {
    method: string
    url: string
    headers: [string, string][]
    body: Uint8Array
  }
  export function fetch(request: OutgoingRequest): { status: number; headers: [string, string][]; body: Uint8Array }
}

declare module 'gatehouse:extension/secrets@0.1.0' {
  export function get(name: string): string
}

declare module 'gatehouse:extension/clock@0.1.0' {
  /** Milliseconds since the Unix epoch. */
  export function nowMs(): number
}

declare module 'gatehouse:extension/random@0.1.0' {
  export function bytes(count: number): Uint8Array
}

declare module 'gatehouse:extension/streams@0.1.0' {
  /** The next bytes of the request, at most `max` and 65,536; none at its end. */
  export function read(max: number): Uint8Array
  export function start(status: number, headers: [string, string][]): void
  export function write(bytes: Uint8Array): void
}
