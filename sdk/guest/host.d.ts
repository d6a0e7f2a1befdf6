/** The host interfaces of `sdk/wit/extension.wit`, as JavaScript guests import them. A refused call throws `HostError`. */

declare module 'gatehouse:extension/kv@0.1.0' {
  export function get(key: string): Uint8Array | undefined
  export function set(key: string, value: Uint8Array): void
  function remove(key: string): void
  export { remove as delete }
  export function list(prefix: string): string[]
}

declare module 'gatehouse:extension/log@0.1.0' {
  export function write(level: 'debug' | 'info' | 'warn' | 'error', message: string): void
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
  export function nowMs(): bigint
}

declare module 'gatehouse:extension/random@0.1.0' {
  export function bytes(count: number): Uint8Array
}
