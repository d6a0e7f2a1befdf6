import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { problem } from '#contract/problems.js'

/** A body that says it is no longer than this is read before anybody is asked about it; others only once they are wanted. */
const READ_AHEAD_BYTES = 64 * 1024

type Read<T> = (error: Error | null, body?: T) => void

/** Gives the body of a request that may be anything: its bytes where they are few, else the request itself, unread. */
export const rawBody = (request: IncomingMessage, done: Read<Buffer | IncomingMessage>): void => {
  const length = request.headers['content-length']
  if (length !== undefined && Number(length) <= READ_AHEAD_BYTES) readWhole(request, READ_AHEAD_BYTES, done)
  else done(null, request)
}

/** Reads a body to its end. Fails with `request.too_large` beyond `most` bytes, and with the stream's error where it breaks off. */
export const readWhole = (body: Readable, most: number, done: Read<Buffer>): void => {
  const chunks: Buffer[] = []
  let size = 0
  const leave = (error: Error | null, bytes?: Buffer): void => {
    body.off('data', onData).off('end', onEnd).off('error', leave)
    done(error, bytes)
  }
  const onData = (chunk: Buffer): void => {
    size += chunk.length
    if (size <= most) return void chunks.push(chunk)
    leave(problem('request.too_large', { detail: `At most ${most} bytes are taken here` }))
    body.resume()
  }
  const onEnd = (): void => leave(null, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
  body.on('data', onData).on('end', onEnd).on('error', leave)
}

/** The same as a promise. */
export const wholeBody = (body: Readable, most: number): Promise<Buffer> =>
  new Promise((resolve, reject) => readWhole(body, most, (error, bytes) => (error ? reject(error) : resolve(bytes!))))

/** All bytes of what a route that takes anything was given: none without a body. Raises `request.too_large` beyond `most`. */
export const bytesOf = async (body: unknown, most: number): Promise<Buffer> => {
  const bytes = body instanceof Readable ? await wholeBody(body, most) : body
  if (!Buffer.isBuffer(bytes)) return Buffer.alloc(0)
  if (bytes.length > most) throw problem('request.too_large', { detail: `At most ${most} bytes are taken here` })
  return bytes
}
