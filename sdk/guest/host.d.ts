/** The host interfaces of `sdk/wit/extension.wit`, as JavaScript guests import them. A refused call throws `HostError`. */

declare module 'gatehouse:extension/kv@0.1.0' {
  /** What is stored under the key; null where nothing is. Permission `kv:read`. */
  export function get(key: string): Uint8Array | null
  /** Stores a value, whatever was there. Permission `kv:write`. */
  export function set(key: string, value: Uint8Array): void
  /** Deletes an entry; deleting what is not there is no error. */
  function remove(key: string): void
  export { remove as delete }
  /** Keys that start with the prefix, in byte order; at most 1,000. */
  export function list(prefix: string): string[]

  /** What is stored under a key. */
  export interface Entry {
    value: Uint8Array
    /** Changes with every write; says nothing of order. */
    version: number
    /** Milliseconds since the Unix epoch; from then on the entry is gone. Null where it stays for good. */
    expiresAtMs: number | null
  }
  /** What has to be under a key for a transaction to happen. */
  export type Expectation = { tag: 'anything' } | { tag: 'absent' } | { tag: 'version'; val: number }
  /** A key, and what has to be under it. */
  export interface Condition {
    key: string
    expect: Expectation
  }
  /** What is to be stored under a key. */
  export interface Addition extends Condition {
    value: Uint8Array
    /** The entry stays for good without it. */
    ttlSeconds?: number
  }
  /** One part of a transaction; `check` only wants its condition met. */
  export type Operation =
    | { tag: 'put'; val: Addition }
    | { tag: 'delete'; val: Condition }
    | { tag: 'check'; val: Condition }
  /** The entry with its version, for `expect`; null where nothing is stored under the key. */
  export function read(key: string): Entry | null
  /**
   * At most 100 operations on different keys: all happen or none. Throws `kv.conflict` where an expectation is not met. Gives the
   * new version of each `put`, in their order, and null for the others.
   */
  export function transact(operations: Operation[]): (number | null)[]
  /** Keys that start with the prefix and come after a key, in byte order; `limit` is 1 to 1,000. `next` is the next `after`. */
  export function scan(prefix: string, after: string | null, limit: number): { keys: string[]; next: string | null }
}

declare module 'gatehouse:extension/log@0.1.0' {
  /** Writes a line that is kept with the execution. Permission `log:write`; a refusal is on record and throws nothing. */
  export function write(level: 'debug' | 'info' | 'warn' | 'error', message: string): void
}

declare module 'gatehouse:extension/config@0.1.0' {
  /** One setting as JSON: an admin's, else the manifest's default; null where it is not set. Permission `config:read`. */
  export function get(name: string): string | null
  /** All settings as one JSON object. */
  export function all(): string
}

declare module 'gatehouse:extension/events@0.1.0' {
  /**
   * Publishes an event of a type that the manifest declares; `data` is JSON of the shape that it declares. Gives the event's id
   * once it is durable: it stays published, however the call ends. Permission `events:publish`.
   */
  export function publish(type: string, data: string): string
}

declare module 'gatehouse:extension/metrics@0.1.0' {
  /** One value. Names of metrics and labels are lower-case letters, digits and _; at most four labels. */
  export interface Measurement {
    kind: 'counter' | 'gauge' | 'histogram'
    name: string
    value: number
    labels: [string, string][]
  }
  /** Measures; values are added up by day. Permission `metrics:write`; a refusal is on record and throws nothing. */
  export function record(measured: Measurement): void
}

declare module 'gatehouse:extension/http@0.1.0' {
  /** `{{secret:NAME}}` in the value of a header becomes a secret that the manifest's egress rule names, on its way out. */
  export interface OutgoingRequest {
    method: string
    url: string
    headers: [string, string][]
    body: Uint8Array
  }
  /** Asks a host that the manifest declares; redirects are not followed. Permission `http:fetch`. */
  export function fetch(request: OutgoingRequest): { status: number; headers: [string, string][]; body: Uint8Array }
}

declare module 'gatehouse:extension/secrets@0.1.0' {
  /** A secret that an admin entered at install. Throws `capability.secret_unset` where nobody did. Permission `secrets:read`. */
  export function get(name: string): string
}

declare module 'gatehouse:extension/clock@0.1.0' {
  /** Milliseconds since the Unix epoch; the same throughout one call. */
  export function nowMs(): number
}

declare module 'gatehouse:extension/random@0.1.0' {
  /** Unpredictable bytes, at most 65,536 at a time. */
  export function bytes(count: number): Uint8Array
}

declare module 'gatehouse:extension/streams@0.1.0' {
  /** The next bytes of the request, at most `max` and 65,536; none at its end. */
  export function read(max: number): Uint8Array
  /** Begins the answer, once: status and headers go out now. What `handle` gives back afterwards ends it, and has no body. */
  export function start(status: number, headers: [string, string][]): void
  /** Sends bytes on. */
  export function write(bytes: Uint8Array): void
}
