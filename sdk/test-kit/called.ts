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
  readonly log: readonly string[]
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
