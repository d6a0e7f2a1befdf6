import { z } from 'zod'
import { ENDPOINTS, type EndpointId } from '../endpoints.js'
import { ANY_METHODS, type EndpointEntry } from '../endpoint.js'
import { PLATFORM_VERSION } from '../manifest/index.js'
import { SESSION_COOKIE } from '../vocabulary.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'
import { json, responses, sharedResponses } from './responses.js'

const isZod = (schema: unknown): schema is z.ZodType => schema instanceof z.ZodType

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

function requestBody({ body, bodyTypes = [] }: EndpointEntry): JsonSchema {
  if (!body) return {}
  if (!isZod(body))
    return { requestBody: { required: false, ...json({ type: 'string', format: 'binary' }, body.stream) } }
  const schema = jsonSchema(body)
  const content = Object.fromEntries(['application/json', ...bodyTypes].map((type) => [type, { schema }]))
  return { requestBody: { required: true, content } }
}

/** Who may ask; what the document says of all where nothing is said here. */
function security({ public: open, credential, session }: EndpointEntry): JsonSchema {
  if (open) return { security: [] }
  if (credential === 'any') return { security: ['key', 'scim_token'].map((name) => ({ [name]: [] })) }
  if (credential) return { security: [{ [credential]: [] }] }
  return session ? { security: [{ session: [] }] } : {}
}

function operation(id: string, entry: EndpointEntry): JsonSchema {
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: entry.summary,
    ...(entry.action !== null && { 'x-gatehouse-action': entry.action }),
    ...security(entry),
    parameters: [...pathParameters(entry), ...queryParameters(entry), ...headerParameters(entry)],
    ...requestBody(entry),
    responses: responses(entry),
  }
}

/** Operations of one path by method; of an endpoint for any method, each with an id of its own (OpenAPI wants them unique). */
function operations(id: EndpointId): [string, JsonSchema][] {
  const entry: EndpointEntry = ENDPOINTS[id]
  if (entry.method !== 'ANY') return [[entry.method.toLowerCase(), operation(id, entry)]]
  return ANY_METHODS.map((name) => name.toLowerCase()).map((method) => [method, operation(`${id}.${method}`, entry)])
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
  security: [{ key: [] }, { session: [] }],
  paths: paths(),
  components: {
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key (ghk_…), or the access token of a command that somebody signed in',
      },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: SESSION_COOKIE,
        description: 'A browser that somebody signed in; what changes anything carries x-csrf-token as well',
      },
      scim_token: { type: 'http', scheme: 'bearer', description: 'A token of a SCIM connection, ghp_…' },
      runtime_token: { type: 'http', scheme: 'bearer', description: 'A runtime token, ghr_…' },
    },
    ...sharedResponses(),
  },
})
