import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ENDPOINTS } from '#contract/endpoints.js'
import { SCIM_PATH, SCIM_TYPE } from '#contract/api/scim-protocol.js'
import { ANY_METHODS, type EndpointEntry } from '#contract/endpoint.js'
import { STREAMED_BYTES } from '#contract/manifest/limits.js'
import { problem, problemBody, type Problem } from '#contract/problems.js'
import { routerPath } from './endpoint.decorator.js'
import { Held } from './held.js'
import { parseJson } from './json.rules.js'
import { sendError } from './problem.filter.js'
import { rawBody, readWhole } from './raw-body.js'
import { allowedMethods, isTakenForParameter } from './routes.rules.js'
import { traceOf, traceparentOf, type Trace } from './trace-context.rules.js'

const MAX_HEADER_BYTES = 16 * 1024
const MAX_BODY_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 60_000
const CORRELATION_ID = /^[A-Za-z0-9._-]{1,64}$/

const traces = new WeakMap<IncomingMessage, Trace>()

/** The trace that a request belongs to: read once, when it comes. */
export const traceOfRequest = (request: IncomingMessage): Trace => {
  let trace = traces.get(request)
  if (!trace) traces.set(request, (trace = traceOf(request.headers['traceparent'])))
  return trace
}

/** The caller's correlation id where it is a plain token, else the id of its trace, so that one look-up finds both. */
const correlationId = (request: IncomingMessage): string => {
  const given = request.headers['x-correlation-id']
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : traceOfRequest(request).traceId
}

/** Answers what Node's parser refused before there was a request. */
const refuseConnection = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const raised =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? problem('request.headers_too_large')
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? problem('request.timeout')
        : problem('request.invalid', { detail: 'The request is not HTTP/1.1' })
  const body = JSON.stringify(problemBody(raised, randomUUID()))
  socket.end(
    `HTTP/1.1 ${raised.status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const bodyStreams = Object.values<EndpointEntry>(ENDPOINTS).flatMap(({ path, body }) =>
  body && 'stream' in body ? [{ path: routerPath(path), type: body.stream }] : [],
)
const ANY_TYPE = '*/*'
const largestBodies = new Map(
  Object.values<EndpointEntry>(ENDPOINTS).flatMap(({ path, maxBytes }) =>
    maxBytes === undefined ? [] : [[routerPath(path), maxBytes] as const],
  ),
)
const rawRoutes = new Set(bodyStreams.filter(({ type }) => type === ANY_TYPE).map(({ path }) => path))
/** Whether the matched route takes the bytes of any content type as they came. */
const takesRawBody = (request: FastifyRequest): boolean => rawRoutes.has(request.routeOptions.url ?? '')

/** JSON by our own rules; nothing where there is nothing. */
const parsed = (error: Error | null, body: Buffer | undefined): [Error | null, unknown?] => {
  if (error || !body || body.length === 0) return [error]
  try {
    return [null, parseJson(body)]
  } catch (cause) {
    return [cause as Error]
  }
}

const bodySizes = new WeakMap<IncomingMessage, number>()
/** How many bytes the JSON body of a request had. */
export const bodyBytes = (request: IncomingMessage): number => bodySizes.get(request) ?? 0

const readJson = (
  request: FastifyRequest,
  payload: IncomingMessage,
  done: (...read: [Error | null, unknown?]) => void,
) =>
  readWhole(payload, request.routeOptions.bodyLimit ?? MAX_BODY_BYTES, (error, body) => {
    bodySizes.set(request.raw, body?.length ?? 0)
    done(...parsed(error, body))
  })

/** A route whose body is anything gets its bytes, unread where they are many; a `stream` content type is handed to its handler unread; other JSON is parsed by our own rules; all else is 415. */
const acceptBodies = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers()
  fastify.addHook('onRoute', (route) => {
    if (rawRoutes.has(route.url)) route.bodyLimit = STREAMED_BYTES.ceiling
    const largest = largestBodies.get(route.url)
    if (largest !== undefined) route.bodyLimit = largest
  })
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    if (takesRawBody(request)) return rawBody(payload, done)
    readJson(request, payload, done)
  })
  // SCIM is JSON by another name (RFC 7644, section 8.1), there and nowhere else.
  fastify.addContentTypeParser(SCIM_TYPE, (request, payload, done) => {
    if (request.url.startsWith(SCIM_PATH)) readJson(request, payload, done)
    else done(problem('request.unsupported_media_type'))
  })
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (takesRawBody(request)) rawBody(payload, done)
    else done(problem('request.unsupported_media_type'))
  })
  const streams = new Set(bodyStreams.map(({ type }) => type).filter((type) => type !== ANY_TYPE))
  for (const type of streams) fastify.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
}

/** Node takes the first of several Host headers; who stands before us may take the last (RFC 9112, section 3.2). */
const hasOneHost = ({ rawHeaders }: IncomingMessage): boolean => {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts++
  return hosts === 1
}

/** Methods that anything here takes; Fastify knows more, and would read their bodies first. */
const METHODS = new Set<string>([...ANY_METHODS, 'HEAD', 'OPTIONS'])

/** Why a request has no route: its path takes other methods, or is none. */
const noRoute = (url: string): Problem => {
  const allow = allowedMethods(url)
  return allow.length > 0 ? problem('method_not_allowed', { allow }) : problem('not_found')
}

/** What is refused before it is known what is asked for. */
const refusalOf = ({ raw, method, url }: FastifyRequest, reply: FastifyReply): Problem | undefined => {
  if (!hasOneHost(raw)) {
    reply.header('connection', 'close')
    return problem('request.invalid', { detail: 'Send exactly one Host header' })
  }
  return !METHODS.has(method) || isTakenForParameter(method, url) ? noRoute(url) : undefined
}

/**
 * The Fastify server under Nest: limits, correlation ids, body rules and problems for what never reaches a controller.
 * @param proxies addresses or networks whose X-Forwarded-For is believed
 */
export const createAdapter = (proxies: readonly string[] = []): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    genReqId: correlationId,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void sendError(error, request, reply),
    http: { maxHeaderSize: MAX_HEADER_BYTES },
  })
  const fastify = adapter.getInstance<FastifyInstance>()
  acceptBodies(fastify)
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-correlation-id', request.id).header('traceresponse', traceparentOf(traceOfRequest(request.raw)))
    done(refusalOf(request, reply))
  })
  fastify.addHook('preSerialization', async (_request, reply, answer) => {
    if (!(answer instanceof Held)) return answer
    reply.status(answer.status)
    return answer.body
  })
  fastify.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply))
  fastify.setNotFoundHandler((request, reply) => sendError(noRoute(request.url), request, reply))
  // Nest would set its own handlers for errors and unknown routes, which Fastify takes once: ours stand.
  return Object.assign(adapter, { setErrorHandler: () => fastify, setNotFoundHandler: () => fastify })
}
