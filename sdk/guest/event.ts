import type { Request } from './index.js'
import { decodeUtf8 } from './utf8.js'

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
export const eventOf = <Data>({ headers, body }: Request): CloudEvent<Data> | undefined =>
  headers.some(([name, value]) => name === 'gatehouse-trigger' && value === 'event')
    ? (JSON.parse(decodeUtf8(body)) as CloudEvent<Data>)
    : undefined
