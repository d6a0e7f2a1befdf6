import type { Expected } from './expectation.schema.js'
import type { Content } from './surroundings.schema.js'

/** A request as a test makes it. */
export interface TestRequest {
  /** `GET` where absent. */
  readonly method?: string
  /** Path below the extension, and query: `/audit?deep=1`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Content | undefined
}

/** An event as a test delivers it. */
export interface TestEvent {
  /** One that the manifest consumes, such as `com.example.ledger.invoice_paid`. */
  readonly type: string
  /** A UUID; each delivery has one of its own where absent. The same again: the same event, delivered once more. */
  readonly id?: string
  /** JSON, of the shape that the manifest relies on. */
  readonly data: object
}

/** A host call that the extension made. */
export interface HostCallMade {
  readonly name: string
  /** As the extension gave them. */
  readonly args: Readonly<Record<string, unknown>>
  /** The code, where it was refused or failed. */
  readonly error?: string
}

/** What a call came to. */
export interface Called {
  /** `ok`, or how it ended, such as `fuel_exhausted`; `denied` where policy denied it. */
  readonly outcome: string
  /** Null where there was no answer. */
  readonly status: number | null
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body as text. */
  text(): string
  /** The body as JSON. Raises where it is none. */
  json(): unknown
  /** Ids of the reasons for which policy denied the call. */
  readonly reasons: readonly string[]
  /** Host calls in their order. */
  readonly calls: readonly HostCallMade[]
  /** Lines that it logged. */
  readonly log: readonly string[]
  /** Events that it published. */
  readonly events: readonly { readonly type: string; readonly data: unknown }[]
  /** Requests that would have left the machine, with the secrets in their places. */
  readonly sent: readonly {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array
  }[]
  /** What is stored afterwards. */
  readonly kv: ReadonlyMap<string, Uint8Array>
  /** Units of fuel that it used. */
  readonly fuel: number
  /** Raises, with everything that is otherwise. A call that did not end `ok` is never what was meant, unless `outcome` says so. */
  expect(expected: Expected): void
}
