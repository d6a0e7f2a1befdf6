import type { Field } from './frames.js'
import type { WireValue } from './wire-value.js'

/** How a guest's imports reach the owner. `call` blocks until the reply; both raise `LimitReached`. */
export interface HostPort {
  call(name: string, args: { [key: string]: WireValue }): WireValue
  post(name: string, args: { [key: string]: WireValue }): void
  nowMs(): number
  random(count: number): Uint8Array
}

/** Ends an invocation from within a host call; it is no value that a guest could catch. */
export class LimitReached extends Error {
  readonly outcome: 'host_calls_exhausted' | 'fuel_exhausted'

  constructor(outcome: 'host_calls_exhausted' | 'fuel_exhausted') {
    super(outcome)
    this.outcome = outcome
  }
}

interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly Field[]
  readonly body: Uint8Array
}

const MAX_RANDOM_BYTES = 65_536
const MAX_LOG_CHARACTERS = 65_536

/** Our WIT's interfaces as a component imports them; `gatehouse:extension/types` has no functions. */
export function hostInterfaces(port: HostPort): Record<string, Record<string, unknown>> {
  return {
    'gatehouse:extension/clock': { nowMs: () => BigInt(port.nowMs()) },
    'gatehouse:extension/random': { bytes: (count: number) => port.random(atMost(count)) },
    'gatehouse:extension/types': {},
    'gatehouse:extension/log': {
      write: (level: string, message: string) =>
        port.post('log.write', { level, message: message.slice(0, MAX_LOG_CHARACTERS) }),
    },
    'gatehouse:extension/kv': {
      get: (key: string) => settle(port.call('kv.get', { key })) ?? undefined,
      set: (key: string, value: Uint8Array) => void settle(port.call('kv.set', { key, value })),
      delete: (key: string) => void settle(port.call('kv.delete', { key })),
      list: (prefix: string) => settle(port.call('kv.list', { prefix })),
    },
    'gatehouse:extension/http': {
      fetch: ({ method, url, headers, body }: OutgoingRequest) =>
        settle(port.call('http.fetch', { method, url, headers, body })),
    },
    'gatehouse:extension/secrets': { get: (name: string) => settle(port.call('secrets.get', { name })) },
  }
}

function atMost(count: number): number {
  if (count > MAX_RANDOM_BYTES) throw new RangeError(`at most ${MAX_RANDOM_BYTES} random bytes at a time`)
  return count
}

interface HostReply {
  readonly ok?: WireValue
  readonly error?: { readonly code: string; readonly message: string; readonly decision_id?: string }
}

/** Turns a reply into a value, or into the `error` record of our WIT: jco takes a thrown object's `payload` for it. */
function settle(reply: WireValue): WireValue | undefined {
  const { ok, error } = reply as HostReply
  if (error === undefined) return ok
  const payload = { code: error.code, message: error.message, decisionId: error.decision_id }
  throw Object.assign(new Error(error.message), { payload })
}
