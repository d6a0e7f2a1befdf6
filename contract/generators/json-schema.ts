import { z } from 'zod'

/** A JSON Schema as a plain value. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** Draft 2020-12 of a zod schema: what may be sent (`input`, defaults optional) or what comes back (`output`). */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
  return rest
}

/** A schema file that stands by itself. */
export const schemaFile = (title: string, schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...jsonSchema(schema, io),
})
