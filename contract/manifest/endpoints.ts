import { z } from 'zod'
import { SCOPE_IDS } from '../scopes.js'
import { LIMITS, REQUEST_BYTES, bounded } from './limits.js'
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

/** One HTTP entry point of the extension. */
export const ExtensionEndpoint = z.strictObject({
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
  max_request_bytes: bounded(REQUEST_BYTES),
})
export type ExtensionEndpoint = z.infer<typeof ExtensionEndpoint>

/** What the gateway resolves and the guest answers. */
export const Api = z.strictObject({
  endpoints: listOf(ExtensionEndpoint, { max: 100, key: (endpoint) => endpoint.id, what: 'id' }).refine(
    (endpoints) => new Set(endpoints.map(shapeOf)).size === endpoints.length,
    { error: 'must not have two endpoints that match the same method and path' },
  ),
})
