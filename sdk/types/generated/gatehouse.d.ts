/**
 * Types of `@gatehouse/sdk` and of the host interfaces, for editors and `tsc`. Generated, of Gatehouse 1.0.0: do not edit.
 * `gatehouse ext types FOLDER` renews them in the folder of an extension.
 */

/** What a guest in JavaScript or TypeScript builds its answers with: `import { json } from '@gatehouse/sdk'`. */
declare module '@gatehouse/sdk' {
  /** A request as `handle` receives it; names of headers are in lower case. */
  export interface Request {
    readonly method: string
    /** Path below the extension, such as `/audits/7`. */
    readonly path: string
    /** What the endpoint's path captured, such as `id` = `7`. */
    readonly params: readonly (readonly [string, string])[]
    readonly query: readonly (readonly [string, string])[]
    readonly headers: readonly (readonly [string, string])[]
    readonly body: Uint8Array
  }
  /** What `handle` answers. */
  export interface Response {
    readonly status: number
    readonly headers: [string, string][]
    readonly body: Uint8Array
  }
  /** What a refused or failed host call throws; `payload.code` is stable, such as `capability.host_undeclared`. */
  export interface HostError extends Error {
    readonly payload: {
      readonly code: string
      readonly message: string
      readonly decisionId?: string | null
    }
  }
  /** Whether something thrown came from a host call. */
  export const isHostError: (error: unknown) => error is HostError
  /** An answer of JSON. */
  export const json: (status: number, value: unknown) => Response
  /** An RFC 9457 answer that says what is wrong with the request. */
  export const problem: (status: number, title: string, detail: string) => Response
  /** The first value of a name in a list of fields. */
  export const field: (fields: readonly (readonly [string, string])[], name: string) => string | undefined
  /** Bytes of a string. A lone surrogate becomes U+FFFD, as the Encoding standard says. */
  export const encodeUtf8: (text: string) => Uint8Array
  /** The string that bytes spell. Throws `RangeError` where they are not UTF-8. */
  export const decodeUtf8: (bytes: Uint8Array) => string
  /**
   * A refused or failed host call, told apart by what an author can do about it; `code` stays the exact reason.
   * - `denied`: policy, the manifest or an admin does not let it happen; the same call is refused again.
   * - `conflict`: `kv.conflict`, what is stored is not what was expected; read it again and retry.
   * - `full`: `capability.kv_quota_exceeded`, the storage has no room.
   * - `arguments`: the call was made wrongly: a bug of the extension.
   * - `unreachable`: `http.unreachable` or `http.timeout`; the other host may answer later.
   * - `unusable`: another host answered, or data is there, but it cannot be given out (`http.response_too_large`, `http.secret_echoed`, `kv.corrupt`).
   * - `unset`: an admin has entered no value for a secret.
   * - `ended`: `execution.killed`; this call may not go on.
   * - `undecided`: no decision could be made (`policy.…`); it counts as refused.
   * - `failed`: the host could not carry it out.
   */
  export type HostErrorKind =
    | 'denied'
    | 'conflict'
    | 'full'
    | 'arguments'
    | 'unreachable'
    | 'unusable'
    | 'unset'
    | 'ended'
    | 'undecided'
    | 'failed'
  /** What a host call threw, told apart. `decisionId` is that of the decision that refused it; ask an operator about it. */
  export interface HostErrorInfo {
    readonly kind: HostErrorKind
    readonly code: string
    readonly message: string
    readonly decisionId?: string
  }
  /** What was thrown, where it came from a host call; undefined where it did not, and should be thrown on. */
  export const hostErrorOf: (error: unknown) => HostErrorInfo | undefined
  /** An event as it comes to an endpoint that consumes it (CloudEvents 1.0). A delivery may come more than once: `id` tells. */
  export interface CloudEvent<Data = unknown> {
    readonly id: string
    readonly type: string
    /** RFC 3339. */
    readonly time: string
    /** The extension that published it. */
    readonly extensionid: string
    /** Of the shape that the manifest relies on: what does not fit is not delivered. */
    readonly data: Data
  }
  /**
   * The event that a request brings. Undefined where somebody called the endpoint instead, who may claim anything: only the
   * platform sends `gatehouse-trigger`.
   */
  export const eventOf: <Data>({ headers, body }: Request) => CloudEvent<Data> | undefined
  /** SHA-256 (FIPS 180-4) of bytes; 32 bytes. */
  export const sha256: (bytes: Uint8Array) => Uint8Array
  /** HMAC with SHA-256 (RFC 2104): what nobody can make, or try out values against, without the key. 32 bytes. */
  export const hmacSha256: (key: Uint8Array, bytes: Uint8Array) => Uint8Array
  /** Bytes as lower-case hexadecimal digits. */
  export const hex: (bytes: Uint8Array) => string
  /** A UUID of version 4 (RFC 9562) out of 16 random bytes, such as those of `gatehouse:extension/random`. */
  export const uuidFrom: (random: Uint8Array) => string
}

/**
 * Bodies piece by piece, for endpoints whose manifest says `stream`: `import { answer, pieces, sse } from '@gatehouse/sdk/streams'`.
 * Apart from the rest of the SDK, since what imports it has to declare it.
 */
declare module '@gatehouse/sdk/streams' {
  import type { Response } from '@gatehouse/sdk'
  /** The body of the request as it comes, at most `max` bytes at a time. Waits for the caller; that time counts. */
  export function pieces(max?: number): Generator<Uint8Array, void, undefined>
  /** What an answer begins with. */
  export interface Head {
    readonly status?: number
    readonly headers?: readonly (readonly [string, string])[]
  }
  /**
   * Sends an answer piece by piece: the head goes out at once, each piece before the next is asked for. `handle` returns what this
   * gives. A throw in the middle breaks the answer off, and the caller sees that it is not whole.
   */
  export const answer: (body: Iterable<Uint8Array | string>, { status, headers }?: Head) => Response
  /** Answers with server-sent events, each sent as soon as it is there. */
  export const sse: (events: Iterable<ServerSentEvent>, headers?: Head['headers']) => Response
  /** One server-sent event. `data` that is no text goes as JSON. */
  export interface ServerSentEvent {
    readonly data: unknown
    readonly event?: string
    readonly id?: string
    /** Milliseconds after which a client that lost the connection comes back. */
    readonly retry?: number
  }
  /** An event as it goes over the wire (HTML Standard, section 9.2.5). */
  export const eventText: ({ data, event, id, retry }: ServerSentEvent) => string
}

/**
 * What tests of an extension are written with: `import { given, test } from '@gatehouse/sdk/testing'`. They run by `gatehouse ext
 * test`, which builds the extension and calls it in the real sandbox under the real policy.
 */
declare module '@gatehouse/sdk/testing' {
  /** Registers a test; it fails where `run` throws or rejects. Tests of a file run one after the other, in their order. */
  export const test: (name: string, run: () => void | Promise<void>) => void
  /** An extension in surroundings that last over several calls: what one call stores, the next finds. */
  export interface Surrounded {
    call(request: TestRequest): Promise<Called>
    /** Delivers an event to the endpoint that consumes it, as it comes in service. Rejects where it never would be delivered. */
    deliver(event: TestEvent): Promise<Called>
  }
  /** Puts the extension into surroundings: what is stored, settings, secrets, hosts that answer, what is granted, who calls. */
  export const given: (surroundings?: Given) => Surrounded
  /** One call, in surroundings of its own. */
  export const call: (request: TestRequest, surroundings?: Given) => Promise<Called>
  /** One event, delivered in surroundings of its own. */
  export const deliver: (event: TestEvent, surroundings?: Given) => Promise<Called>
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
    readonly events: readonly {
      readonly type: string
      readonly data: unknown
    }[]
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
  /** All that an extension finds around it in a test; what is left out has its default. */
  export interface Given {
    /**
     * What is stored
     * @default {}
     */
    kv?: {
      [key: string]: Content
    }
    /**
     * Settings that an admin entered
     * @default {}
     */
    config?: {
      [key: string]: unknown
    }
    /**
     * Secrets that an admin entered
     * @default {}
     */
    secrets?: {
      [key: string]: string
    }
    /**
     * Hosts on the network; the first that fits answers
     * @default []
     */
    http?: CannedAnswer[]
    /** Permissions that an admin granted; all that the manifest asks for where absent */
    granted?: (
      | 'kv:read'
      | 'kv:write'
      | 'log:read'
      | 'log:write'
      | 'config:read'
      | 'metrics:write'
      | 'http:fetch'
      | 'secrets:read'
      | 'events:publish'
      | 'events:subscribe'
      | 'services:call'
      | 'model:invoke'
      | 'query:read'
      | 'workspace:read'
      | 'workspace:write'
      | 'command:run'
      | 'people:read'
      | 'expense:read'
      | 'expense:write'
      | 'pii:unmask'
    )[]
    /**
     * Who calls
     * @default {}
     */
    caller?: LocalCaller
    /**
     * Format: date-time
     * The moment that the extension and policy see; the real one where absent
     * @example 2036-01-31T09:30:00Z
     */
    now?: string
    /** All randomness comes from it: the same seed, the same bytes */
    seed?: string
    /**
     * Where the extension stands on the enforcement ladder
     */
    rung?: 'none' | 'notice' | 'warn' | 'throttle' | 'delist' | 'suspend' | 'terminate'
    /** Calls of the day */
    quota?: {
      limit: number
      used: number
    }
    /**
     * Host calls that are refused whatever policy says, with the code that the extension gets
     * @default {}
     */
    refuse?: {
      [key: string]: string
    }
  }
  /** Who calls: a member of the organisation, unless it is said otherwise. */
  interface LocalCaller {
    /**
     * @default ["member"]
     */
    roles?: (
      | 'owner'
      | 'admin'
      | 'project_manager'
      | 'developer'
      | 'member'
      | 'auditor'
      | 'security_lead'
      | 'operator'
      | 'opa_agent'
      | 'scim_client'
    )[]
    /**
     * @default ["extensions:invoke"]
     */
    scopes?: (
      | 'tenants:read'
      | 'tenants:write'
      | 'workspaces:read'
      | 'workspaces:write'
      | 'workspace_members:write'
      | 'people:read'
      | 'people:write'
      | 'access:read'
      | 'sign_in:read'
      | 'sign_in:write'
      | 'scim:read'
      | 'scim:write'
      | 'scim:provision'
      | 'keys:read'
      | 'keys:write'
      | 'publishers:read'
      | 'publishers:write'
      | 'extensions:read'
      | 'extensions:publish'
      | 'extensions:review'
      | 'lists:read'
      | 'lists:write'
      | 'limits:read'
      | 'limits:write'
      | 'installs:read'
      | 'installs:write'
      | 'extensions:invoke'
      | 'executions:read'
      | 'executions:record'
      | 'approvals:read'
      | 'approvals:vote'
      | 'decisions:read'
      | 'decision:explain'
      | 'decisions:replay'
      | 'audit:read'
      | 'audit:export'
      | 'kill:read'
      | 'kill:engage'
      | 'kill:release'
      | 'enforcement:write'
      | 'policy:read'
      | 'policy:write'
      | 'policy:activate'
      | 'tenant_policy:write'
      | 'tenant_policy:activate'
      | 'opa:connect'
      | 'platform:operate'
    )[]
    /** @default false */
    anonymous?: boolean
  }
  /** What a host on the network answers; no request leaves the machine. */
  interface CannedAnswer {
    /** Any where absent */
    method?: string
    /** May end in `*` */
    url: string
    /** @default 200 */
    status?: number
    /** @default {} */
    headers?: {
      [key: string]: string
    }
    body?: Content
    /**
     * The host does not answer at all
     */
    fails?: 'timeout' | 'unreachable'
    /**
     * What kind of address its name has
     * @default public
     */
    address?: 'public' | 'private' | 'loopback' | 'link_local' | 'unresolved'
  }
  /** Bytes: text as it stands, `{json: …}` or `{base64: …}`. */
  type Content =
    | string
    | {
        json: unknown
      }
    | {
        /** Format: base64 */
        base64: string
      }
  /** What a call is expected to come to; only what is said is held against it. */
  export interface Expected {
    /** `ok`, or how it ends, such as `fuel_exhausted`; `denied` where policy denies the call */
    outcome?: string
    status?: number
    headers?: {
      [key: string]: string
    }
    body?: Content
    /** Ids of the reasons for which the call is denied */
    reasons?: string[]
    /** Host calls in their order; `error` is the code where one is refused or fails */
    calls?: {
      name: string
      error?: string
    }[]
    /** Each is part of a line */
    log?: string[]
    /** What is stored afterwards; null: nothing */
    kv?: {
      [key: string]: Content | null
    }
    events?: {
      type: string
      data: unknown
    }[]
    /** All requests that left, in their order */
    sent?: {
      method?: string
      url: string
      /**
       * As the host got them, secrets in their places
       * @default {}
       */
      headers?: {
        [key: string]: string
      }
      body?: Content
    }[]
    metrics?: {
      name: string
      /** @default {} */
      labels?: {
        [key: string]: string
      }
      /** Of a gauge the last value, else the sum */
      value: number
    }[]
    /** Units of fuel that the call may use */
    fuel_at_most?: number
  }
  export {}
}

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
