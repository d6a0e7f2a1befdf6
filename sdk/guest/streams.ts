/**
 * Bodies piece by piece, for endpoints whose manifest says `stream`: `import { answer, pieces, sse } from '@gatehouse/sdk/streams'`.
 * Apart from the rest of the SDK, since what imports it has to declare it.
 */
import { read, start, write } from 'gatehouse:extension/streams@0.1.0'
import type { Response } from './index.js'
import { eventText, type ServerSentEvent } from './server-sent-event.js'
import { encodeUtf8 } from './utf8.js'

export { eventText, type ServerSentEvent }

/** Most bytes that one read gives. */
const MOST_BYTES = 65_536

/** The body of the request as it comes, at most `max` bytes at a time. Waits for the caller; that time counts. */
export function* pieces(max: number = MOST_BYTES): Generator<Uint8Array, void, undefined> {
  for (let bytes = read(max); bytes.length > 0; bytes = read(max)) yield bytes
}

/** What an answer begins with. */
export interface Head {
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
}

/**
 * Sends an answer piece by piece: the head goes out at once, each piece before the next is asked for. `handle` returns what this
 * gives. A throw in the middle breaks the answer off, and the caller sees that it is not whole.
 */
export const answer = (body: Iterable<Uint8Array | string>, { status = 200, headers = [] }: Head = {}): Response => {
  start(
    status,
    headers.map(([name, value]) => [name, value]),
  )
  for (const piece of body) write(typeof piece === 'string' ? encodeUtf8(piece) : piece)
  return { status, headers: [], body: new Uint8Array(0) }
}

function* eventTexts(events: Iterable<ServerSentEvent>): Generator<string, void, undefined> {
  for (const event of events) yield eventText(event)
}

/** Answers with server-sent events, each sent as soon as it is there. */
export const sse = (events: Iterable<ServerSentEvent>, headers: Head['headers'] = []): Response =>
  answer(eventTexts(events), {
    headers: [['content-type', 'text/event-stream'], ['cache-control', 'no-store'], ...headers],
  })
