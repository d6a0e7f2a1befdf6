import type { JsonObject } from '#contract/json-object.js'
import type { Installed, Invocation } from './capability.js'
import type { Address, AddressClass } from './address.rules.js'
import type { Headers } from './egress-headers.rules.js'
import type { Destination } from './egress.rules.js'
import type { KvOperation, KvRoom } from './kv.rules.js'

/** What lies under a key. `expires_at_ms` counts from the epoch. */
export interface KvEntry {
  readonly value: Uint8Array
  readonly version: number
  readonly expires_at_ms: number | null
}

/** Keys to list: those with the prefix that come after a key, in byte order. */
export interface KvRange {
  readonly prefix: string
  readonly after?: string | null
  readonly limit: number
}

/** Where entries of installs lie. */
export interface KvStore<T> {
  read(target: T, key: string): Promise<KvEntry | null>
  list(target: T, range: KvRange): Promise<string[]>
  /** What is used by entries other than these. */
  used(target: T, without: readonly string[]): Promise<KvRoom>
  /** The new version of each `put`, null for the others. Raises `kv.conflict` and what storing raises. */
  transact(writer: T & { readonly executionId: string }, operations: readonly KvOperation[]): Promise<(number | null)[]>
}

/** What a guest publishes. */
export interface Publication {
  readonly type: string
  readonly data: JsonObject
}

/** Takes events; gives the id of each once it is durable. */
export interface EventSink<T extends Installed> {
  publish(
    invocation: Pick<Invocation<T>, 'target' | 'executionId' | 'hops' | 'traceparent'>,
    publication: Publication,
  ): Promise<string>
}

/** Decrypts one secret of an install on demand; null where none is set. */
export interface SecretReader<T> {
  openSecret(target: T, name: string): Promise<string | null>
}

/** A destination with the one address that was checked; the connection goes there and nowhere else. */
export interface Resolved {
  readonly class: AddressClass
  readonly address: Address | null
  /** The operator lets this host and port be private or loopback. */
  readonly privateAllowed: boolean
}

/** Finds and classifies the address of a host. */
export interface Resolver {
  resolve(to: Destination): Promise<Resolved>
}

/** A request that was allowed. `headers` are those that may leave. */
export interface EgressRequest {
  readonly to: Destination
  readonly address: Address
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly timeoutMs: number
  /** Aborts the request early. */
  readonly signal: AbortSignal
}
export interface EgressResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

/** Sends a request to the address that was checked. Raises `http.timeout`, `http.unreachable`, `http.response_too_large`. */
export interface EgressSender {
  send(wanted: EgressRequest): Promise<EgressResponse>
}

/** What the capabilities reach: the service has a database and a network, a test has fakes. */
export interface CapabilityPorts<T extends Installed> {
  readonly kv: KvStore<T>
  readonly events: EventSink<T>
  readonly secrets: SecretReader<T>
  readonly resolver: Resolver
  readonly client: EgressSender
}
