import type { FastifyReply } from 'fastify'

/** Aborts once the client has gone, or the answer was sent: for work that only its reader wants. */
export const goneSignal = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
