import { z } from 'zod'
import { SCOPE_IDS } from '../scopes.js'
import { LIMITS, REQUEST_BYTES, STREAMED_BYTES } from './limits.js'
import { LocalId, Title, listOf } from './common.js'

export const ENDPOINT_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const SEGMENT = /^(?:(?!\.{1,2}$)[A-Za-z0-9._~-]+|\{[a-z][a-z0-9_]*\})$/

/** Whether a path template is `/` or segments that are literal or one `{parameter}` each, no parameter twice. */
function isTemplate(path: string): boolean {
  if (path === '/') return true
  const segments = path.split('/').slice(1)
  const names = segments.filter((segment) => segment.startsWith('{'))
  return (
    path.startsWith('/') && segments.every((segment) => SEGMENT.test(segment)) && new Set(names).size === names.length
  )
}

/** A path below `/api/ext/{extension}`, such as `/audit` or `/items/{id}`. */
const EndpointPath = z.string().max(200).refine(isTemplate, {
  error: 'must be a path such as /audit or /items/{id}, with each parameter once and no . or .. segment',
})

/** Two templates with the same shape match the same requests: parameter names make no difference. */
const shapeOf = (endpoint: { method: string; path: string }): string =>
  `${endpoint.method} ${endpoint.path.replaceAll(/\{[^}]*\}/g, '{}')}`

/** Bodies that an endpoint may take and give piece by piece. */
export const STREAMS = ['request', 'response', 'both'] as const

interface Streaming {
  readonly stream?: (typeof STREAMS)[number] | undefined
  readonly max_request_bytes: number
  readonly max_response_bytes?: number | undefined
}

/** Whether an endpoint takes its request's body piece by piece. */
export const streamsRequest = ({ stream }: Pick<Streaming, 'stream'>): boolean =>
  stream === 'request' || stream === 'both'
/** Whether it may give its answer piece by piece. */
export const streamsResponse = ({ stream }: Pick<Streaming, 'stream'>): boolean =>
  stream === 'response' || stream === 'both'

/** What is beyond every ceiling is named as that. */
const isOnlyForStreams = (bytes: number): boolean => bytes > REQUEST_BYTES.ceiling && bytes <= STREAMED_BYTES.ceiling

/** One HTTP entry point of the extension. */
export const ExtensionEndpoint = z
  .strictObject({
    id: LocalId,
    title: Title,
    method: z.enum(ENDPOINT_METHODS),
    path: EndpointPath,
    required_scope: z
      .enum(SCOPE_IDS)
      .nullable()
      .default(null)
      .describe('Scope that the caller needs besides extensions:invoke'),
    timeout_ms: z.int().min(1).max(LIMITS.wall_ms.ceiling).optional().describe('In place of limits.wall_ms'),
    max_request_bytes: z
      .int()
      .min(1)
      .max(STREAMED_BYTES.ceiling)
      .default(REQUEST_BYTES.default)
      .describe(`Above ${REQUEST_BYTES.ceiling} only where the request is streamed`),
    stream: z
      .enum(STREAMS)
      .optional()
      .describe('Which bodies the guest takes and gives piece by piece; absent: each goes whole'),
    max_response_bytes: z
      .int()
      .min(1)
      .max(STREAMED_BYTES.ceiling)
      .optional()
      .describe('Of an answer that is streamed, in place of limits.output_bytes'),
  })
  .refine((endpoint) => streamsRequest(endpoint) || !isOnlyForStreams(endpoint.max_request_bytes), {
    path: ['max_request_bytes'],
    error: `must be at most ${REQUEST_BYTES.ceiling} where stream is neither request nor both`,
  })
  .refine((endpoint) => endpoint.max_response_bytes === undefined || streamsResponse(endpoint), {
    path: ['max_response_bytes'],
    error: 'is only for an endpoint whose stream is response or both: else limits.output_bytes holds',
  })
export type ExtensionEndpoint = z.infer<typeof ExtensionEndpoint>

/** What the gateway resolves and the guest answers. */
export const Api = z.strictObject({
  endpoints: listOf(ExtensionEndpoint, { max: 100, key: (endpoint) => endpoint.id, what: 'id' }).refine(
    (endpoints) => new Set(endpoints.map(shapeOf)).size === endpoints.length,
    { error: 'must not have two endpoints that match the same method and path' },
  ),
})
