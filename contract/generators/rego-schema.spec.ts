import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOpa } from '../../scripts/find-opa.mjs'
import { INPUTS } from '../decisions/inputs.js'
import { GATES, type Gate } from '../vocabulary.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'
import { regoSchema, regoSchemas } from './rego-schema.js'

/** What is inside a list, or a value that may be null. */
function core(schema: JsonSchema): JsonSchema {
  const branches = (schema['anyOf'] ?? []) as JsonSchema[]
  return branches.find(({ type }) => type !== 'null') ?? schema
}

/** Rego references to every leaf of an input as zod has it, with its last name misspelled. */
function misspelled(schema: JsonSchema, reference: string): string[] {
  const items = schema['items'] as JsonSchema | undefined
  if (items?.['properties']) return misspelled(items, `${reference}[_]`)
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, inner]) => {
    const below = misspelled(core(inner), `${reference}.${name}`)
    return below.length > 0 ? below : [`${reference}.${name}_x`]
  })
}

const leavesOf = (gate: Gate): string[] => misspelled(jsonSchema(INPUTS[gate], 'output'), 'input')

const moduleOf = (gate: string, references: readonly string[]) => `# METADATA
# schemas:
#   - input: schema.${gate}
package spelling

${references.map((reference, index) => `r${index} := ${reference}`).join('\n\n')}
`

describe('schemas for Rego', () => {
  const schemas = regoSchemas()
  let folder: string
  let opa: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rego-schema-'))
    opa = await findOpa()
    for (const [name, schema] of Object.entries(schemas))
      await writeFile(join(folder, `${name}.json`), JSON.stringify(schema))
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** What `opa check` says about a module; empty where it compiles. */
  const check = async (source: string): Promise<string> => {
    const file = join(folder, 'spelling.rego')
    await writeFile(file, source)
    const run = ['check', '--strict', '--max-errors', '2000', '--schema', folder, file]
    return new Promise((resolve) => execFile(opa, run, (_error, stdout, stderr) => resolve(stdout + stderr)))
  }

  it.each(GATES)('has every misspelled leaf of the %s input fail to compile', async (gate) => {
    const references = leavesOf(gate)
    expect(references.length).toBeGreaterThan(15)
    const said = await check(moduleOf(gate, references))
    expect(references.filter((reference) => !said.includes(`undefined ref: ${reference}\n`))).toEqual([])
  })

  it.each(GATES)('lets every leaf of the %s input compile as it is spelled', async (gate) => {
    const references = leavesOf(gate).map((reference) => reference.replace(/_x$/, ''))
    expect(await check(moduleOf(gate, references))).toBe('')
  })

  it('writes anyOf in place of oneOf, and a nullable object as the object', () => {
    const object = { type: 'object', properties: { a: { type: 'string', minLength: 1 } } }
    const closed = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
    expect(regoSchema({ oneOf: [object, { type: 'string' }] })).toEqual({ anyOf: [closed, { type: 'string' }] })
    expect(regoSchema({ anyOf: [object, { type: 'null' }] })).toEqual(closed)
  })
})
