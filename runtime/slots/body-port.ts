import type { Field, Streaming } from './child/frames.js'

export type { Streaming } from './child/frames.js'

/** The bodies of a call that go piece by piece, as its owner has them. */
export interface BodyPort {
  readonly stream: Streaming
  /** Most bytes each way. */
  readonly limits: { readonly request_bytes: number; readonly response_bytes: number }
  /** Resolves once whoever called has gone, where that is before the answer was whole. */
  readonly gone: Promise<void>
  /** Bytes that were taken over and not handed on yet, both ways. */
  readonly waiting: number
  /** The next bytes of the request, at most so many; none at its end. Rejects where it broke off. */
  read(max: number): Promise<Uint8Array>
  /** Sends the head of the answer. Raises what is wrong with it. */
  start(status: number, headers: readonly Field[]): void
  write(bytes: Uint8Array): void
  /** Resolves once there is room for more. */
  drained(): Promise<void>
}

/** What went through of bodies that were streamed. */
export interface Streamed {
  /** Status of the answer as it was sent; null: it had not begun. */
  readonly status: number | null
  /** `sha256:` of what the guest was given of the request; null: that was not streamed. */
  readonly inputDigest: string | null
  /** `sha256:` of what was sent of the answer. */
  readonly outputDigest: string | null
  readonly inputBytes: number
  readonly outputBytes: number
  /** Most bytes that waited here at once, both ways. */
  readonly mostWaiting: number
}
