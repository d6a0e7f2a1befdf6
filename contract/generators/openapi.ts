import { z } from 'zod'
import { HeldBody, ProblemBody } from '../api/problem.js'
import { ENDPOINTS, type EndpointId } from '../endpoints.js'
import type { EndpointEntry } from '../endpoint.js'
import { PLATFORM_VERSION } from '../manifest/index.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'

/** Methods that an endpoint of any method is documented under. */
const ANY_METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const isZod = (schema: unknown): schema is z.ZodType => schema instanceof z.ZodType
const json = (schema: JsonSchema, type = 'application/json') => ({ content: { [type]: { schema } } })

interface Parameter {
  readonly name: string
  readonly place: 'path' | 'query'
  readonly required: boolean
  readonly schema: JsonSchema
}

function parameter({ name, place, required, schema }: Parameter): JsonSchema {
  const { description, ...rest } = schema
  return { name, in: place, required, ...(description !== undefined && { description }), schema: rest }
}

const propertiesOf = (schema: z.ZodType | undefined): { properties: Record<string, JsonSchema>; required: unknown } => {
  const { properties, required } = schema ? jsonSchema(schema) : {}
  return { properties: (properties ?? {}) as Record<string, JsonSchema>, required }
}

/** What the template names; a handler that takes the path as it came has no schema for it. */
function pathParameters({ path, params }: EndpointEntry): JsonSchema[] {
  const { properties } = propertiesOf(params)
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    parameter({ name, place: 'path', required: true, schema: properties[name] ?? { type: 'string' } }),
  )
}

function queryParameters({ query }: EndpointEntry): JsonSchema[] {
  const { properties, required } = propertiesOf(query)
  return Object.entries(properties).map(([name, schema]) =>
    parameter({ name, place: 'query', required: Array.isArray(required) && required.includes(name), schema }),
  )
}

const headerParameters = ({ headers = {} }: EndpointEntry): JsonSchema[] =>
  Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }))

function requestBody(body: EndpointEntry['body']): JsonSchema {
  if (!body) return {}
  const content = isZod(body) ? json(jsonSchema(body)) : json({ type: 'string', format: 'binary' }, body.stream)
  return { requestBody: { required: isZod(body), ...content } }
}

function success(entry: EndpointEntry): JsonSchema {
  const { response } = entry
  if (entry.status === 204) return { description: 'Done' }
  return isZod(response)
    ? { description: entry.summary, ...json(jsonSchema(response, 'output')) }
    : { description: entry.summary, ...json({ type: 'string' }, response.type) }
}

const credentials = (credential: NonNullable<EndpointEntry['credential']>): string[] =>
  credential === 'any' ? ['key', 'scim_token'] : [credential]

function operation(id: string, entry: EndpointEntry): JsonSchema {
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: entry.summary,
    ...(entry.action !== null && { 'x-gatehouse-action': entry.action }),
    ...(entry.public && { security: [] }),
    ...(entry.credential && { security: credentials(entry.credential).map((name) => ({ [name]: [] })) }),
    parameters: [...pathParameters(entry), ...queryParameters(entry), ...headerParameters(entry)],
    ...requestBody(entry.body),
    responses: {
      [entry.status]: success(entry),
      ...(entry.held && { 202: { description: 'Held for a person', ...json(ref('Held')) } }),
      default: { description: 'Refused', ...json(ref('Problem'), 'application/problem+json') },
    },
  }
}

/** Operations of one path by method; of an endpoint for any method, each with an id of its own (OpenAPI wants them unique). */
function operations(id: EndpointId): [string, JsonSchema][] {
  const entry: EndpointEntry = ENDPOINTS[id]
  if (entry.method !== 'ANY') return [[entry.method.toLowerCase(), operation(id, entry)]]
  return ANY_METHODS.map((method) => [method, operation(`${id}.${method}`, entry)])
}

function paths(): Record<string, Record<string, JsonSchema>> {
  const byPath: Record<string, Record<string, JsonSchema>> = {}
  for (const id of Object.keys(ENDPOINTS).toSorted() as EndpointId[]) {
    const { path }: EndpointEntry = ENDPOINTS[id]
    byPath[path] = { ...byPath[path], ...Object.fromEntries(operations(id)) }
  }
  return Object.fromEntries(Object.entries(byPath).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The OpenAPI 3.1 document of the endpoint table, as served at /openapi.json. */
export const openApiDocument = (): JsonSchema => ({
  openapi: '3.1.0',
  info: {
    title: 'Gatehouse',
    version: PLATFORM_VERSION,
    summary: 'Governs third-party code: publish, install, call, stop, prove.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
  paths: paths(),
  components: {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer', description: 'An API key, ghk_…' },
      scim_token: { type: 'http', scheme: 'bearer', description: 'A token of a SCIM connection, ghp_…' },
      runtime_token: { type: 'http', scheme: 'bearer', description: 'A runtime token, ghr_…' },
    },
    schemas: {
      Problem: jsonSchema(ProblemBody, 'output'),
      Held: jsonSchema(HeldBody, 'output'),
    },
  },
})
