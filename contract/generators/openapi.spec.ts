import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { ENDPOINTS } from '../endpoints.js'
import type { EndpointEntry } from '../endpoint.js'
import { openApiDocument } from './openapi.js'

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }>; links?: Record<string, object> }>
}
const document = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Every schema that an operation carries. */
const schemasOf = ({ parameters, requestBody, responses }: Operation) => [
  ...parameters.map(({ schema }) => schema),
  ...[requestBody ?? {}, ...Object.values(responses)].flatMap((part) =>
    Object.values('content' in part ? (part.content ?? {}) : {}).map(({ schema }) => schema),
  ),
]

describe('OpenAPI', () => {
  it('has an operation for every endpoint of the table, and no other', () => {
    const wanted = Object.values<EndpointEntry>(ENDPOINTS).flatMap(({ method, path }) =>
      (method === 'ANY' ? ['get', 'post', 'put', 'patch', 'delete'] : [method.toLowerCase()]).map(
        (verb) => `${verb} ${path}`,
      ),
    )
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(wanted.toSorted())
  })

  it('gives every operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(operations)('$method $path describes each parameter of its path', ({ path, operation }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name))
    const described = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(described.map(({ name }) => name).toSorted()).toEqual(named.toSorted())
    expect(described.every(({ required }) => required)).toBe(true)
  })

  it('leads from what is made to what can be done with it', () => {
    const { links } = document.paths['/v1/people']!['post']!.responses['201']!
    expect(Object.keys(links ?? {}).toSorted()).toEqual([
      ...['credentials.reset', 'people.erase', 'people.export', 'people.roles', 'people.update'],
      ...['sessions.of', 'sessions.revoke'],
    ])
    expect(links?.['people.update']).toEqual({ operationId: 'people.update', parameters: { id: '$response.body#/id' } })
  })

  it('tells redirects, answers that are known already and refusals of OAuth apart from problems', () => {
    const { responses } = document.paths['/auth/login']!['get']!
    expect(responses['303']).toMatchObject({ headers: { location: { required: true } } })
    expect(document.paths['/ext-api/v1/kv/{key}']!['get']!.responses['304']?.content).toBeUndefined()
    const refused = document.paths['/oauth/token']!['post']!.responses['400']
    expect(Object.keys(refused?.content ?? {})).toEqual(['application/json', 'application/problem+json'])
  })

  it('has SCIM in its own content type, and refused in its own words', () => {
    const { requestBody, responses } = document.paths['/scim/v2/Users']!['post']!
    expect(Object.keys(requestBody?.content ?? {})).toEqual(['application/json', 'application/scim+json'])
    expect(Object.keys(responses['201']?.content ?? {})).toEqual(['application/scim+json'])
    expect(responses['default']).toEqual({ $ref: '#/components/responses/RefusedByScim' })
  })

  it('carries only schemas that stand where they are put', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'gatehouse', ...document })
    for (const schema of operations.flatMap(({ operation }) => schemasOf(operation))) {
      const absolute = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"gatehouse#/')
      expect(() => ajv.compile(JSON.parse(absolute))).not.toThrow()
    }
  })
})
