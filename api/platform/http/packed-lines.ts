import { Readable, pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { StreamableFile } from '@nestjs/common'
import type { FastifyReply } from 'fastify'

const TYPE = 'application/jsonl'

/** Whether a client takes gzip (RFC 9110 §12.5.3); a weight of 0 says that it does not. */
export const takesGzip = (acceptEncoding: string | undefined): boolean =>
  (acceptEncoding ?? '')
    .split(',')
    .some((coding) => /^\s*(x-)?gzip\s*(;\s*q=(1(\.0*)?|0?\.\d*[1-9]\d*)\s*)?$/i.test(coding))

/** Lines as an answer that is made as fast as it is read, packed where the client takes that; JSON lines where no type is given. */
export const packedLines = (reply: FastifyReply, lines: AsyncIterable<string>, type = TYPE): StreamableFile => {
  const plain = Readable.from(lines, { objectMode: false, highWaterMark: 64 * 1024 })
  reply.header('vary', 'accept-encoding')
  if (!takesGzip(reply.request.headers['accept-encoding'])) return new StreamableFile(plain, { type })
  reply.header('content-encoding', 'gzip')
  // Where either end breaks, both are ended: a reader that goes away stops the reading of the database.
  const packed = pipeline(plain, createGzip(), () => undefined)
  return new StreamableFile(packed, { type })
}
