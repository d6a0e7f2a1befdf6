import type { Field } from './frames.js'
import { settle, type HostPort } from './host-port.js'
import { kvInterface } from './kv-interface.js'
import { WasiHost, type WasiPort } from './wasi-interfaces.js'
import type { WasiShim } from './wasi-shim.js'

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

/** What one instance imports, and what it got from the host that lies outside its memory. */
export class Host {
  readonly imports: Record<string, Record<string, unknown>>
  private readonly wasi: WasiHost | undefined
  private making = true
  private drewEarly = false

  constructor(
    private readonly port: HostPort,
    shim: WasiShim | undefined,
  ) {
    this.wasi = shim && new WasiHost(shim, this.wasiPort())
    this.imports = { ...hostInterfaces(port, this), ...this.wasi?.imports }
  }

  /** Whether putting back the instance's memory makes it as good as new: a stream handed out, or a seed drawn early, says no. */
  get canBePutBack(): boolean {
    return !this.drewEarly && this.wasi?.handedOut !== true
  }

  /** The instance is made: time begins, and what it prints is kept. */
  begin(): void {
    this.making = false
  }

  /** The call is over, or nearly. */
  flush(): void {
    this.wasi?.flush()
  }

  /** While an instance is made it is the same for all of them. */
  nowMs(): number {
    return this.making ? 0 : this.port.nowMs()
  }

  /** What is drawn while an instance is made would come again in every call that finds it put back. */
  randomBytes(count: number): Uint8Array {
    this.drewEarly ||= this.making
    return this.port.random(count)
  }

  private wasiPort(): WasiPort {
    const mayKeep = () => !this.making && this.port.mayLog
    return {
      get keepsOutput() {
        return mayKeep()
      },
      nowMs: () => this.nowMs(),
      sleep: (ms) => this.port.sleep(ms),
      randomBytes: (count) => this.randomBytes(count),
      keep: (level, message) => this.keep(level, message),
      drop: (bytes) => this.making || this.port.drop(bytes),
    }
  }

  /** A guest that prints beyond its host calls is not ended for that. */
  private keep(level: 'info' | 'warn', message: string): boolean {
    try {
      this.port.post('log.write', { level, message })
      return true
    } catch (error) {
      if (error instanceof LimitReached) return false
      throw error
    }
  }
}

/** Our WIT's interfaces as a component imports them; `gatehouse:extension/types` has no functions. */
function hostInterfaces(port: HostPort, host: Host): Host['imports'] {
  return {
    'gatehouse:extension/clock': { nowMs: () => BigInt(host.nowMs()) },
    'gatehouse:extension/random': { bytes: (count: number) => randomBytes(count, host) },
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
    'gatehouse:extension/streams': {
      read: (max: number) => port.bodies.read(max),
      start: (status: number, headers: readonly Field[]) => port.bodies.start(status, headers),
      write: (bytes: Uint8Array) => port.bodies.write(bytes),
    },
    'gatehouse:extension/secrets': { get: (name: string) => settle(port.call('secrets.get', { name })) },
  }
}

function randomBytes(count: number, host: Host): Uint8Array {
  if (count > MAX_RANDOM_BYTES) throw new RangeError(`at most ${MAX_RANDOM_BYTES} random bytes at a time`)
  return host.randomBytes(count)
}
