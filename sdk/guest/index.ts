/** What a guest in JavaScript or TypeScript builds its answers with: `import { json } from '@gatehouse/sdk'`. */
import { decodeUtf8, encodeUtf8 } from './utf8.js'

export { hostErrorOf, type HostErrorInfo, type HostErrorKind } from './host-error.js'
export { eventOf, type CloudEvent } from './event.js'
export { hex, hmacSha256, sha256, uuidFrom } from './digest.js'
export { decodeUtf8, encodeUtf8 }

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
  readonly payload: { readonly code: string; readonly message: string; readonly decisionId?: string | null }
}

/** Whether something thrown came from a host call. */
export const isHostError = (error: unknown): error is HostError =>
  typeof (error as HostError | null)?.payload?.code === 'string'

/** An answer of JSON. */
export const json = (status: number, value: unknown): Response => ({
  status,
  headers: [['content-type', 'application/json']],
  body: encodeUtf8(JSON.stringify(value)),
})

/** An RFC 9457 answer that says what is wrong with the request. */
export const problem = (status: number, title: string, detail: string): Response => ({
  status,
  headers: [['content-type', 'application/problem+json']],
  body: encodeUtf8(JSON.stringify({ status, title, detail })),
})

/** The first value of a name in a list of fields. */
export const field = (fields: readonly (readonly [string, string])[], name: string): string | undefined =>
  fields.find(([candidate]) => candidate === name)?.[1]
