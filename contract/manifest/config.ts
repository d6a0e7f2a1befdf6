import { z } from 'zod'
import { LocalId } from './common.js'
import { EmbeddedSchema, FreeMetadata } from './json-schema.js'

/** Settings of an install: their schema, its version, and which endpoint brings older settings up to the next version. */
export const Config = z.strictObject({
  version: z.int().min(1).max(10_000),
  schema: EmbeddedSchema,
  defaults: FreeMetadata.optional(),
  migrations: z
    .array(z.strictObject({ from: z.int().min(1).max(9_999), endpoint: LocalId }))
    .max(50)
    .default([])
    .describe('Each brings settings of version `from` to the one after it'),
})
