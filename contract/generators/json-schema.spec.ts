import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { parse } from 'jsonc-parser'
import { z } from 'zod'
import { ManifestV1, ManifestV2 } from '../manifest/index.js'
import { jsonSchema, schemaFile, type JsonSchema } from './json-schema.js'

const fixture = (name: string): unknown =>
  parse(readFileSync(new URL(`../manifest/fixtures/${name}`, import.meta.url), 'utf8'), [], {
    allowTrailingComma: true,
  })
const validator = (schema: JsonSchema) => new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

/** A copy with an unknown field put into each object in turn, those that are free by design left out. */
function* withStrangers(value: unknown, free: readonly string[], path = ''): Generator<(root: unknown) => unknown> {
  if (typeof value !== 'object' || value === null || free.some((part) => path.endsWith(part))) return
  if (!Array.isArray(value)) {
    const keys = path.split('/').slice(1)
    yield (root) => {
      const copy = structuredClone(root)
      const target = keys.reduce((node, key) => (node as Record<string, unknown>)[key], copy)
      Object.assign(target as object, { stranger: 1 })
      return copy
    }
  }
  for (const [key, inner] of Object.entries(value)) yield* withStrangers(inner, free, `${path}/${key}`)
}

describe('generated JSON Schemas', () => {
  const v2 = validator(schemaFile('v2', ManifestV2))
  const v1 = validator(schemaFile('v1', ManifestV1))

  it('accept what the contract accepts', () => {
    expect([v2(fixture('full-v2.json')), v2(fixture('minimal-v2.json')), v1(fixture('seed-expenseAI.jsonc'))]).toEqual([
      true,
      true,
      true,
    ])
  })

  it('refuse an unknown field in every object of a manifest', () => {
    const full = fixture('full-v2.json')
    const free = ['/schema', '/request', '/response', '/defaults', '/metadata']
    const strangers = [...withStrangers(full, free)]
    expect(strangers.length).toBeGreaterThan(30)
    for (const put of strangers) expect(v2(put(full))).toBe(false)
  })

  it('say "any JSON" in a form that stands anywhere', () => {
    const schema = jsonSchema(z.strictObject({ facts: z.json() }))
    expect(schema).toMatchObject({ properties: { facts: {} } })
    expect(JSON.stringify(schema)).not.toContain('$ref')
  })
})
