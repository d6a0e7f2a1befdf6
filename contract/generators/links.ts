import { z } from 'zod'
import type { EndpointEntry } from '../endpoint.js'
import { ENDPOINTS, type EndpointId } from '../endpoints.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'

const entries = Object.entries(ENDPOINTS) as [EndpointId, EndpointEntry][]

/** The last parameter of a path that begins with another path, where nothing but that and its own sub-paths follows. */
const parameterBehind = (path: string, { path: further }: EndpointEntry): string | undefined =>
  further.startsWith(`${path}/{`) ? /^\{(\w+)\}[^{]*$/.exec(further.slice(path.length + 1))?.[1] : undefined

/** Whatever lies below what an endpoint makes: operations whose path goes on with a field of its answer (OpenAPI links). */
export function links({ method, path, response }: EndpointEntry): JsonSchema {
  if (method !== 'POST' || !(response instanceof z.ZodType)) return {}
  const answered = Object.keys((jsonSchema(response, 'output')['properties'] ?? {}) as object)
  const found = entries.flatMap(([id, entry]) => {
    const parameter = parameterBehind(path, entry)
    return parameter !== undefined && answered.includes(parameter) && entry.method !== 'ANY'
      ? [[id, { operationId: id, parameters: { [parameter]: `$response.body#/${parameter}` } }] as const]
      : []
  })
  return found.length > 0 ? { links: Object.fromEntries(found) } : {}
}
