import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isUnreachable } from '../database/unreachable.js'
import { faceOf } from './error-face.js'
import { Problem, problem, problemBody, type ProblemCode } from '#contract/problems.js'

const FASTIFY_CODES: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_media_type',
}

/** Whether Fastify says that the request is at fault. */
const isRefusedByFastify = ({ code, statusCode }: Partial<FastifyError>): boolean =>
  code?.startsWith('FST_ERR_') === true && statusCode !== undefined && statusCode >= 400 && statusCode < 500

/** Node's error for a request whose sender hung up before its end. */
const isBrokenOff = ({ code, message }: Partial<FastifyError>): boolean =>
  code === 'ECONNRESET' && message === 'aborted'

/** Names what went wrong; an error that nobody foresaw stays `internal` and tells the caller nothing of its inside. */
export const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const refused = error as FastifyError
  if (isRefusedByFastify(refused))
    return problem(FASTIFY_CODES[refused.code] ?? 'request.invalid', { detail: refused.message })
  if (isBrokenOff(refused)) return problem('request.invalid', { detail: 'The request broke off' })
  if (error instanceof HttpException && error.getStatus() === 404) return problem('not_found')
  if (error instanceof HttpException && error.getStatus() < 500)
    return problem('request.invalid', { detail: error.message })
  if (isUnreachable(error)) return problem('database.unavailable', { cause: error, retryAfter: 1 })
  return problem('internal', { cause: error })
}

/** Writes an error with its headers: as RFC 9457, or as the path has it. */
export const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const face = faceOf(request.url)
  const told = face?.own(error)
  if (!face || !told) return sendProblem(asProblem(error), request, reply)
  const { status, headers = {}, body } = told
  return reply.status(status).headers(headers).type(face.type).send(body)
}

/** What to come with, by the scheme that the request came by: whoever proves a key is not asked for less (RFC 9449, section 7.1). */
const challengeOf = ({ details }: Problem, { headers }: FastifyRequest): string => {
  const challenge = details.headers?.['www-authenticate'] ?? 'Bearer realm="gatehouse"'
  return /^DPoP /i.test(headers.authorization ?? '') ? challenge.replace(/^Bearer/, 'DPoP') : challenge
}

const sendProblem = (raised: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (raised.details.retryAfter !== undefined) reply.header('retry-after', raised.details.retryAfter)
  if (raised.details.headers) reply.headers(raised.details.headers)
  if (raised.status === 401) reply.header('www-authenticate', challengeOf(raised, request))
  if (raised.details.allow) reply.header('allow', raised.details.allow.join(', '))
  // What was too large to read is still on its way: nothing more is taken from this connection (RFC 9110, section 15.5.14).
  if (raised.code === 'request.too_large') reply.header('connection', 'close')
  const face = faceOf(request.url)
  const body = face ? face.bodyOf(raised) : problemBody(raised, request.id)
  return reply
    .status(raised.status)
    .type(face?.type ?? 'application/problem+json')
    .send(body)
}

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http')

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    if (!faceOf(request.url)?.own(error) && asProblem(error).code === 'internal')
      this.logger.error({ correlation_id: request.id, path: request.url, error }, 'request failed')
    if (!reply.sent) sendError(error, request, reply)
  }
}
