import { IncomingMessage } from 'node:http'
import type { FastifyReply } from 'fastify'
import { streamsRequest } from '#contract/manifest/endpoints.js'
import { problem, type Problem } from '#contract/problems.js'
import type { Admitted, Call, Ran } from '../invocations/call.js'
import type { Invocations } from '../invocations/invocations.service.js'
import { limitHeaders } from '../invocations/limit-states.rules.js'
import { bodyCap, streamLimits } from '#contract/manifest/effective-limits.rules.js'
import { wholeBody } from '../platform/http/raw-body.js'
import { answered, endingOf, type GatewayAnswer } from './ending.rules.js'
import { HttpBodies, type Head } from './http-bodies.js'
import { passOn } from '#runtime/calls/response.rules.js'
import type { Wishes } from './wishes.rules.js'

/** A call of an endpoint that streams. */
export interface StreamedCall {
  readonly call: Call
  /** What was sent: read already, or not yet, or nothing. */
  readonly body: unknown
  readonly wishes: Wishes
  readonly reply: FastifyReply
}

const NO_BODY = Buffer.alloc(0)

const refused = (header: string, what: string): Problem =>
  problem('request.invalid', {
    errors: [
      {
        pointer: `/headers/${header}`,
        detail: `has no place at an endpoint that streams: ${what}, and nobody keeps what goes through`,
        remedy: 'Send the request without it',
      },
    ],
  })

/** Raises `request.invalid` for what takes a body that is kept. */
const refuseKeeping = ({ key, async }: Wishes, record: boolean | undefined): void => {
  if (key !== null) throw refused('idempotency-key', 'a repetition would be answered from what was kept')
  if (async) throw refused('prefer', 'a later answer would be one that was kept')
  if (record === true) throw refused('gatehouse-record', 'a recording would keep both bodies')
}

/** Raises `request.too_large` where a body that was read, or what it says of itself, is beyond a cap. */
export const refuseTooLarge = (body: unknown, cap: number): void => {
  const said = body instanceof IncomingMessage ? body.headers['content-length'] : undefined
  const length = Buffer.isBuffer(body) ? body.length : Number(said ?? 0)
  if (length > cap) throw problem('request.too_large', { detail: `This endpoint takes at most ${cap} bytes` })
}

/**
 * Runs a call whose bodies go piece by piece. Gives the guest's answer; where that was streamed it is sent already, ended where
 * the guest ended well and broken off where it did not. Raises `request.invalid` and what `Invocations.admit` and
 * `Admitted.run` raise, and `execution.*` where nothing was sent.
 */
export const runStreamed = async (
  { call, body, wishes, reply }: StreamedCall,
  invocations: Pick<Invocations, 'admit'>,
): Promise<GatewayAnswer> => {
  refuseKeeping(wishes, call.record)
  const { endpoint, target } = call
  const sent = Buffer.isBuffer(body) || body instanceof IncomingMessage ? body : NO_BODY
  const isPiecewise = streamsRequest(endpoint)
  const whole = isPiecewise ? NO_BODY : await bytesOf(sent, bodyCap(endpoint))
  const bodies = new HttpBodies({
    ...{ stream: endpoint.stream!, limits: streamLimits(target, endpoint) },
    ...{ body: isPiecewise ? sent : NO_BODY, out: reply.raw },
  })
  try {
    return await answerBy(
      bodies,
      reply,
      await invocations.admit({ ...call, bodies, request: { ...call.request, body: whole } }),
    )
  } finally {
    void bodies.release()
  }
}

const answerBy = async (bodies: HttpBodies, reply: FastifyReply, admitted: Admitted): Promise<GatewayAnswer> => {
  const ours = { ...limitHeaders(admitted.limits), 'x-gatehouse-decision-id': admitted.executionId }
  bodies.head = (status, headers) => headFor({ status, headers }, { admitted, reply, ours })
  const answer = settle(bodies, await admitted.run(), admitted)
  return { ...answer, headers: { ...answer.headers, ...ours } }
}

const bytesOf = (sent: Buffer | IncomingMessage, cap: number): Promise<Buffer> | Buffer =>
  Buffer.isBuffer(sent) ? sent : wholeBody(sent, cap)

interface Context {
  readonly admitted: Admitted
  readonly reply: FastifyReply
  readonly ours: Readonly<Record<string, string>>
}

/** From here on nobody else answers this request. Raises `execution.response_invalid`. */
const headFor = (given: Parameters<typeof passOn>[0], { admitted, reply, ours }: Context): Head => {
  const { status, headers } = passOn(given, admitted.executionId)
  const standing = reply.getHeaders() as Record<string, string>
  reply.hijack()
  return { status, headers: { ...standing, ...headers, ...ours } }
}

const settle = (bodies: HttpBodies, ran: Ran, { executionId }: Admitted): GatewayAnswer => {
  if (bodies.invalid) throw bodies.invalid
  if (!bodies.hasBegun) return answered(endingOf(ran), executionId)
  if ('problem' in ran) bodies.cut()
  else bodies.end()
  return { ...bodies.sent!, body: NO_BODY }
}
