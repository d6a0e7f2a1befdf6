import { z } from 'zod'

/** A JSON Schema as a plain value. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

const ANY_JSON = /^#\/\$defs\/__schema\d+$/

/** zod does not say how long a tuple is; one of like parts is said as a list, which more readers understand. */
function tuple(schema: JsonSchema): JsonSchema {
  const { prefixItems, ...rest } = schema
  if (!Array.isArray(prefixItems)) return schema
  const bounded = { ...rest, minItems: prefixItems.length, maxItems: prefixItems.length }
  const [first, ...others] = prefixItems.map((item) => JSON.stringify(item))
  const alike = first !== undefined && others.every((other) => other === first)
  return alike ? { ...bounded, items: prefixItems[0] as JsonSchema } : { ...bounded, prefixItems }
}

/** zod writes "any JSON" as a recursive definition; the empty schema says the same and can be put anywhere. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value && typeof value.$ref === 'string' && ANY_JSON.test(value.$ref)) return {}
  return tuple(
    Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === '$defs' ? [] : [[key, plain(inner)]]))),
  )
}

/** Draft 2020-12 of a zod schema: what may be sent (`input`, defaults optional) or what comes back (`output`). */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
  return plain(rest) as JsonSchema
}

/** A schema file that stands by itself. */
export const schemaFile = (title: string, schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...jsonSchema(schema, io),
})
