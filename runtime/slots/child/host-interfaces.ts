import { randomFillSync } from 'node:crypto'
import type { Field } from './frames.js'
import { kvInterface } from './kv-interface.js'
import { settle, type HostPort } from './host-port.js'

export type { HostPort }

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

interface Measurement {
  readonly kind: string
  readonly name: string
  readonly value: number
  readonly labels: readonly Field[]
}

const MAX_RANDOM_BYTES = 65_536
const MAX_LOG_CHARACTERS = 65_536

/** Our WIT's interfaces as a component imports them; `gatehouse:extension/types` has no functions. */
export function hostInterfaces(port: HostPort): Record<string, Record<string, unknown>> {
  return {
    'gatehouse:extension/clock': { nowMs: () => BigInt(port.nowMs()) },
    'gatehouse:extension/random': { bytes: randomBytes },
    'gatehouse:extension/types': {},
    'gatehouse:extension/log': {
      write: (level: string, message: string) =>
        port.post('log.write', { level, message: message.slice(0, MAX_LOG_CHARACTERS) }),
    },
    'gatehouse:extension/metrics': {
      record: ({ kind, name, value, labels }: Measurement) =>
        port.post('metrics.record', { kind, name, value, labels }),
    },
    'gatehouse:extension/config': {
      get: (name: string) => settle(port.call('config.get', { name })) ?? undefined,
      all: () => settle(port.call('config.all', {})),
    },
    'gatehouse:extension/events': {
      publish: (type: string, data: string) => settle(port.call('events.publish', { type, data })),
    },
    'gatehouse:extension/kv': kvInterface(port),
    'gatehouse:extension/http': {
      fetch: ({ method, url, headers, body }: OutgoingRequest) =>
        settle(port.call('http.fetch', { method, url, headers, body })),
    },
    'gatehouse:extension/secrets': { get: (name: string) => settle(port.call('secrets.get', { name })) },
  }
}

function randomBytes(count: number): Uint8Array {
  if (count > MAX_RANDOM_BYTES) throw new RangeError(`at most ${MAX_RANDOM_BYTES} random bytes at a time`)
  return randomFillSync(new Uint8Array(count))
}
