import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { ENDPOINTS } from './endpoints.js'
import type { EndpointEntry } from './endpoint.js'
import { jsonSchema, type JsonSchema } from './generators/json-schema.js'

const entries = Object.entries<EndpointEntry>(ENDPOINTS)
const inputs = entries.flatMap(([id, { params, query, body }]) =>
  Object.entries({ params, query, body }).flatMap(([part, schema]) =>
    schema instanceof z.ZodType ? [{ id, part, schema: jsonSchema(schema) }] : [],
  ),
)
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

const isBounded = (schema: JsonSchema): boolean =>
  ['maxLength', 'enum', 'const', 'format', 'pattern'].some((keyword) => schema[keyword] !== undefined)

/** Where a schema of input leaves something open: an object to unknown fields, a text or a list without end. */
function openEnds(schema: JsonSchema, at: string): string[] {
  const own = [
    schema['type'] === 'object' && schema['additionalProperties'] === undefined && `${at}: open object`,
    schema['type'] === 'string' && !isBounded(schema) && `${at}: endless text`,
    schema['type'] === 'array' && schema['maxItems'] === undefined && `${at}: endless list`,
  ].filter((fault) => fault !== false)
  const inner = Object.entries(schema).flatMap(([key, value]) =>
    isSchema(value) && key !== 'enum' && key !== 'default' ? openEnds(value, `${at}/${key}`) : [],
  )
  return [...own, ...inner]
}

describe('the endpoint table', () => {
  it('has one endpoint for each method and path', () => {
    const routes = entries.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  })

  it.each(entries)('%s names an action unless it is public', (_id, { action, public: open }) => {
    if (action === null) expect(open).toBe(true)
  })

  it.each(entries)('%s reads like <feature>.<verb> and says in words what it does', (id, { summary }) => {
    expect(id).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
    expect(summary).toMatch(/^[A-Z].*[^.]$/)
  })

  it.each(inputs)('$id leaves nothing open in its $part', ({ schema }) => expect(openEnds(schema, '')).toEqual([]))

  const lists = entries.filter(([id]) => id.endsWith('.list'))
  it.each(lists)('%s answers in pages', (_id, { query, response }) => {
    const answer = response instanceof z.ZodType ? jsonSchema(response, 'output') : {}
    expect(Object.keys(answer['properties'] ?? {}).toSorted()).toEqual(['items', 'next_cursor'])
    expect(Object.keys((query && jsonSchema(query)['properties']) ?? {})).toEqual(
      expect.arrayContaining(['limit', 'cursor']),
    )
  })
})
