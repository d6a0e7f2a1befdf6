import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { common } from '../decisions/common.js'
import { INPUTS } from '../decisions/inputs.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listed = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

function closedObject(schema: JsonSchema): JsonSchema {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {}
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, isSchema(inner) ? regoSchema(inner) : {}]),
    ),
    additionalProperties: isSchema(schema['additionalProperties']) ? regoSchema(schema['additionalProperties']) : false,
  }
}

/**
 * OPA's checker knows no `null` and takes it for anything at all, so that in a nullable object no misspelling would be
 * found. There the object stands alone; policies ask `is_null(…)`, which compiles for any type.
 */
function anyOf(branches: readonly JsonSchema[]): JsonSchema {
  const others = branches.filter(({ type }) => type !== 'null')
  const [only] = others
  if (only && others.length === 1 && only['type'] === 'object') return regoSchema(only)
  return { anyOf: branches.map(regoSchema) }
}

/**
 * A JSON Schema cut down to what OPA's type checker reads: types, closed objects, lists, and `anyOf` in place of
 * `oneOf`, which it ignores. Patterns and bounds are zod's to hold, and OPA's Go regexes could not read them all.
 */
export function regoSchema(schema: JsonSchema): JsonSchema {
  const branches = [...listed(schema['anyOf']), ...listed(schema['oneOf'])]
  if (branches.length > 0) return anyOf(branches)
  const { type } = schema
  if (Array.isArray(type)) return { anyOf: type.map((one) => regoSchema({ ...schema, type: one })) }
  if (type === 'object') return closedObject(schema)
  if (type === 'array') return { type, items: isSchema(schema['items']) ? regoSchema(schema['items']) : {} }
  if (schema['enum'] !== undefined) return { type, enum: schema['enum'] }
  return { type }
}

/**
 * What an organisation's own policy reads: the inputs of all gates as one closed object, since it has one entrypoint for all of
 * them. A part that gates have in different forms may have any of those.
 */
function anyInput(inputs: readonly JsonSchema[]): JsonSchema {
  const parts = new Map<string, Map<string, JsonSchema>>()
  for (const { properties } of inputs)
    for (const [name, schema] of Object.entries(isSchema(properties) ? properties : {})) {
      const forms = parts.get(name) ?? new Map<string, JsonSchema>()
      parts.set(name, forms.set(JSON.stringify(schema), schema as JsonSchema))
    }
  const properties = [...parts].map(([name, forms]) => {
    const [only, ...others] = forms.values()
    return [name, others.length === 0 ? only : { anyOf: [only, ...others] }]
  })
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false }
}

const DRAFT_07 = { $schema: 'http://json-schema.org/draft-07/schema#' }

/** Inputs of all gates, `tenant` for what an organisation writes itself, and `common` for the packages that every gate imports, as `opa check --schema` wants them. */
export const regoSchemas = (): Record<string, JsonSchema> => {
  const named = { ...INPUTS, common: z.strictObject({ action: z.enum(ACTION_IDS), ...common }) }
  const schemas = Object.entries(named).map(([name, input]) => [name, regoSchema(jsonSchema(input, 'output'))] as const)
  const gates = schemas.filter(([name]) => name in INPUTS).map(([, schema]) => schema)
  return Object.fromEntries(
    [...schemas, ['tenant', anyInput(gates)] as const].map(([name, schema]) => [name, { ...DRAFT_07, ...schema }]),
  )
}
