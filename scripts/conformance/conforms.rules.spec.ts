import { describe, expect, it } from '@jest/globals'
import { faultsOf, type CameBack } from './conforms.rules.js'
import { ApiDocument } from './document.js'

const problem = { type: 'object', required: ['code'], properties: { code: { type: 'string' } } }
const document = new ApiDocument({
  paths: {
    '/things/{id}': {
      get: {
        operationId: 'things.show',
        responses: {
          200: {
            headers: { etag: { required: true } },
            content: { 'application/json': { schema: { type: 'array' } } },
          },
          304: {},
          default: { $ref: '#/components/responses/Refused' },
        },
      },
    },
    '/things/special': { get: { operationId: 'things.special', responses: { 204: {} } } },
    '/any/{path}': {
      post: {
        operationId: 'any',
        responses: { default: { content: { 'application/problem+json': { schema: problem }, '*/*': { schema: {} } } } },
      },
    },
  },
  components: {
    responses: {
      Refused: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
    schemas: { Problem: problem },
  },
})

const came = (status: number, body: string, headers: Record<string, string> = {}): CameBack => ({
  ...{ status, headers: new Headers(headers), body: Buffer.from(body) },
})
const faults = (path: string, answer: CameBack, method = 'GET') =>
  faultsOf(document.find(method, path)!.operation, answer, (schema, value) => document.faults(schema, value))

const json = { 'content-type': 'application/json; charset=utf-8', etag: '"1"' }

describe('an operation', () => {
  it('is found by method and path, the narrower path first', () => {
    const found = (method: string, path: string) => {
      const { operation, params } = document.find(method, path)!
      return [operation.id, params]
    }
    expect(found('GET', '/things/1')).toEqual(['things.show', { id: '1' }])
    expect(found('GET', '/things/special')).toEqual(['things.special', {}])
    expect(found('POST', '/any/a/b')).toEqual(['any', { path: 'a/b' }])
    expect(document.find('POST', '/things/1')).toBeUndefined()
  })
})

describe('an answer that fits', () => {
  it.each<[string, string, CameBack]>([
    ['JSON of the schema', '/things/1', came(200, '[1]', json)],
    ['nothing where nothing is described', '/things/1', came(304, '')],
    ['a refusal', '/things/1', came(404, '{"code":"x"}', { 'content-type': 'application/problem+json' })],
  ])('%s', (_what, path, answer) => expect(faults(path, answer)).toEqual([]))

  it('anything where anything is described', () =>
    expect(faults('/any/a', came(200, '{', { 'content-type': 'text/x' }), 'POST')).toEqual([]))
})

describe('an answer that does not fit', () => {
  it.each<[string, CameBack, string]>([
    ['another shape', came(200, '{}', json), '/ must be array'],
    ['no JSON', came(200, '[', json), 'is no JSON'],
    [
      'another content type',
      came(200, '[]', { ...json, 'content-type': 'text/html' }),
      'has the content type text/html',
    ],
    ['without a header', came(200, '[]', { 'content-type': 'application/json' }), 'has no header etag'],
    ['a body where none is described', came(304, 'x'), 'carries 1 bytes'],
    [
      'a success that only refusals describe',
      came(202, '{"code":"x"}', { 'content-type': 'application/problem+json' }),
      'as a refusal only',
    ],
    [
      'a refusal of another shape',
      came(404, '{}', { 'content-type': 'application/problem+json' }),
      "must have required property 'code'",
    ],
  ])('%s', (_what, answer, words) => expect(faults('/things/1', answer).join()).toContain(words))

  it('a status that nothing describes', () =>
    expect(faults('/things/special', came(404, '')).join()).toContain('404 is not described'))
})
